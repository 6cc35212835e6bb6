"""The content of a file of names: what format it has, before its columns are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from clearband.errors import InputError
from clearband.sources.detect_encoding import DecodedText, decode_text
from clearband.sources.detect_format import binary_format, text_format
from clearband.sources.input_bytes import STDIN, input_bytes, readable
from clearband.sources.json_records import json_lines, json_objects
from clearband.sources.names.options import NameOptions
from clearband.sources.options import ReadOptions


@dataclass(frozen=True)
class Content:
    """A file as its format gave it.

    Attributes:
        file: Its name for messages.
        kind: parquet, xlsx, xlsb, xls, ods, json, jsonl or csv, which stands for any other text.
        data: The bytes of a binary format.
        text: The text of the others.
    """

    file: str
    kind: str
    data: bytes
    text: DecodedText
    limits: ReadOptions

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at."""
        return tuple(f"{self.file}: {warning}" for warning in self.text.warnings)

    def objects(self) -> Iterator[tuple[int, Any]]:
        """The objects of a JSON text with their number.

        Raises:
            InputError: It is malformed.
        """
        read = json_lines if self.kind == "jsonl" else json_objects
        return read(self.text.utf8, self.file, self.limits)

    def where(self, number: int) -> str:
        """An object's place for messages."""
        return f"{self.file} {'line' if self.kind == 'jsonl' else 'record'} {number}"


def read_content(path: str, options: NameOptions) -> Content:
    """Read a file, or standard input for "-".

    Raises:
        InputError: It cannot be read, is empty, or is something that can hold no names.
    """
    limits = ReadOptions(encoding=options.encoding, delimiter=options.delimiter)
    file = "stdin" if path == STDIN else readable(PurePath(path).name)
    data = input_bytes(path, limits)
    kind = binary_format(data, file)
    if kind is not None:
        if options.form == "lines":
            raise InputError(f"not lines of text but {kind}", where=file, remedy="leave the format out")
        return Content(file, kind, data, DecodedText(b"", ""), limits)
    text = decode_text(data, file, options.encoding)
    kind = "csv" if options.form == "lines" else text_format(text.utf8, file)
    if kind not in ("csv", "json", "jsonl"):
        raise InputError(
            f"not a table of names but {kind}", where=file, remedy="give a table or lines of text"
        )
    return Content(file, kind, b"", text, limits)
