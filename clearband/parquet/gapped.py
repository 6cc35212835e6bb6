"""Columns of texts that hardly repeat, with gaps, as pages of a Parquet file.

Where some are missing, Polars takes the others for texts that repeat, and numbers all addresses of a column
in vain. Of the texts alone it makes plain pages; here gaps are put between them again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from clearband.parquet.compact import read_struct_at
from clearband.parquet.footer import DATA_PAGE_HEADER, ENCODINGS, NUM_VALUES, PAGE_SIZE, footer_of
from clearband.parquet.pages import PLAIN, RLE, Page

_LENGTH = 4
"""Bytes before the levels of a page that say how long they are."""


@dataclass(frozen=True)
class Gapped:
    """A column of texts.

    Attributes:
        column: The texts, shape (n,).
        plain: Page by page how many texts it has, and these as the encoding PLAIN has them.
    """

    column: pl.Series
    plain: tuple[tuple[int, bytes], ...]

    def __len__(self) -> int:
        return len(self.column)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.column.name

    @property
    def kind(self) -> pl.DataType:
        """Type of the values."""
        return pl.String()

    def series(self) -> pl.Series:
        """The column as others have it."""
        return self.column

    def dictionary(self) -> None:
        """There is none."""

    def pages(self) -> Iterator[Page]:
        """The rows."""
        present = self.column.is_not_null().to_numpy()
        rows = np.flatnonzero(present)
        begin = texts = 0
        for number, values in self.plain:
            texts += number
            # What is missing behind the last text is in its page.
            end = len(present) if texts == len(rows) else int(rows[texts - 1]) + 1
            yield Page(end - begin, present[begin:end], values, PLAIN)
            begin = end


def gapped(column: pl.Series) -> Gapped | None:
    """A column of texts with gaps; None where it is no such column, or its texts repeat."""
    if column.dtype != pl.String or not 0 < column.null_count() < len(column):
        return None
    file = io.BytesIO()
    column.drop_nulls().to_frame().write_parquet(
        file, compression="uncompressed", statistics=False, row_group_size=len(column)
    )
    (chunk,) = footer_of(file).groups[0].chunks
    if not {PLAIN, RLE}.issuperset(chunk.meta[ENCODINGS][1].items):
        return None
    return Gapped(column, tuple(_without_levels(file.getvalue(), chunk.begin, chunk.end)))


def _without_levels(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """How many values each page has, and their bytes."""
    while at < end:
        header, at = read_struct_at(data, at)
        stop = at + header[PAGE_SIZE][1]
        levels = int.from_bytes(data[at : at + _LENGTH], "little")
        yield header[DATA_PAGE_HEADER][1][NUM_VALUES][1], data[at + _LENGTH + levels : stop]
        at = stop
