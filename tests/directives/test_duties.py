"""Duties with clocks: the day on which each is due, in the calendar of the jurisdiction."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from clearband.cli.main import main
from clearband.directives.calendars import add_business_days, calendar_name

from .test_language import asked as asked_of
from .test_language import clause, compiled_form, law_of, measure


@pytest.mark.parametrize(
    ("day", "count", "jurisdiction", "due"),
    [
        ("2026-11-24", 1, "US", "2026-11-25"),  # Tuesday
        ("2026-11-25", 1, "US", "2026-11-27"),  # the day before Thanksgiving
        ("2026-11-27", 1, "US", "2026-11-30"),  # Friday
        ("2026-11-28", 1, "US", "2026-11-30"),  # Saturday
        ("2026-12-24", 1, "US", "2026-12-28"),  # Christmas on a Friday
        ("2026-07-02", 1, "US", "2026-07-06"),  # 4 July on a Saturday, kept on Friday
        ("2026-12-31", 1, "US", "2027-01-04"),  # over the end of the year
        ("2026-12-24", 1, "UK", "2026-12-29"),  # Boxing Day in lieu on Monday
        ("2026-12-24", 1, "EU", "2026-12-25"),  # no calendar of its own
        ("2026-11-27", 10, "US", "2026-12-11"),
    ],
)
def test_business_days_leave_out_weekends_and_holidays(
    day: str, count: int, jurisdiction: str, due: str
) -> None:
    assert add_business_days(date.fromisoformat(day), count, jurisdiction).isoformat() == due


def test_a_jurisdiction_without_calendar_says_so() -> None:
    assert calendar_name("EU") == "no public holidays left out"


def asked(*more: str) -> dict[str, Any]:
    arguments = ["ask", "--json", "--maker", "Huawei", "--equipment", "router", "--actor",
                 "federal-contractor", "--action", "use", *more]  # fmt: skip
    answer: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    return answer


def test_the_second_report_counts_from_the_day_the_first_is_due() -> None:
    said = asked("--on", "2026-11-26", "--found-on", "2026-11-25")
    due = {(one["due"], one["counted_from"]) for one in said["deadlines"]}
    assert due == {("2026-11-27", "2026-11-25"), ("2026-12-11", "2026-11-27")}
    assert any(text.endswith("US federal holidays)") for text in said["duties"])


def test_without_a_day_of_finding_the_clock_runs_from_the_day_of_the_question() -> None:
    assert {one["counted_from"] for one in asked("--on", "2026-06-01")["deadlines"]} == {
        "2026-06-01",
        "2026-06-02",
    }


def test_a_deadline_that_is_past_says_so() -> None:
    said = asked("--on", "2026-11-26", "--found-on", "2026-01-05")
    assert all(one["overdue"] for one in said["deadlines"])
    assert any("which is past" in text for text in said["duties"])


def test_a_law_that_is_not_in_force_yet_owes_nothing() -> None:
    assert "deadlines" not in asked("--on", "2018-09-01")


def test_duties_of_the_same_words_keep_their_own_days() -> None:
    duties = [
        {"text": "report", "id": "first", "days": "1"},
        {"text": "report", "days": "2", "after": "first"},
    ]
    law = law_of(measure(evaluation="clauses", clauses=[clause(duties=duties)]))
    texts = [text.partition(" (")[0] for text in asked_of(law).duties]
    assert texts == ["report: by Wed 2021-06-02", "report: by Fri 2021-06-04"]


@pytest.mark.parametrize("keys", [{}, {"days": "3", "business_days": "3"}, {"days": "0"}])
def test_a_duty_with_keys_has_exactly_one_clock(keys: dict[str, str]) -> None:
    duty = {"text": "report", **keys}
    with pytest.raises(ValidationError):
        compiled_form(measure(evaluation="clauses", clauses=[clause(duties=[duty])]))
