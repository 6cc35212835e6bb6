"""Numbers for the distinct rows of a narrow table, kept from batch to batch.

What a value says is found out once in a run; every further row that has it costs a hash, a look-up and a
comparison. A hash only proposes: each proposal is held against the row itself, so that two rows of one hash
never become one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

Hashing = Callable[[pl.DataFrame], pl.Series]
Schema = Mapping[str, pl.DataType | type[pl.DataType]]

_NUMBER: Final = "#number"
_HASH: Final = "#hash"
_FACTOR: Final = 0x9E3779B97F4A7C15
"""Odd, so that multiplying by it loses nothing (2^64 over the golden ratio)."""


def row_hashes(rows: pl.DataFrame) -> pl.Series:
    """A hash of each row, shape (n,)."""
    mixed: pl.Expr | None = None
    for name in rows.columns:
        one = pl.col(name).hash()
        mixed = one if mixed is None else (mixed * pl.lit(_FACTOR, dtype=pl.UInt64)) ^ one
    assert mixed is not None
    return rows.select(mixed.alias(_HASH)).to_series()


class Numbering:
    """The distinct rows seen so far, numbered from 0 in the order in which they came."""

    def __init__(self, schema: Schema, hashing: Hashing = row_hashes) -> None:
        """Nothing seen yet.

        Args:
            schema: Columns of the rows.
            hashing: Gives each row's hash; equal rows have equal ones.
        """
        self._hashing = hashing
        self.rows = pl.DataFrame(schema=dict(schema))
        self._by_hash = pl.DataFrame(schema={_HASH: pl.UInt64, _NUMBER: pl.UInt32})
        self._others = pl.DataFrame(schema={_NUMBER: pl.UInt32})
        """Rows whose hash another row has, by number."""

    def __len__(self) -> int:
        return self.rows.height

    def numbers(self, rows: pl.DataFrame) -> pl.Series:
        """The number of each row, shape (n,); rows not seen before are given one."""
        hashes = self._hashing(rows)
        numbers = self._proposed(hashes)
        if numbers.null_count():
            self._add_new(rows, hashes, numbers.is_null())
            numbers = self._proposed(hashes)
        wrong = self._differs(rows, numbers)
        return self._corrected(rows, numbers, wrong) if wrong.any() else numbers

    def _proposed(self, hashes: pl.Series) -> pl.Series:
        return (
            hashes.alias(_HASH).to_frame().join(self._by_hash, on=_HASH, how="left", maintain_order="left")
        )[_NUMBER]

    def _differs(self, rows: pl.DataFrame, numbers: pl.Series) -> pl.Series:
        """Whether a row is another one than that of its number, shape (n,)."""
        differs = pl.Series("differs", [False]).new_from_index(0, rows.height)
        for name in rows.columns:
            differs |= rows[name].ne_missing(self.rows[name].gather(numbers))
        return differs

    def _add_new(self, rows: pl.DataFrame, hashes: pl.Series, new: pl.Series) -> None:
        unseen = rows.filter(new).with_columns(hashes.filter(new).alias(_HASH))
        first = unseen.unique(_HASH, keep="first", maintain_order=True)
        begin = len(self)
        numbered = first.select(_HASH).with_row_index(_NUMBER, offset=begin).select(_HASH, _NUMBER)
        self._by_hash = pl.concat([self._by_hash, numbered], rechunk=True)
        self.rows = pl.concat([self.rows, first.drop(_HASH)], rechunk=True)

    def _corrected(self, rows: pl.DataFrame, numbers: pl.Series, wrong: pl.Series) -> pl.Series:
        """The numbers, with those of rows whose hash belongs to another row looked up by value."""
        odd = rows.filter(wrong)
        known = self._others.join(self.rows.with_row_index(_NUMBER), on=_NUMBER, maintain_order="left")
        distinct = odd.unique(maintain_order=True)
        new = distinct.join(known, on=rows.columns, how="anti", nulls_equal=True, maintain_order="left")
        if new.height:
            added = pl.DataFrame({_NUMBER: pl.int_range(len(self), len(self) + new.height, eager=True)})
            self._others = pl.concat([self._others, added.cast(pl.UInt32)])
            self.rows = pl.concat([self.rows, new], rechunk=True)
            known = self._others.join(self.rows.with_row_index(_NUMBER), on=_NUMBER, maintain_order="left")
        found = odd.join(known, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")
        return numbers.scatter(wrong.arg_true(), found[_NUMBER])
