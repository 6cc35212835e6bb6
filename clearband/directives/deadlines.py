"""From duties with clocks to the days on which they are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from clearband.directives.calendars import add_business_days, calendar_name
from clearband.directives.clock import ended, known, reached
from clearband.directives.truth import FALSE, TRUE
from clearband.model.directive import Duty, Limb
from clearband.model.finding import Answer

_Start = tuple[date, str]
"""A day that something is counted from, and what happened on it."""

_IN_FORCE: Final = (Answer.PROHIBITED, Answer.REVIEW, Answer.NOT_COVERED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty and the day on which it is due.

    Attributes:
        counted_from: The day it was counted from; None where the law names the day.
        clock: How it was counted, in words.
        overdue: Whether the day is past on the day of the question.
    """

    directive: str
    clause: str
    duty: str
    due: date
    counted_from: date | None
    clock: str
    overdue: bool

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "directive": self.directive,
            "clause": self.clause,
            "duty": self.duty,
            "due": self.due.isoformat(),
            **({"counted_from": self.counted_from.isoformat()} if self.counted_from else {}),
            "clock": self.clock,
            "overdue": self.overdue,
        }

    def words(self) -> str:
        """The duty with its day: ``report it: by Fri 2026-11-27 (1 business day after …)``."""
        over = ", which is past" if self.overdue else ""
        return f"{self.duty}: by {self.due:%a} {self.due.isoformat()}{over} ({self.clock})"


@dataclass(frozen=True, slots=True)
class Owed:
    """What a limb asks to be done.

    Attributes:
        texts: Every duty in words, those with a clock with their day.
        deadlines: The latter, in the order of the law.
    """

    texts: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


def owed(
    limb: Limb, answer: Answer, begins: date, found_on: date, on: date, known_on: date | None = None
) -> Owed:
    """What a limb that gives an answer asks to be done, and by when.

    While it is in force, all of its duties. Before it begins, what the law wants done by a day of its own
    that is still ahead: who must be rid of something by 2027 has to know it in 2026.

    Args:
        limb: The limb.
        answer: What it says; an exception that holds, and advice, leave nothing to do.
        begins: The day on which the limb begins; nothing is counted from before it.
        found_on: The day on which the item was found.
        on: The day of the question.
        known_on: The day whose knowledge is used.
    """
    if not limb.duties or answer not in (*_IN_FORCE, Answer.NOT_YET):
        return Owed()
    late = begins > found_on and answer is not Answer.NOT_YET
    counted_from = (begins, "when the clause began") if late else (found_on, "when it was found")
    due = list(_due(limb, counted_from, on, known_on))
    if answer is Answer.NOT_YET:
        due = [(duty, day) for duty, day in due if day is not None and _named(duty) and not day.overdue]
    texts = tuple(duty.text if day is None else day.words() for duty, day in due)
    return Owed(texts, tuple(day for _, day in due if day is not None))


def _named(duty: Duty) -> bool:
    """Whether the law alone gives the day, whenever an item is found."""
    return duty.by is not None or duty.event is not None


def _due(
    limb: Limb, counted_from: _Start, on: date, known_on: date | None
) -> Iterator[tuple[Duty, Deadline | None]]:
    """The duties that are owed, each with its deadline if it has a clock."""
    starts = {"found": counted_from}
    for duty in limb.duties:
        if not duty.has_clock:
            yield duty, None
            continue
        start = starts.get(duty.after)
        if duty.event is not None:
            start = (duty.event.latest, f"{duty.event.event} on that day")
        # A step after one that is not owed is not owed either. What the law gives a day is owed if it is law
        # on the day of the question or was when the item was found; what is counted from a finding, if it
        # was.
        if start is None:
            continue
        days = {on, counted_from[0]} if _named(duty) or duty.yearly else {start[0]}
        if not any(_holds(duty, day, known_on) for day in days):
            continue
        day, clock = _clock(duty, start, limb.home)
        if duty.id:
            starts[duty.id] = (day, "when the step before is due, sooner when it is done sooner")
        clock = clock if duty.verified else f"{clock}; not verified"
        since = None if duty.by else start[0]
        yield duty, Deadline(limb.directive, limb.clause, duty.text, day, since, clock, day < on)
        if duty.yearly is not None and day < on:
            # Nobody says whether what was due has been done; what is ahead is due either way.
            ahead = _every_year(duty.yearly, on)
            clock = f"every year by this day; the next on or after {on}, the day of the question"
            clock = clock if duty.verified else f"{clock}; not verified"
            yield duty, Deadline(limb.directive, limb.clause, duty.text, ahead, on, clock, overdue=False)


def _holds(duty: Duty, day: date, known_on: date | None) -> bool:
    start = known(duty.start, known_on) if duty.start else None
    begun = not duty.start or (start is not None and reached(start, day) == TRUE)
    return begun and (duty.end is None or ended(duty.end, day, known_on) == FALSE)


def _every_year(yearly: tuple[int, int], since: date) -> date:
    """The first such day on or after a day."""
    day = date(since.year, *yearly)
    return day if day >= since else day.replace(year=since.year + 1)


def _clock(duty: Duty, start: _Start, jurisdiction: str) -> tuple[date, str]:
    since, what = start
    if duty.by is not None:
        return duty.by, "the day that the law names"
    if duty.yearly is not None:
        since = max([since, *(moment.latest for moment in duty.start)])
        day = _every_year(duty.yearly, since)
        if since != start[0]:
            what = "from when it is owed"
        return day, f"every year by this day; the first on or after {since}, {what}"
    if duty.business_days:
        day = add_business_days(since, duty.business_days, jurisdiction)
        count = f"{duty.business_days} business day{'s' if duty.business_days > 1 else ''}"
        return day, f"{count} after {since}, {what}; {calendar_name(jurisdiction)}"
    return since + timedelta(days=duty.days), f"{duty.days} days after {since}, {what}"
