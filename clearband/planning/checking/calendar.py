"""Quarters of the horizon: ``2028-Q3`` and its number from 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

QUARTER: Final = r"^([0-9]{4})-Q([1-4])$"


@dataclass(frozen=True)
class Calendar:
    """Quarters numbered from the first of the horizon.

    Args:
        first: Quarters from the year 0 to quarter 0.
        quarters: How many the horizon has.
    """

    first: int
    quarters: int

    @classmethod
    def beginning(cls, first: str, quarters: int) -> Calendar:
        """The horizon that begins with a quarter such as ``2027-Q1``."""
        return cls(_since_year_0(first), quarters)

    def number(self, quarter: str) -> int:
        """The number of a quarter; negative before the horizon."""
        return _since_year_0(quarter) - self.first

    def numbers(self, text: pl.Expr) -> pl.Expr:
        """The numbers of a column of texts; null where one is no quarter."""
        year = text.str.extract(QUARTER, 1).cast(pl.Int32, strict=False)
        part = text.str.extract(QUARTER, 2).cast(pl.Int32, strict=False)
        return year * 4 + part - 1 - self.first

    def texts(self, number: pl.Expr) -> pl.Expr:
        """The other way."""
        since = number + self.first
        return pl.format("{}-Q{}", (since // 4).cast(pl.String).str.zfill(4), since % 4 + 1)

    def last_day(self, number: pl.Expr) -> pl.Expr:
        """The last day of quarters, as dates."""
        after = number + self.first + 1
        return pl.date(after // 4, after % 4 * 3 + 1, 1).dt.offset_by("-1d")


def _since_year_0(quarter: str) -> int:
    found = re.match(QUARTER, quarter)
    assert found is not None, quarter
    return int(found[1]) * 4 + int(found[2]) - 1
