"""Pages of Parquet files, and column chunks that are made of them here.

Source: Apache Parquet format, parquet.thrift and README ("Data Pages"), Encodings.md.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.parquet.compact import BINARY, I32, I64, LIST, STRUCT, Fields, Listed, write_struct
from clearband.parquet.footer import (
    COMPRESSED_SIZE,
    DATA_PAGE,
    DICTIONARY_PAGE,
    MAGIC,
    NAME,
    UNCOMPRESSED_SIZE,
    ColumnChunk,
    Footer,
    RowGroup,
)
from clearband.parquet.joined import Columns

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLAIN, RLE, DELTA, DICTIONARY = 0, 3, 5, 8
"""Encodings of values."""
_LEVEL: Final = 1
"""Of Zstandard: as small as by Polars' level 3 for such columns, for two thirds of the time."""
_ZSTD: Final = 6
_OPTIONAL: Final = 1
_DATA, _OF_DICTIONARY = 0, 2
_TYPES: Final[dict[pl.DataType, int]] = {pl.Int64(): 2, pl.Float64(): 5, pl.String(): 6}
_UTF8: Final[Fields] = {6: (I32, 0), 10: (STRUCT, {1: (STRUCT, {})})}


@dataclass(frozen=True)
class Page:
    """Some rows of a column.

    Attributes:
        rows: How many.
        present: Which of them have a value, shape (rows,); None for all.
        values: The values that there are, encoded.
        encoding: How.
    """

    rows: int
    present: NDArray[np.bool_] | None
    values: bytes
    encoding: int


class Paged(Protocol):
    """A column that can be written as pages."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def kind(self) -> pl.DataType:
        """Type of its values: String, Int64 or Float64."""

    def __len__(self) -> int: ...

    def series(self) -> pl.Series:
        """The column as others have it, shape (n,)."""

    def dictionary(self) -> pl.Series | None:
        """The values that pages speak of by number, without nulls; None where they speak of none."""

    def pages(self) -> Iterator[Page]:
        """All rows in their order."""


def encoded(columns: Sequence[Paged]) -> Columns:
    """Columns as one row group of a file in memory.

    Args:
        columns: One or more, each of shape (n,), n > 0.
    """
    file = io.BytesIO()
    file.write(MAGIC)
    chunks = tuple(_chunk(file, column) for column in columns)
    schema = tuple((_element(column),) for column in columns)
    footer = Footer(1, schema, (1,) * len(columns), (RowGroup(len(columns[0]), chunks),))
    return Columns(file, footer, 0, range(len(columns)))


def _element(column: Paged) -> Fields:
    """What a schema says of a column."""
    name = column.name.encode()
    utf8 = _UTF8 if column.kind == pl.String else {}
    return {1: (I32, _TYPES[column.kind]), 3: (I32, _OPTIONAL), NAME: (BINARY, name), **utf8}


def _chunk(file: io.BytesIO, column: Paged) -> ColumnChunk:
    begin, size = file.tell(), 0
    encodings = {RLE}
    places: Fields = {}
    values = column.dictionary()
    if values is not None:
        places[DICTIONARY_PAGE] = (I64, begin)
        encodings |= {PLAIN}
        said: Fields = {1: (I32, len(values)), 2: (I32, PLAIN)}
        size += _put(file, _OF_DICTIONARY, {7: (STRUCT, said)}, plain(values))
    places[DATA_PAGE] = (I64, file.tell())
    for page in column.pages():
        encodings |= {page.encoding}
        said = {1: (I32, page.rows), 2: (I32, page.encoding), 3: (I32, RLE), 4: (I32, RLE)}
        size += _put(file, _DATA, {5: (STRUCT, said)}, _levels(page) + page.values)
    meta: Fields = {
        1: (I32, _TYPES[column.kind]),
        2: (LIST, Listed(I32, sorted(encodings))),
        3: (LIST, Listed(BINARY, [column.name.encode()])),
        4: (I32, _ZSTD),
        5: (I64, len(column)),
        UNCOMPRESSED_SIZE: (I64, size),
        COMPRESSED_SIZE: (I64, file.tell() - begin),
        **places,
    }
    return ColumnChunk(begin, file.tell(), meta)


def _put(file: io.BytesIO, kind: int, said: Fields, content: bytes) -> int:
    """Write a page; gives its size before it was compressed."""
    packed = zstd.compress(content, _LEVEL)
    header = write_struct({1: (I32, kind), 2: (I32, len(content)), 3: (I32, len(packed)), **said})
    file.write(header)
    file.write(packed)
    return len(header) + len(content)


def _levels(page: Page) -> bytes:
    """Which rows have a value, behind the length of what says so."""
    if page.present is None:
        levels = hybrid_run(page.rows, 1)
    else:
        levels = hybrid_bits(np.packbits(page.present, bitorder="little").tobytes(), page.rows, 1)
    return len(levels).to_bytes(4, "little") + levels


def hybrid_run(count: int, number: int) -> bytes:
    """A number below 256 so many times, as a run."""
    return varint(count << 1) + bytes([number])


def hybrid_bits(packed: bytes, count: int, width: int) -> bytes:
    """Numbers side by side in so many bits each, filled up to a multiple of eight of them."""
    groups = -(-count // 8)
    return varint(groups << 1 | 1) + packed + bytes(groups * width - len(packed))


def varint(number: int) -> bytes:
    """A number as ULEB128, seven bits a byte."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def plain(values: pl.Series) -> bytes:
    """Values as the encoding PLAIN has them: texts with their length before each, numbers side by side.

    Args:
        values: String, Int64 or Float64, without nulls.
    """
    if values.dtype != pl.String:
        return values.to_numpy().astype("<i8" if values.dtype == pl.Int64 else "<f8", copy=False).tobytes()
    texts = [text.encode() for text in values]
    return b"".join([part for text in texts for part in (len(text).to_bytes(4, "little"), text)])
