"""Deadlines on the page and on the terminal: by day, overdue in words, the certain apart from the rest."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from clearband.reports.page import write_report
from clearband.reports.terminal import print_summary
from clearband.screening.result import Screening
from tests.reports.made_screenings import FEDERAL_BUYING, HOSTILE, SOURCES, screening_of, small_records
from tests.reports.reading_pages import Page, read_page


def deadline(due: str, duty: str, answers: dict[str, int], **more: Any) -> dict[str, Any]:
    clause = {
        "directive": FEDERAL_BUYING["directive"],
        "directive_title": "Section 889 Part A",
        "clause": FEDERAL_BUYING["clause"],
        "cite": "s. 889(a)(1)(A)",
        "actors": ["federal-agency"],
        "records": sum(answers.values()),
        "answers": answers,
        "verified": True,
    }
    return {
        "due": due,
        "overdue": False,
        "duty": duty,
        "jurisdiction": "US",
        "clock": "1 business day after 2026-11-19, when it was found",
        "counted_from": "2026-11-19",
        "conditional": set(answers) == {"review"},
        "records": sum(answers.values()),
        "answers": answers,
        "clauses": [clause],
        **more,
    }


REPORT = deadline("2026-11-20", "report it", {"prohibited": 3, "review": 1}, overdue=True)
MITIGATE = deadline("2026-12-04", "say what was done", {"review": 1})


def made(*deadlines: dict[str, Any]) -> Screening:
    return screening_of(small_records(), deadlines=list(deadlines))


def section(screening: Screening, folder: Path) -> tuple[Page, Any]:
    write_report(screening, folder / "report.html", records=2_000, sources=SOURCES)
    page = read_page((folder / "report.html").read_text(encoding="utf-8"))
    return page, page.by_id("deadlines")


def printed(screening: Screening, width: int = 100) -> list[str]:
    stream = io.StringIO()
    print_summary(screening, Console(file=stream, width=width))
    lines = [" ".join(line.split()) for line in stream.getvalue().splitlines()]
    begins = [number for number, line in enumerate(lines) if line.startswith("Deadlines")]
    return lines[begins[0] : lines.index("", begins[0])] if begins else []


def test_the_page_lists_duties_by_day_and_says_overdue_in_words(tmp_path: Path) -> None:
    _, found = section(made(REPORT, MITIGATE), tmp_path)
    first, second = (row.words() for row in found.all("tbody")[0].all("tr"))
    assert first.startswith("Fri 2026-11-20 overdue report it")
    assert " 3 1 Section 889 Part A: s. 889(a)(1)(A)" in first
    assert "overdue" not in second


def test_the_page_says_that_a_duty_depends(tmp_path: Path) -> None:
    _, found = section(made(MITIGATE), tmp_path)
    (row,) = (row.words() for row in found.all("tbody")[0].all("tr"))
    assert "if it is covered: say what was done" in row
    assert " 0 1 " in row


def test_a_duty_of_a_law_that_has_not_begun_is_shown_apart(tmp_path: Path) -> None:
    later = deadline("2027-01-31", "replace it", {"not-yet": 2}, conditional=True)
    _, found = section(made(MITIGATE, later), tmp_path)
    first, second = (row.words() for row in found.all("tbody")[0].all("tr"))
    assert "Once begun" in found.all("thead")[0].words()
    assert " 0 1 0 " in first
    assert "once the clause begins, if it covers it then: replace it" in second
    assert " 0 0 2 " in second
    assert "Sun 2027-01-31: 2 records once the clause begins, if it covers it then" in printed(made(later))


def test_a_deadline_leads_to_the_ground_of_its_clause(tmp_path: Path) -> None:
    page, found = section(made(REPORT), tmp_path)
    (link,) = found.all("a")
    ground = page.by_id((link.attributes["href"] or "").removeprefix("#"))
    assert str(FEDERAL_BUYING["cite"]) in ground.words()


def test_a_clause_whose_ground_is_not_shown_is_named_without_a_link(tmp_path: Path) -> None:
    elsewhere = {**REPORT, "clauses": [{**REPORT["clauses"][0], "clause": "not-shown"}]}
    _, found = section(made(elsewhere), tmp_path)
    assert not found.all("a")
    assert "s. 889(a)(1)(A) not-shown" in found.words()


def test_a_run_without_deadlines_says_so(tmp_path: Path) -> None:
    _, found = section(made(), tmp_path)
    assert "No clause that reaches a record sets a day" in found.words()
    assert printed(made()) == []


def test_the_terminal_says_day_duty_records_and_clause() -> None:
    assert printed(made(REPORT, MITIGATE)) == [
        "Deadlines, as if found on 2026-11-22",
        "Fri 2026-11-20, overdue: 3 records, and 1 more if it is covered",
        "report it",
        "under s. 889(a)(1)(A)",
        "Fri 2026-12-04: 1 record if it is covered",
        "say what was done",
        "under s. 889(a)(1)(A)",
    ]


def test_the_terminal_shows_the_soonest_and_counts_the_rest() -> None:
    many = [deadline(f"2026-12-{day:02}", f"step {day}", {"prohibited": 1}) for day in range(1, 9)]
    lines = printed(made(*many))
    assert [line for line in lines if line.startswith("step")] == [f"step {day}" for day in range(1, 6)]
    assert lines[-1] == "and 3 more deadlines"


@pytest.mark.parametrize("width", [40, 80])
def test_hostile_text_of_a_directive_file_stays_text(tmp_path: Path, width: int) -> None:
    harmful = made(deadline("2026-12-04", f"{HOSTILE} \x1b[31m\u202e", {"prohibited": 1}))
    page, _ = section(harmful, tmp_path)
    assert HOSTILE not in page.source
    assert "\u202e" not in page.source
    lines = printed(harmful, width)
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
    assert max(map(len, lines)) <= width
