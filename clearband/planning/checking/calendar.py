"""Columns of quarters: ``2028-Q3`` and its number from 0, the first of the horizon."""

from __future__ import annotations

import polars as pl

from clearband.model.network import QUARTER_PATTERN
from clearband.planning.network import NetworkSettings


def numbers(text: pl.Expr, settings: NetworkSettings) -> pl.Expr:
    """The numbers of a column of texts; null where one is no quarter, negative before the horizon."""
    told = pl.when(text.str.contains(QUARTER_PATTERN)).then(text)
    year, quarter = told.str.slice(0, 4).cast(pl.Int64), told.str.slice(6, 1).cast(pl.Int64)
    return year * 4 + quarter - 1 - settings.start


def texts(number: pl.Expr, settings: NetworkSettings) -> pl.Expr:
    """The other way."""
    since = number + settings.start
    return pl.format("{}-Q{}", (since // 4).cast(pl.String).str.zfill(4), since % 4 + 1)


def last_days(number: pl.Expr, settings: NetworkSettings) -> pl.Expr:
    """The last day of quarters, as dates."""
    after = number + settings.start + 1
    return pl.date(after // 4, after % 4 * 3 + 1, 1).dt.offset_by("-1d")
