"""Parquet files made of column chunks of other files: pages are copied as they are, only places are new.

A table that gets more columns need not be decoded and encoded again for the columns that it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO, Final

from clearband.parquet.compact import BINARY, I16, I32, I64, LIST, STRUCT, Fields, Listed, write_struct
from clearband.parquet.footer import (
    COLUMNS,
    COMPRESSED_SIZE,
    CREATED_BY,
    DATA_PAGE,
    DICTIONARY_PAGE,
    FILE_OFFSET,
    GROUP_ROWS,
    INDEX_PAGE,
    MAGIC,
    META_DATA,
    NAME,
    NUM_CHILDREN,
    NUM_ROWS,
    ROW_GROUPS,
    SCHEMA,
    TOTAL_BYTE_SIZE,
    UNCOMPRESSED_SIZE,
    VERSION,
    ColumnChunk,
    Footer,
)

_GROUP_OFFSET, _GROUP_COMPRESSED, _ORDINAL = 5, 6, 7
_KEPT: Final = frozenset(range(1, 8))
"""Fields of ``ColumnMetaData`` that say how pages are to be read. Statistics are left out: what wrote them
may be known to have got them wrong, and its name is not carried over."""
_MAKER: Final = b"clearband"
_MOST_ORDINALS: Final = 2**15


@dataclass(frozen=True)
class Columns:
    """Some columns of one row group of a file.

    Attributes:
        file: Open for reading.
        footer: What it says.
        group: Number of the row group.
        columns: Numbers of the columns of its table that are taken, in their order.
    """

    file: BinaryIO
    footer: Footer
    group: int
    columns: Sequence[int]

    @property
    def rows(self) -> int:
        """How many rows they have."""
        return self.footer.groups[self.group].rows

    @property
    def schema(self) -> list[Fields]:
        """Their elements of the schema."""
        return [element for column in self.columns for element in self.footer.columns[column]]

    @property
    def chunks(self) -> list[ColumnChunk]:
        """Their column chunks."""
        ends = [0, *accumulate(self.footer.leaves)]
        chunks = self.footer.groups[self.group].chunks
        return [chunk for column in self.columns for chunk in chunks[ends[column] : ends[column + 1]]]


def write_joined(out: BinaryIO, groups: Iterable[Sequence[Columns]], notes: Fields | None = None) -> None:
    """Write a file with columns of several files beside each other.

    Args:
        out: Open for writing, empty.
        groups: For each row group that is written the columns that it is made of; all have the same schema.
        notes: More fields of the footer.

    Raises:
        ValueError: Columns of a row group differ in their rows, row groups differ in their schema, or the
            bytes of a column end early.
    """
    out.write(MAGIC)
    written: list[Fields] = []
    schema: list[Fields] = []
    version = 1
    width = 0
    for parts in groups:
        elements = [element for part in parts for element in part.schema]
        if written and elements != schema:
            raise ValueError("row groups differ in their schema")
        schema, width = elements, sum(len(part.columns) for part in parts)
        version = max(version, *(part.footer.version for part in parts))
        written.append(_write_group(out, parts, len(written)))
    root: Fields = {NAME: (BINARY, b"schema"), NUM_CHILDREN: (I32, width)}
    footer = write_struct(
        {
            VERSION: (I32, version),
            SCHEMA: (LIST, Listed(STRUCT, [root, *schema])),
            NUM_ROWS: (I64, sum(group[GROUP_ROWS][1] for group in written)),
            ROW_GROUPS: (LIST, Listed(STRUCT, written)),
            **(notes or {}),
            CREATED_BY: (BINARY, _MAKER),
        }
    )
    out.write(footer)
    out.write(len(footer).to_bytes(4, "little") + MAGIC)


def _write_group(out: BinaryIO, parts: Sequence[Columns], number: int) -> Fields:
    if len({part.rows for part in parts}) != 1:
        raise ValueError("columns of a row group differ in their rows")
    begin = out.tell()
    chunks = [_copy(out, part.file, chunk) for part in parts for chunk in part.chunks]
    metas = [chunk[META_DATA][1] for chunk in chunks]
    return {
        COLUMNS: (LIST, Listed(STRUCT, chunks)),
        TOTAL_BYTE_SIZE: (I64, sum(meta[UNCOMPRESSED_SIZE][1] for meta in metas)),
        GROUP_ROWS: (I64, parts[0].rows),
        _GROUP_OFFSET: (I64, begin),
        _GROUP_COMPRESSED: (I64, sum(meta[COMPRESSED_SIZE][1] for meta in metas)),
        **({_ORDINAL: (I16, number)} if number < _MOST_ORDINALS else {}),
    }


def _copy(out: BinaryIO, file: BinaryIO, chunk: ColumnChunk) -> Fields:
    begin = out.tell()
    moved = begin - chunk.begin
    file.seek(chunk.begin)
    pages = file.read(chunk.end - chunk.begin)
    if len(pages) < chunk.end - chunk.begin:
        raise ValueError("the bytes of a column end early")
    out.write(pages)
    meta = {number: value for number, value in chunk.meta.items() if number in _KEPT}
    for number in (DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE):
        place = chunk.meta.get(number, (I64, 0))[1]
        if chunk.begin <= place < chunk.end:
            meta[number] = (I64, place + moved)
    return {FILE_OFFSET: (I64, begin), META_DATA: (STRUCT, meta)}
