"""The footer of a Parquet file: its schema, and where the column chunks of each row group lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from clearband.parquet.compact import Fields, read_struct

MAGIC: Final = b"PAR1"
_TAIL: Final = 8
"""Bytes behind the footer: its length, and `MAGIC`."""
_LARGEST: Final = 64 * 2**20
_MOST_CHUNKS: Final = 200_000
"""Column chunks of a file beyond which its footer is not read here, where reading is slow."""

# Numbers of fields in parquet.thrift.
VERSION, SCHEMA, NUM_ROWS, ROW_GROUPS, NOTES, CREATED_BY, ENCRYPTION = 1, 2, 3, 4, 5, 6, 8
NAME, NUM_CHILDREN = 4, 5
COLUMNS, TOTAL_BYTE_SIZE, GROUP_ROWS = 1, 2, 3
FILE_PATH, FILE_OFFSET, META_DATA, CRYPTO = 1, 2, 3, 8
UNCOMPRESSED_SIZE, COMPRESSED_SIZE = 6, 7
DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE = 9, 10, 11

ENCODINGS = 2
# Of a header of a page.
PAGE_SIZE, DATA_PAGE_HEADER, NUM_VALUES = 3, 5, 1


@dataclass(frozen=True)
class ColumnChunk:
    """One column of one row group.

    Attributes:
        begin, end: Its bytes in the file.
        meta: ``ColumnMetaData``.
    """

    begin: int
    end: int
    meta: Fields


@dataclass(frozen=True)
class RowGroup:
    """Some rows of a file.

    Attributes:
        rows: How many.
        chunks: A chunk for each leaf of the schema, in its order.
    """

    rows: int
    chunks: tuple[ColumnChunk, ...]


@dataclass(frozen=True)
class Footer:
    """What a file says of itself.

    Attributes:
        version: Of the format.
        columns: ``SchemaElement`` of each column of the table, followed by those below it.
        leaves: How many column chunks each column of the table has.
        groups: The row groups.
    """

    version: int
    columns: tuple[tuple[Fields, ...], ...]
    leaves: tuple[int, ...]
    groups: tuple[RowGroup, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns of the table."""
        return [column[0][NAME][1].decode() for column in self.columns]


def read_footer(path: Path) -> Footer:
    """Read the footer of a file.

    Raises:
        OSError: The file cannot be read.
        ValueError: The footer is damaged, encrypted, too large, or says what a footer may not say.
    """
    with path.open("rb") as file:
        return footer_of(file)


def footer_of(file: BinaryIO) -> Footer:
    """`read_footer` of an open file."""
    fields, end = _read(file)
    try:
        return _footer(fields, end)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise ValueError("a part of the footer is missing") from None


def fields_of(file: BinaryIO) -> Fields:
    """All fields of the footer of an open file, as they are.

    Raises:
        ValueError: There is no footer, or it is damaged or too large.
    """
    return _read(file)[0]


def _read(file: BinaryIO) -> tuple[Fields, int]:
    """The fields of a footer, and where it begins."""
    size = file.seek(0, 2)
    if size < 2 * _TAIL:
        raise ValueError("the file is too short")
    file.seek(size - _TAIL)
    tail = file.read(_TAIL)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length > min(_LARGEST, size - _TAIL - len(MAGIC)):
        raise ValueError("there is no plain footer, or it is too large")
    file.seek(size - _TAIL - length)
    return read_struct(file.read(length)), size - _TAIL - length


def _footer(fields: Fields, end: int) -> Footer:
    if ENCRYPTION in fields:
        raise ValueError("the file is encrypted")
    columns, leaves = _columns(fields[SCHEMA][1].items)
    groups = fields[ROW_GROUPS][1].items
    if len(groups) * max(sum(leaves), 1) > _MOST_CHUNKS:
        raise ValueError("the file has too many column chunks")
    found = tuple(_group(group, sum(leaves), end) for group in groups)
    if sum(group.rows for group in found) != fields[NUM_ROWS][1]:
        raise ValueError("row groups have other rows than the file")
    return Footer(fields[VERSION][1], columns, leaves, found)


def _columns(elements: list[Fields]) -> tuple[tuple[tuple[Fields, ...], ...], tuple[int, ...]]:
    """The elements of each column of the table, and how many leaves it has."""
    columns, leaves = [], []
    at = 1
    for _ in range(elements[0][NUM_CHILDREN][1]):
        begin, open_ = at, 1
        ends = 0
        while open_:
            children = elements[at].get(NUM_CHILDREN, (0, 0))[1]
            ends += not children
            open_ += children - 1
            at += 1
        elements[begin][NAME][1].decode()  # a column without a name is refused here, not when it is asked for
        columns.append(tuple(elements[begin:at]))
        leaves.append(ends)
    if at != len(elements):
        raise ValueError("the schema does not end where it says")
    return tuple(columns), tuple(leaves)


def _group(group: Fields, leaves: int, end: int) -> RowGroup:
    chunks = tuple(_chunk(chunk, end) for chunk in group[COLUMNS][1].items)
    if len(chunks) != leaves:
        raise ValueError("a row group has other columns than the schema")
    return RowGroup(group[GROUP_ROWS][1], chunks)


def _chunk(chunk: Fields, end: int) -> ColumnChunk:
    if FILE_PATH in chunk or CRYPTO in chunk:
        raise ValueError("a column lies in another file, or is encrypted")
    meta: Fields = chunk[META_DATA][1]
    pages: Any = meta[DATA_PAGE][1]
    # Readers begin at the dictionary where one is named, whatever is said of the pages behind it.
    dictionary = meta.get(DICTIONARY_PAGE, (0, 0))[1]
    begin = dictionary if dictionary > 0 else pages
    stop = begin + meta[COMPRESSED_SIZE][1]
    if not len(MAGIC) <= begin <= pages < stop <= end:
        raise ValueError("a column lies outside the file")
    return ColumnChunk(begin, stop, meta)
