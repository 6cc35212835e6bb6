"""Columns whose values are numbered already, as pages of a Parquet file: a dictionary, and a number a row.

A writer of tables would number the values again. Here numbers are written in whole bytes, which Zstandard
makes about as small as bits side by side, and in less time.
Source: Apache Parquet format, Encodings.md (dictionary, RLE / bit-packing hybrid, delta).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clearband.parquet.appearance import Numbers, few_by_appearance
from clearband.parquet.pages import DELTA, DICTIONARY, PLAIN, Page, hybrid_bits, hybrid_run, varint

_ROWS_OF_A_PAGE: Final = 1 << 20
_SPREAD: Final = 1 << 16
"""Between the least and the greatest of whole numbers that are numbered."""
_BLOCK: Final = 128
_MINIATURES: Final = 4
"""Values of a block of differences, and parts of it: what all writers use."""


@dataclass(frozen=True)
class Numbered:
    """A column of few values.

    Attributes:
        name: What it is called.
        values: The values, String, Int64 or Float64, without nulls, shape (k,).
        numbers: The place in ``values`` of each row that has one, shape (m,), in the smallest type that holds
            them all.
        present: Which rows have a value, shape (n,); None for all.
    """

    name: str
    values: pl.Series
    numbers: Numbers
    present: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.numbers if self.present is None else self.present)

    @property
    def kind(self) -> pl.DataType:
        """Type of the values."""
        return self.values.dtype

    def series(self) -> pl.Series:
        """The column as others have it."""
        places = pl.Series(self.numbers, dtype=pl.UInt32)
        if self.present is not None:
            none = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(self))
            places = none.scatter(np.flatnonzero(self.present), places)
        return self.values.gather(places).alias(self.name)

    def dictionary(self) -> pl.Series | None:
        """The values; None where there are none."""
        return self.values if len(self.values) else None

    def pages(self) -> Iterator[Page]:
        """The rows."""
        begin = 0
        for at in range(0, len(self), _ROWS_OF_A_PAGE):
            rows = min(_ROWS_OF_A_PAGE, len(self) - at)
            present = None if self.present is None else self.present[at : at + rows]
            end = begin + (rows if present is None else int(np.count_nonzero(present)))
            yield Page(rows, present, self._encoded(begin, end), DICTIONARY if len(self.values) else PLAIN)
            begin = end

    def _encoded(self, begin: int, end: int) -> bytes:
        if not len(self.values):
            return b""
        if len(self.values) == 1:
            return b"\x01" + hybrid_run(end - begin, 0)
        width = 8 * self.numbers.itemsize
        return bytes([width]) + hybrid_bits(self.numbers[begin:end].tobytes(), end - begin, width)


@dataclass(frozen=True)
class Consecutive:
    """A column of whole numbers, each one more than the one before it.

    Attributes:
        first: The number of the first row.
        rows: How many they are.
    """

    name: str
    first: int
    rows: int

    def __len__(self) -> int:
        return self.rows

    @property
    def kind(self) -> pl.DataType:
        """Type of the values."""
        return pl.Int64()

    def series(self) -> pl.Series:
        """The column as others have it."""
        return pl.int_range(self.first, self.first + self.rows, dtype=pl.Int64, eager=True).alias(self.name)

    def dictionary(self) -> None:
        """There is none."""

    def pages(self) -> Iterator[Page]:
        """The rows."""
        if not self.rows:
            return
        head = b"".join(map(varint, (_BLOCK, _MINIATURES, self.rows, _zigzag(self.first))))
        # All differences are 1, so that what they have above the least one takes no bits.
        block = varint(_zigzag(1)) + bytes(_MINIATURES)
        yield Page(self.rows, None, head + block * -(-(self.rows - 1) // _BLOCK), DELTA)


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def numbered(column: pl.Series) -> Numbered | None:
    """A column of categories or whole numbers, by its values; None where they are many, or of another type.

    The same cells give the same, whatever else there is among the categories.
    """
    full = column.drop_nulls() if column.null_count() else column
    present = column.is_not_null().to_numpy() if column.null_count() else None
    least: int = 0
    if isinstance(column.dtype, pl.Categorical):
        codes = full.to_physical()
    elif column.dtype == pl.Int64 and len(full):
        least, most = (int(end) for end in (full.min(), full.max()))  # type: ignore[arg-type]
        if most - least >= _SPREAD:
            return None
        codes = full - least
    else:
        return None
    found = few_by_appearance(codes.cast(pl.UInt32).to_numpy())
    if found is None:
        return None
    values = pl.Series(found.order, dtype=pl.UInt32)
    if isinstance(column.dtype, pl.Categorical):
        texts = values.cat.to(column.dtype).cast(pl.String)
        return Numbered(column.name, texts, found.numbers, present)
    return Numbered(column.name, values.cast(pl.Int64) + least, found.numbers, present)
