"""Numbers for the distinct texts of a column, kept from batch to batch.

Polars' own categories give them: a table of strings that grows, compares what it is asked for with what it
has, and is let go with the last who uses it.
"""

from __future__ import annotations

from typing import Final

import polars as pl

NONE: Final = 0
"""The number of no text."""
_EMPTY: Final = pl.Series([], dtype=pl.UInt32)


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
        if column.null_count() == len(column):
            return pl.Series("id", [NONE], dtype=pl.UInt32).new_from_index(0, len(column))
        if isinstance(column.dtype, pl.Categorical):
            return self._of_categories(column, column.dtype.categories.name())
        codes = column.cast(self._kind).to_physical()
        known = len(self.texts) - 1
        if codes.max() >= known:  # type: ignore[operator]
            coded = pl.DataFrame({"code": codes, "text": column}).filter(pl.col("code") >= known)
            new = coded.unique("code").sort("code")["text"]
            self.texts = pl.concat([self.texts, new], rechunk=True)
        return (codes + 1).fill_null(NONE).alias("id")

    def _of_categories(self, column: pl.Series, name: str) -> pl.Series:
        codes = column.to_physical()
        known = self._of_codes.get(name, _EMPTY)
        most: int = codes.max()  # type: ignore[assignment]
        if most >= len(known):
            more = pl.Series([None], dtype=pl.UInt32).new_from_index(0, most + 1 - len(known))
            known = pl.concat([known, more], rechunk=True)
        numbers = known.gather(codes)
        if numbers.null_count() > codes.null_count():
            coded = pl.DataFrame({"code": codes, "text": column})
            new = coded.filter(numbers.is_null() & pl.col("code").is_not_null()).unique("code")
            known = known.scatter(new["code"], self.numbers(new["text"].cast(pl.String)))
            numbers = known.gather(codes)
        self._of_codes[name] = known
        return numbers.fill_null(NONE).alias("id")
