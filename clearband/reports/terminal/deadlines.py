"""The soonest deadlines on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.console import Console

from clearband.reports.asked import Asked
from clearband.reports.deadlines import (
    IF_COVERED,
    ONCE_BEGUN,
    DeadlineWords,
    counted_from_words,
    deadline_words,
)
from clearband.reports.plain_text import count, visible
from clearband.reports.terminal.text import say

SOONEST: Final = 5
"""Deadlines shown; ``summary.json`` and the report have all."""

_CITES: Final = 3


def print_deadlines(summary: Mapping[str, Any], console: Console) -> None:
    """Print the soonest deadlines, a line of the day and two below it; nothing where there is none."""
    deadlines = deadline_words(summary)
    if not deadlines:
        return
    console.print()
    say(console, f"Deadlines, {counted_from_words(Asked.of(summary))}", "bold")
    for one in deadlines[:SOONEST]:
        due = f"{one.due}, overdue" if one.overdue else one.due
        say(console, f"{due}: {_records(one)}")
        say(console, visible(one.entry["duty"], 200), indent=4)
        say(console, f"under {_under(one.entry)}", indent=4)
    if len(deadlines) > SOONEST:
        say(console, f"and {count(len(deadlines) - SOONEST, 'more deadline')}")


def _records(one: DeadlineWords) -> str:
    parts = ((one.certain, ""), (one.if_covered, f" {IF_COVERED}"), (one.once_begun, f" {ONCE_BEGUN}"))
    given = [(number, condition) for number, condition in parts if number]
    (first, condition), rest = given[0], given[1:]
    return ", ".join(
        [f"{count(first, 'record')}{condition}", *(f"and {number:,} more{words}" for number, words in rest)]
    )


def _under(entry: Mapping[str, Any]) -> str:
    cites = dict.fromkeys(
        visible(clause["cite"], 60) + ("" if clause["verified"] else " [not verified]")
        for clause in entry["clauses"]
    )
    more = f" and {len(cites) - _CITES} more" if len(cites) > _CITES else ""
    return ", ".join(list(cites)[:_CITES]) + more
