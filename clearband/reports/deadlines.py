"""The deadlines of a screening for people and spreadsheets: certain ones apart from those that depend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.reports.asked import Asked
from clearband.screening.deadlines import CERTAIN

IF_COVERED: Final = "if it is covered"
"""How a duty is said to be owed only for what a clause turns out to cover."""
ONCE_BEGUN: Final = "once the clause begins, if it covers it then"
"""The same of a clause that is not in force yet."""

CSV_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "due": pl.String,
    "overdue": pl.String,
    "duty": pl.String,
    "owed": pl.String,
    "records": pl.Int64,
    "prohibited": pl.Int64,
    "not_covered": pl.Int64,
    "review": pl.Int64,
    "not_yet": pl.Int64,
    "directive": pl.String,
    "directive_title": pl.String,
    "clause": pl.String,
    "cite": pl.String,
    "jurisdiction": pl.String,
    "actors": pl.List(pl.String),
    "clock": pl.String,
    "counted_from": pl.String,
    "verified": pl.Boolean,
}
"""``deadlines.csv``: one row a clause, duty and due day, the soonest first. ``owed`` is ``certain``,
`IF_COVERED`, `ONCE_BEGUN`, or several of them with ``;`` between."""


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """One deadline in words.

    Attributes:
        due: ``Fri 2026-11-27``.
        day: The same as ISO date.
        duty: What must be done; begins with the condition when it is certain of no record.
        certain: Records that owe it for certain.
        if_covered: Records that owe it only if a clause covers them.
        once_begun: Records that owe it only if a clause covers them once it has begun.
        actors: Who owes it, of the actor classes asked.
        entry: As in ``summary.json``.
    """

    due: str
    day: str
    overdue: bool
    duty: str
    certain: int
    if_covered: int
    once_begun: int
    actors: tuple[str, ...]
    entry: Mapping[str, Any]


def deadline_words(summary: Mapping[str, Any]) -> tuple[DeadlineWords, ...]:
    """The deadlines of a summary, or of one of its drafts; the soonest first."""
    return tuple(map(_words, summary.get("deadlines") or ()))


def counted_from_words(asked: Asked) -> str:
    """From which day clocks that run from the finding are counted."""
    return f"found on {asked.found_on}" if asked.found_on else f"as if found on {asked.on or 'the day asked'}"


def deadlines_table(summary: Mapping[str, Any]) -> pl.DataFrame:
    """`CSV_SCHEMA`; what drafts would make due is not in it."""
    rows = [
        {
            **{name: entry[name] for name in ("due", "duty", "jurisdiction", "clock", "counted_from")},
            "overdue": "overdue" if entry["overdue"] else "",
            "owed": _owed(clause["answers"]),
            **{answer.replace("-", "_"): clause["answers"].get(answer, 0) for answer in _ANSWERS},
            **{name: clause[name] for name in _OF_A_CLAUSE},
        }
        for entry in summary.get("deadlines") or ()
        for clause in entry["clauses"]
    ]
    return pl.DataFrame(rows, schema=CSV_SCHEMA)


_OF_A_CLAUSE: Final = ("records", "directive", "directive_title", "clause", "cite", "actors", "verified")
_ANSWERS: Final = ("prohibited", "not-covered", "review", "not-yet")


def _words(entry: Mapping[str, Any]) -> DeadlineWords:
    answers = entry["answers"]
    return DeadlineWords(
        due=f"{date.fromisoformat(entry['due']):%a} {entry['due']}",
        day=entry["due"],
        overdue=entry["overdue"],
        duty=f"{_condition(answers)}: {entry['duty']}" if entry["conditional"] else entry["duty"],
        certain=sum(answers.get(answer, 0) for answer in CERTAIN),
        if_covered=answers.get("review", 0),
        once_begun=answers.get("not-yet", 0),
        actors=tuple(dict.fromkeys(actor for clause in entry["clauses"] for actor in clause["actors"])),
        entry=entry,
    )


def _condition(answers: Mapping[str, int]) -> str:
    return IF_COVERED if "review" in answers else ONCE_BEGUN


def _owed(answers: Mapping[str, int]) -> str:
    words = {**dict.fromkeys(CERTAIN, "certain"), "review": IF_COVERED, "not-yet": ONCE_BEGUN}
    return "; ".join(dict.fromkeys(words[answer] for answer in _ANSWERS if answer in answers))
