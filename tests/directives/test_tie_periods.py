"""The day an item was obtained, as exact as ties of ownership begin and end."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.directives.tie_periods import period_of, tie_days
from clearband.model.organisation import ControlLink
from clearband.register import load_register


def link(**dates: str) -> ControlLink:
    return ControlLink("owner", "owned", "controlled", "subsidiary", True, **dates)  # type: ignore[arg-type]


def periods(days: list[date | None], links: list[ControlLink]) -> list[date | None]:
    frame = pl.DataFrame({"day": pl.Series(days, dtype=pl.Date)})
    return frame.select(period_of(pl.col("day"), tie_days(links)))["day"].to_list()


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("1999-01-01", "0001-01-01"),
        ("2018-02-05", "0001-01-01"),
        ("2018-02-06", "2018-02-06"),
        ("2018-02-07", "2018-02-07"),  # the day after the last that a date can mean
        ("2022-10-31", "2018-02-07"),
        ("2022-11-29", "2022-11-01"),  # within the month in which it ended
        ("2022-11-30", "2022-11-30"),
        ("2022-12-01", "2022-12-01"),
        ("2026-01-01", "2022-12-01"),
    ],
)
def test_days_of_one_period_are_one(day: str, period: str) -> None:
    links = [link(begins="2018-02-06", ends="2022-11")]
    assert periods([date.fromisoformat(day)], links) == [date.fromisoformat(period)]


def test_where_no_day_is_known_none_is_made_up() -> None:
    assert periods([None, date(2020, 1, 1)], [link()]) == [None, date(1, 1, 1)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["lorex", "honor-device", "h3c", "xfusion", "ezviz", "huawei"]), st.integers(0, 9000))
def test_within_a_period_a_maker_stands_to_others_alike(maker: str, days: int) -> None:
    register = load_register()
    day = date(2002, 1, 1) + timedelta(days=days)
    period = periods([day], list(register.links))[0]
    assert period is not None
    assert register.relations(maker, day) == register.relations(maker, period)
