"""Two clocks: the day asked about, the day whose knowledge is used, and dates that are not exact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.directives.clock import ended, known, reached
from clearband.directives.coarse import in_force
from clearband.directives.moments import timeline_of
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import End, Moment
from clearband.register.ownership import first_day, last_day


def moment(text: str, known_from: str | None = None, event: str = "effective") -> Moment:
    announced = date.fromisoformat(known_from) if known_from else first_day(text)
    return Moment(event, text, first_day(text), last_day(text), announced)


def test_a_full_date_has_come_on_its_day_and_not_before() -> None:
    start = moment("2019-08-13")
    assert reached(start, date(2019, 8, 12)) == FALSE
    assert reached(start, date(2019, 8, 13)) == TRUE


@pytest.mark.parametrize(
    ("day", "truth"),
    [("2026-06-30", FALSE), ("2026-07-01", UNKNOWN), ("2026-07-30", UNKNOWN), ("2026-07-31", TRUE)],
)
def test_a_month_is_unknown_between_its_first_and_its_last_day(day: str, truth: int) -> None:
    assert reached(moment("2026-07"), date.fromisoformat(day)) == truth


@pytest.mark.parametrize("event", ["expected", "proposed"])
def test_what_is_only_expected_or_proposed_has_never_begun(event: str) -> None:
    assert reached(moment("2019-02", event=event), date(2030, 1, 1)) == FALSE


def test_the_last_moment_known_on_the_day_of_knowledge_counts() -> None:
    history = (moment("2019-08-19", "2019-05-20"), moment("2019-11-18", "2019-08-19"))
    assert known(history, date(2019, 5, 19)) is None
    assert known(history, date(2019, 8, 18)) == history[0]
    assert known(history, date(2019, 8, 19)) == history[1]
    assert known(history, None) == history[1]


def test_until_ends_on_its_day_and_through_the_day_after() -> None:
    clock = (moment("2020-08-13", "2020-05-15"),)
    until, through = End(clock, last_day_included=False), End(clock, last_day_included=True)
    assert ended(until, date(2020, 8, 13), None) == TRUE
    assert ended(through, date(2020, 8, 13), None) == FALSE
    assert ended(through, date(2020, 8, 14), None) == TRUE


def test_an_end_that_nobody_had_announced_has_not_come() -> None:
    vacated = End((moment("2018-07-13"),), last_day_included=False)
    assert ended(vacated, date(2020, 1, 1), date(2018, 7, 12)) == FALSE


def test_a_measure_is_in_force_from_effective_to_stay_and_again_from_the_next_effective() -> None:
    timeline = timeline_of(
        {
            "timeline": [
                {"date": "2025-09-29", "event": "effective"},
                {"date": "2025-11-10", "event": "stayed"},
                {"date": "2026-11-10", "event": "effective"},
            ]
        }
    )
    stretches = [(opens.text, closes.text if closes else None) for opens, closes in in_force(timeline)]
    assert stretches == [("2025-09-29", "2025-11-10"), ("2026-11-10", None)]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_coarser_date_is_never_certain_where_the_exact_one_says_otherwise(day: date, length: int) -> None:
    exact, coarse = moment(day.isoformat()), moment(day.isoformat()[:length])
    for other in (day, first_day(coarse.text), last_day(coarse.text)):
        if reached(coarse, other) != UNKNOWN:
            assert reached(coarse, other) == reached(exact, other)
