"""Numbers for the distinct rows of several columns of small numbers, kept from batch to batch.

Two columns become one by a look into a table: a dense one where they have few values, else one that is joined
on both numbers side by side in 64 bits. Nothing is hashed to less than it is: nothing can be mixed up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

_DENSE: Final = 1 << 22
"""Cells of the largest dense table."""
_UNSEEN: Final = -1
_PAIR: Final = "pair"
_NUMBER: Final = "number"


class Pairs:
    """The distinct pairs of two columns of numbers, numbered from 0 in the order in which they came."""

    def __init__(self) -> None:
        self.left: npt.NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)
        """The first number of each pair."""
        self.right: npt.NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)
        self._dense: npt.NDArray[np.int32] | None = np.full((1, 1), _UNSEEN, dtype=np.int32)
        self._joined = pl.DataFrame(schema={_PAIR: pl.UInt64, _NUMBER: pl.UInt32})

    def __len__(self) -> int:
        return len(self.left)

    def numbers(self, one: pl.Series, other: pl.Series) -> pl.Series:
        """The number of each pair, shape (n,); pairs not seen before are given one.

        Args:
            one: UInt32 without nulls, shape (n,).
            other: The same.
        """
        if not len(one):
            return one.cast(pl.UInt32)
        if self._dense is not None:
            self._make_room(_most(one) + 1, _most(other) + 1)
        if self._dense is not None:
            return self._by_place(self._dense, one, other)
        return self._by_join(one, other)

    def _make_room(self, rows: int, columns: int) -> None:
        """Let the dense table have a cell for each pair, or do without it from now on."""
        assert self._dense is not None
        height, width = self._dense.shape
        if rows <= height and columns <= width:
            return
        height, width = _grown(height, rows), _grown(width, columns)
        if height * width > _DENSE:
            self._dense = None
            self._joined = self._table(0)
            return
        self._dense = np.full((height, width), _UNSEEN, dtype=np.int32)
        self._dense[self.left, self.right] = np.arange(len(self), dtype=np.int32)

    def _by_place(self, dense: npt.NDArray[np.int32], one: pl.Series, other: pl.Series) -> pl.Series:
        # `_DENSE` cells are fewer than 2^32: half the bytes of NumPy's own numbers are enough.
        places = one.to_numpy() * np.uint32(dense.shape[1])
        places += other.to_numpy()
        flat = dense.ravel()
        found = flat[places]
        if found.min() == _UNSEEN:
            new = np.unique(places[found == _UNSEEN])
            flat[new] = self._add(*np.divmod(new, dense.shape[1]))
            found = flat[places]
        return pl.Series(_NUMBER, found.view(np.uint32))

    def _by_join(self, one: pl.Series, other: pl.Series) -> pl.Series:
        pairs = pl.Series(_PAIR, (one.to_numpy().astype(np.uint64) << np.uint64(32)) | other.to_numpy())
        found = self._look_up(pairs)
        if found.null_count():
            known = len(self)
            new = pairs.filter(found.is_null()).unique().to_numpy()
            self._add(new >> np.uint64(32), new & np.uint64(0xFFFF_FFFF))
            self._joined = pl.concat([self._joined, self._table(known)], rechunk=True)
            found = self._look_up(pairs)
        return found

    def _look_up(self, pairs: pl.Series) -> pl.Series:
        return pairs.to_frame().join(self._joined, on=_PAIR, how="left", maintain_order="left")[_NUMBER]

    def _table(self, first: int) -> pl.DataFrame:
        left = self.left[first:].astype(np.uint64)
        return pl.DataFrame(
            {
                _PAIR: (left << np.uint64(32)) | self.right[first:],
                _NUMBER: np.arange(first, len(self), dtype=np.uint32),
            }
        )

    def _add(self, left: npt.NDArray[np.generic], right: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
        known = len(self)
        self.left = np.concatenate([self.left, left.astype(np.uint32)])
        self.right = np.concatenate([self.right, right.astype(np.uint32)])
        return np.arange(known, len(self), dtype=np.int32)


def _most(column: pl.Series) -> int:
    most = column.max()
    assert isinstance(most, int)
    return most


def _grown(size: int, needed: int) -> int:
    return size if needed <= size else max(2 * size, needed)


class _Fold:
    """The distinct rows of some columns, by pairing the columns one after the other."""

    def __init__(self, columns: int) -> None:
        self._steps = [Pairs() for _ in range(columns - 1)]
        self.known: pl.Series = pl.Series(_NUMBER, [], dtype=pl.UInt32)
        """For each row seen the number it has among all; null where it has none yet."""

    def numbers(self, columns: Sequence[pl.Series]) -> pl.Series:
        """The number of each row, shape (n,)."""
        found = columns[0]
        for step, column in zip(self._steps, columns[1:], strict=True):
            found = step.numbers(found, column)
        return found

    def columns(self, numbers: npt.NDArray[np.uint32]) -> list[list[int]]:
        """The columns of the rows of some numbers."""
        columns: list[list[int]] = []
        left = numbers
        for step in reversed(self._steps):
            columns.append(step.right[left].tolist())
            left = step.left[left]
        columns.append(left.tolist())
        return columns[::-1]


class Tuples:
    """The distinct rows of several columns of numbers, numbered from 0 in the order in which they came.

    Attributes:
        rows: The row of each number.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        self._folds: dict[tuple[int | None, ...], _Fold] = {}
        """By what is the same throughout a batch: its values, None for columns that differ."""

    def __len__(self) -> int:
        return len(self.rows)

    def numbers(self, columns: Sequence[pl.Series]) -> pl.Series:
        """The number of each row, shape (n,); rows not seen before are given one.

        Args:
            columns: UInt32 without nulls, each of shape (n,); as many each time.
        """
        height = len(columns[0])
        if not height:
            return pl.Series(_NUMBER, [], dtype=pl.UInt32)
        alike = tuple(_alike(column) for column in columns)
        differing = [column for column, value in zip(columns, alike, strict=True) if value is None]
        if not differing:
            number = self._number_of(tuple(value or 0 for value in alike))
            return pl.Series(_NUMBER, [number], dtype=pl.UInt32).new_from_index(0, height)
        fold = self._folds.setdefault(alike, _Fold(len(differing)))
        places = fold.numbers(differing)
        short = _most(places) + 1 - len(fold.known)
        if short > 0:
            more = pl.Series([None], dtype=pl.UInt32).new_from_index(0, short)
            fold.known = pl.concat([fold.known, more], rechunk=True)
        found = fold.known.gather(places)
        if found.null_count():
            new = places.filter(found.is_null()).unique()
            rest = iter(fold.columns(new.to_numpy()))
            filled = [next(rest) if value is None else repeat(value, len(new)) for value in alike]
            numbers = [self._number_of(row) for row in zip(*filled, strict=True)]
            fold.known = fold.known.scatter(new, pl.Series(numbers, dtype=pl.UInt32))
            found = fold.known.gather(places)
        return found.alias(_NUMBER)

    def _number_of(self, row: tuple[int, ...]) -> int:
        number = self._numbers.setdefault(row, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number


def _alike(column: pl.Series) -> int | None:
    """The one value of a column; None where it has several."""
    least = column.min()
    return least if least == column.max() else None  # type: ignore[return-value]
