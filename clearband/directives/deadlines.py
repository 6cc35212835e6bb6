"""From duties with clocks to the days on which they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clearband.directives.calendars import add_business_days, calendar_name
from clearband.model.directive import Duty, Limb


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


def deadlines_of(limb: Limb, found_on: date, on: date) -> tuple[Deadline, ...]:
    """The deadlines of a limb's duties, in the order of the law.

    Args:
        limb: A duty counts from the finding, or from the due day of another duty of the same limb.
        found_on: The day on which the item was found.
        on: The day of the question.
    """
    due: dict[str, date] = {}
    found = []
    for duty in limb.duties:
        if not duty.has_clock:
            continue
        start = due.get(duty.after, found_on)
        day, clock = _due(duty, start, limb.home, chained=duty.after in due)
        if duty.id:
            due[duty.id] = day
        since = None if duty.by else start
        found.append(Deadline(limb.directive, limb.clause, duty.text, day, since, clock, day < on))
    return tuple(found)


def _due(duty: Duty, start: date, jurisdiction: str, *, chained: bool) -> tuple[date, str]:
    if duty.by is not None:
        return duty.by, "the day that the law names"
    what = "when the step before is due, sooner when it is done sooner" if chained else "when it was found"
    if duty.business_days:
        day = add_business_days(start, duty.business_days, jurisdiction)
        count = f"{duty.business_days} business day{'s' if duty.business_days > 1 else ''}"
        return day, f"{count} after {start}, {what}; {calendar_name(jurisdiction)}"
    day = start + timedelta(days=duty.days)
    return day, f"{duty.days} days after {start}, {what}"


def duty_texts(limb: Limb, deadlines: Sequence[Deadline]) -> tuple[str, ...]:
    """Every duty of a limb in words, those with a clock with their day.

    Args:
        limb: The limb.
        deadlines: Its own, as `deadlines_of` gives them.
    """
    clocked = iter(deadlines)
    return tuple(next(clocked).words() if duty.has_clock else duty.text for duty in limb.duties)
