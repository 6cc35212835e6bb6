"""Numbers for the distinct texts of a column, kept from batch to batch.

Polars' own categories give them: a table of strings that grows, compares what it is asked for with what it
has, and is let go with the last who uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

NONE: Final = 0
"""The number of no text."""
_EMPTY: Final = pl.Series([], dtype=pl.UInt32)


@dataclass(frozen=True)
class Numbers:
    """A number for each record of a batch, as far as possible by way of what its texts have in common.

    Attributes:
        codes: For each record the number itself, or that of a category; null where it has no text.
        steps: Tables that lead from there to the number, one after the other, null where nothing is known.
    """

    codes: pl.Series
    steps: tuple[pl.Series, ...] = ()

    @property
    def ids(self) -> pl.Series:
        """The number of each record's text, UInt32, shape (n,), `NONE` where it has none."""
        found = self.codes
        for step in self.steps:
            found = step.gather(found)
        return _filled(found).alias("id")

    def then(self, step: pl.Series) -> Numbers:
        """The numbers that a table has for these numbers."""
        return Numbers(self.codes, (*self.steps, step))

    def look_up(self, table: pl.Series) -> pl.Series:
        """The row of a table for each record, shape (n,).

        Args:
            table: Something for each number.
        """
        if any(len(step) > len(self.codes) for step in self.steps):
            return table.gather(self.ids)
        # From the table's side: one look for each category, and only one for each record.
        found = table
        for step in reversed(self.steps):
            found = found.gather(step)
        found = found.gather(self.codes)
        return found.fill_null(table[NONE]) if found.null_count() else found


def _filled(numbers: pl.Series) -> pl.Series:
    return numbers.fill_null(NONE) if numbers.null_count() else numbers


class Texts:
    """The distinct texts seen so far, numbered from 1 in the order in which they came; null is 0."""

    def __init__(self) -> None:
        self._kind = pl.Categorical(pl.Categories.random("clearband", pl.UInt32))
        # What was seen is kept as long as a column of the kind lives.
        self._kept = pl.Series([], dtype=self._kind)
        self.texts = pl.Series("text", [None], dtype=pl.String)
        """The text of each number."""
        self._of_codes: dict[str, pl.Series] = {}
        """For each code of categories that columns came in the number of its text; null: not asked for."""

    def __len__(self) -> int:
        return len(self.texts)

    def numbers(self, column: pl.Series) -> pl.Series:
        """The number of each text, shape (n,); texts not seen before are given one.

        Args:
            column: Strings, or categories: then a text is looked at once a category.
        """
        return self.numbered(column).ids

    def numbered(self, column: pl.Series) -> Numbers:
        """`numbers`, as they were found."""
        if column.null_count() == len(column):
            return Numbers(pl.Series("id", [NONE], dtype=pl.UInt32).new_from_index(0, len(column)))
        if isinstance(column.dtype, pl.Categorical):
            return self._of_categories(column, column.dtype.categories.name())
        codes = column.cast(self._kind).to_physical()
        known = len(self.texts) - 1
        if codes.max() >= known:  # type: ignore[operator]
            coded = pl.DataFrame({"code": codes, "text": column}).filter(pl.col("code") >= known)
            new = coded.unique("code").sort("code")["text"]
            self.texts = pl.concat([self.texts, new], rechunk=True)
        return Numbers(_filled(codes + 1).alias("id"))

    def _of_categories(self, column: pl.Series, name: str) -> Numbers:
        codes = column.to_physical()
        known = self._of_codes.get(name, _EMPTY)
        most: int = codes.max()  # type: ignore[assignment]
        if most >= len(known):
            more = pl.Series([None], dtype=pl.UInt32).new_from_index(0, most + 1 - len(known))
            known = pl.concat([known, more], rechunk=True)
        numbers = known.gather(codes) if known.null_count() else None
        if numbers is not None and numbers.null_count() > codes.null_count():
            coded = pl.DataFrame({"code": codes, "text": column})
            new = coded.filter(numbers.is_null() & pl.col("code").is_not_null()).unique("code")
            known = known.scatter(new["code"], self.numbers(new["text"].cast(pl.String)))
        self._of_codes[name] = known
        return Numbers(codes, (known,))
