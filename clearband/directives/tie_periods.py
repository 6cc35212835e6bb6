"""Periods in which no tie of ownership begins or ends: each day of one says the same of what was obtained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from clearband.model.organisation import ControlLink
from clearband.register.ownership import first_day, last_day

_EVER = date(1, 1, 1)


def tie_days(links: Iterable[ControlLink]) -> list[date]:
    """The first day of every such period, in order.

    A date of a month or a year has a first and a last day; the last one is a period of its own, because a tie
    that ended in that month may have held on it.
    """
    dates = {text for link in links for text in (link.begins, link.ends) if text}
    ends = {last_day(text) for text in dates}
    return sorted({_EVER, *map(first_day, dates), *ends, *(day + timedelta(days=1) for day in ends)})


def period_of(day: pl.Expr, first_days: list[date]) -> pl.Expr:
    """The first day of the period of a day; null where there is no day.

    Args:
        day: Dates.
        first_days: As `tie_days` gives them.
    """
    starts = pl.Series(first_days, dtype=pl.Date)

    def periods(days: pl.Series) -> pl.Series:
        places = starts.search_sorted(days, side="right") - 1
        known = pl.select(pl.when(days.is_not_null()).then(places)).to_series()
        return starts.gather(known)

    return day.map_batches(periods, return_dtype=pl.Date)
