"""Chunks of JSON Lines: whole lines, with the keys that the first lines have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources.json_records import read_json_lines
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.stream.chunk import Chunk, Place
from clearband.sources.stream.sizes import Sizes

_HEAD_BYTES: Final = 48_000_000
MARK: Final = b"\xef\xbb\xbf"
"""What some programs put before UTF-8."""
_UTF8: Final = ("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii")


class JsonLinesFile:
    """One file of JSON Lines in UTF-8."""

    format = "jsonl"
    rows: int | None = None
    warnings: tuple[str, ...] = ()

    def __init__(self, path: Path, label: str, options: ReadOptions) -> None:
        """Find out the keys of the first records.

        Raises:
            InputError: A line is malformed, or there are no records.
        """
        self.path, self.label, self._options = path, label, options
        if options.encoding and options.encoding.lower().replace("_", "-") not in _UTF8:
            raise InputError(
                f"JSON Lines in {options.encoding} are not read in chunks",
                where=label,
                remedy="convert them to UTF-8",
            )
        with path.open("rb") as file:
            self._begin = len(MARK) if file.read(len(MARK)) == MARK else 0
            head = self._read(self._block(file, self.start, _HEAD_BYTES), self.start)
        if head is None:
            raise InputError("there are no records", where=label, remedy="check that the export is complete")
        _refuse_two_forms(head.header, head.typed, label)
        self._head = head
        self.text_columns = head.header
        self.columns = (*head.header, *head.typed)

    @property
    def start(self) -> Place:
        """Where the rows begin."""
        return Place(self._begin, 1)

    def head(self, rows: int) -> RawTable:
        """The first rows, as far as they lie in the first megabytes."""
        del rows
        return self._head

    def take_keys(self, texts: Sequence[str], typed: Sequence[str]) -> None:
        """Have these keys, in this order, with nothing where its records have none.

        Raises:
            InputError: A key is text in some files and a list of objects in others.
        """
        _refuse_two_forms(texts, typed, self.label)
        cells = dict(zip(self._head.header, self._head.cells.iter_columns(), strict=True))
        none = pl.Series([None], dtype=pl.String).new_from_index(0, self._head.cells.height)
        self._head = replace(
            self._head,
            header=tuple(texts),
            cells=pl.DataFrame([cells.get(name, none).alias(str(at)) for at, name in enumerate(texts)]),
            typed={name: self._head.typed.get(name, none.cast(EQUIPMENT_SCHEMA[name])) for name in typed},
        )
        self.text_columns = self._head.header
        self.columns = (*self._head.header, *self._head.typed)

    def chunks(self, begin: Place, sizes: Sizes) -> Iterator[Chunk]:
        """The chunks from a place on.

        Raises:
            InputError: A line is malformed, or has a key that none of the first records has.
        """
        with self.path.open("rb") as file:
            while block := self._block(file, begin, sizes.bytes):
                end = Place(begin.at + len(block), begin.row + block.count(b"\n"))
                if table := self._read(block, begin):
                    yield self._chunk(table, begin, end)
                begin = end

    def _chunk(self, table: RawTable, begin: Place, end: Place) -> Chunk:
        odd = [name for name in (*table.header, *table.typed) if name not in self.columns]
        if odd:
            raise InputError(
                f'the key "{odd[0]}" is in none of the first records, which say what there is',
                where=f"{self.label}, between line {begin.row} and line {end.row}",
                remedy="move such a record to the top, or screen without --stream",
            )
        _refuse_two_forms((*table.header, *self.text_columns), (*table.typed, *self._head.typed), self.label)
        height = table.cells.height
        none = pl.Series([None], dtype=pl.String).new_from_index(0, height)
        cells = dict(zip(table.header, table.cells.iter_columns(), strict=True))
        texts = pl.DataFrame([cells.get(name, none).alias(name) for name in self.text_columns])
        typed = {name: table.typed.get(name, none.cast(EQUIPMENT_SCHEMA[name])) for name in self._head.typed}
        frame = texts.with_columns(series.alias(name) for name, series in typed.items())
        rows = table.rows.cast(pl.Int64)
        return Chunk(begin, end, frame, texts, typed, rows=rows)

    def _block(self, file: BinaryIO, begin: Place, size: int) -> bytes:
        """Whole lines from a place on; empty at the end of the file."""
        file.seek(begin.at)
        block = file.read(size)
        return block + file.readline() if len(block) == size else block

    def _read(self, block: bytes, begin: Place) -> RawTable | None:
        if not block.strip():
            return None
        # Lines are told by their number in the file.
        try:
            return read_json_lines(block, self.label, self._options, first=begin.row)
        except UnicodeDecodeError:
            line = begin.row + _first_bad(block)
            raise InputError(
                "not valid UTF-8 text",
                where=f"{self.label} line {line}",
                remedy="convert it to UTF-8, or screen without --stream",
            ) from None


def same_keys(files: Sequence[JsonLinesFile]) -> None:
    """Let files have the keys of all of them: a record need not have every key, nor in the same order.

    Raises:
        InputError: A key is text in some files and a list of objects in others.
    """
    texts = list(dict.fromkeys(name for file in files for name in file.text_columns))
    typed = list(
        dict.fromkeys(name for file in files for name in file.columns if name not in file.text_columns)
    )
    for file in files:
        file.take_keys(texts, typed)


def _refuse_two_forms(texts: Iterable[str], typed: Iterable[str], label: str) -> None:
    """Refuse a key whose values are lists of objects in some records and text in others."""
    both = sorted(set(texts) & set(typed))
    if both:
        raise InputError(
            f'the key "{both[0]}" is text in some records and a list of objects in others',
            where=label,
            remedy="write it in one form, or screen without --stream",
        )


def _first_bad(block: bytes) -> int:
    """Which line is the first that is not UTF-8, from 0 on."""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        return block.count(b"\n", 0, error.start)
    return 0
