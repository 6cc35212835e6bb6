"""Chunks of text tables: blocks of bytes that end where a record ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import polars as pl

from clearband.errors import InputError
from clearband.sources.csv_file import NO_KINDS, names_above, read_records
from clearband.sources.detect_encoding import decode_text, seems_utf8
from clearband.sources.dialect import HEAD, find_dialect, separator
from clearband.sources.equipment_rows import no_columns
from clearband.sources.marks import Marks, quotes_are_regular
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.sign_bits import Offsets
from clearband.sources.stream.chunk import Categories, Chunk, Place, no_categories
from clearband.sources.stream.file_lines import in_file, placed_in_file
from clearband.sources.stream.read_bytes import ReadBytes
from clearband.sources.stream.record_ends import last_record_end
from clearband.sources.stream.sizes import Sizes

_HEAD_BYTES: Final = 48_000_000
_FEW_BYTES: Final = 16_000_000
"""Bytes that hold the head of most files."""
_LARGEST_RECORD: Final = 64_000_000
_FEW: Final = 1_000
"""Distinct texts of a column up to which cells are looked up sooner while they are read than afterwards."""
_WIDE: Final = ("utf-16", "utf-32")
_MARK: Final = b"\xef\xbb\xbf"


class CsvFile:
    """One text table."""

    format = "csv"
    rows: int | None = None

    def __init__(self, path: Path, label: str, options: ReadOptions, given: Collection[str] = ()) -> None:
        """Find out encoding, separator and header.

        Args:
            given: Column names that the user mapped, which help to find the header.

        Raises:
            InputError: There is no header, or the encoding cannot be cut into blocks.
        """
        self.path, self.label, self._options = path, label, options
        with path.open("rb") as file:
            head = _whole_lines(file.read(4 * HEAD))
        text = decode_text(head, label, options.encoding)
        if text.encoding.startswith(_WIDE):
            raise InputError(
                f"in {text.encoding}, which is not read in chunks", where=label, remedy="convert it to UTF-8"
            )
        self._encoding = text.encoding
        self.warnings = text.warnings
        self._dialect = find_dialect(
            text.utf8, label, delimiter=separator(options.delimiter), max_columns=options.max_columns,
            given=given,
        )  # fmt: skip
        if self._dialect.header_index is None or self._dialect.on_side is not None:
            raise no_columns(label, self._dialect.seen)
        above = text.utf8.decode("utf-8")[: self._dialect.body_start]
        self._above = above.encode("utf-8")
        mark = len(_MARK) if head.startswith(_MARK) else 0
        self._names = names_above(self._dialect)
        self._body = mark + len(above.encode(self._encoding))
        self.columns = _different(self._dialect.header)

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Names of the columns that have to be understood: all."""
        return self.columns

    @property
    def start(self) -> Place:
        """Where the rows begin."""
        assert self._dialect.header_index is not None
        return Place(self._body, self._dialect.header_index + 2)

    def head(self, rows: int) -> RawTable:
        """The first rows, as far as they lie in the first megabytes."""
        table = self._first(_FEW_BYTES)
        if table.cells.height < rows:
            table = self._first(_HEAD_BYTES)
        return RawTable(
            file=self.label, sheet=None, format="csv", header=self._dialect.header,
            cells=table.cells.head(rows), rows=table.rows.head(rows), encoding=self._encoding,
            delimiter=self._dialect.delimiter,
        )  # fmt: skip

    def _first(self, size: int) -> RawTable:
        with self.path.open("rb") as file:
            return self._table(self._block(ReadBytes(self._names), file, self.start, size), self.start)

    def chunks(self, begin: Place, sizes: Sizes, categories: Categories = no_categories) -> Iterator[Chunk]:
        """The chunks from a place on.

        Raises:
            InputError: A quotation mark never closes, a row is wider than the header, or a limit is exceeded.
        """
        read = ReadBytes(self._names)
        with self.path.open("rb") as file:
            while True:
                block = self._block(read, file, begin, sizes.bytes)
                size = len(block.utf8) - len(self._names)
                if not size:
                    return
                table = self._table(block, begin, categories(_FEW))
                chunk = self._chunk(table, begin, size)
                begin = chunk.end
                given = [chunk]
                del block, table, chunk
                yield given.pop()  # held by whom it is given to alone

    def _chunk(self, table: RawTable, begin: Place, size: int) -> Chunk:
        end = Place(begin.at + size, begin.row + table.cells.height)
        frame = table.cells.rename(dict(zip(table.cells.columns, self.columns, strict=True)))
        return Chunk(begin, end, frame, frame, warnings=table.warnings)

    def _block(self, read: ReadBytes, file: BinaryIO, begin: Place, size: int) -> Marks:
        """Bytes from a place on that end with a record, behind a line of column names; as they are encoded.

        Nothing is behind that line at the end of the file.
        """
        read.read(file, begin.at, size)
        while more := file.read(1 << 20):
            end, quotes, regular = self._last_end(Marks(read.all()))
            if end > len(self._names):
                return Marks(read.up_to(end), quotes, regular)
            if len(read) > size + _LARGEST_RECORD:
                raise InputError(
                    "a quotation mark seems never to close",
                    where=f"{self.label} after row {begin.row}",
                    remedy="close or double it, or screen without --stream",
                )
            read.add(more)
        return Marks(read.all())

    def _last_end(self, marks: Marks) -> tuple[int, Offsets | None, str | None]:
        """Where the last record that ends in a block ends, 0 for none, and what `Marks` takes of the rest.

        Where each quote opens, closes or doubles, it is enough to count them. Else the records are read.
        """
        front = len(self._names)
        end, before = _by_parity(marks)
        if not len(marks.quotes):
            return end, None, None
        quotes = marks.quotes[:before]
        separator = self._dialect.delimiter
        if not separator.isascii():
            return end, quotes, None
        if end > front and quotes_are_regular(marks.data, quotes, separator):
            return end, quotes, separator
        return front + last_record_end(marks.utf8[front:], self._dialect), None, None

    def _table(self, block: Marks, begin: Place, kinds: Mapping[int, pl.DataType] = NO_KINDS) -> RawTable:
        front = len(self._names)
        table = None
        if self._encoding == "utf-8" and seems_utf8(block.utf8, front):
            with suppress(UnicodeDecodeError):
                table = self._read(block, begin, kinds)
        if table is None:
            with placed_in_file(self.path, self.label, begin.at):
                text = decode_text(block.utf8[front:], self.label, self._encoding)
            table = self._read(Marks(self._names + text.utf8), begin, kinds)
        named = len(self.columns)
        if table.cells.width == named:
            return table
        said = pl.any_horizontal(pl.col(table.cells.columns[named:]).str.strip_chars().fill_null("") != "")
        wide = table.cells.select(said).to_series().arg_true()
        if len(wide):
            raise InputError(
                "a row has more cells than the header",
                where=f"{self.label} row {begin.row + wide[0]}",
                remedy="correct it, or screen without --stream, which keeps such cells",
            )
        return replace(table, cells=table.cells[:, :named], header=table.header[:named])

    def _read(self, block: Marks, begin: Place, kinds: Mapping[int, pl.DataType] = NO_KINDS) -> RawTable:
        """The records of a block of UTF-8.

        Raises:
            InputError: See `chunks`.
            UnicodeDecodeError: It is not UTF-8.
        """
        if block.utf8.endswith(b"\x1a"):
            block = Marks(block.utf8.rstrip(b"\x1a"))
        with placed_in_file(self.path, self.label, begin.at, self._above.count(b"\n")):
            table = read_records(
                self._dialect, self._above, block, self._encoding, self.label, self._options, kinds
            )
        if table.warnings:
            lines = self._above.count(b"\n")
            moved = tuple(in_file(line, self.path, begin.at, lines) for line in table.warnings)
            table = replace(table, warnings=moved)
        return table


def _whole_lines(head: bytes) -> bytes:
    """Without a last line that may have been cut in the middle of a letter."""
    end = head.rfind(b"\n")
    return head[: end + 1] if end > 0 and len(head) == 4 * HEAD else head


def _by_parity(marks: Marks) -> tuple[int, int]:
    """Where the last record that ends in a block ends, and how many quotes are before.

    It ends behind a line break outside quotes; 0 for none.
    """
    end = marks.utf8.rfind(b"\n") + 1
    quotes = int(np.searchsorted(marks.quotes, end))
    while end and quotes % 2:
        end = marks.utf8.rfind(b"\n", 0, end - 1) + 1
        quotes = int(np.searchsorted(marks.quotes, end))
    return end, quotes


def _different(header: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns, blank and repeated ones told apart."""
    names: list[str] = []
    for at, text in enumerate(header, start=1):
        name = plain = text or f"column {at}"
        count = 1
        while name in names:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
    return tuple(names)
