"""A duty with a clock: until when it must be done."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text
from clearband.facts.schema.dates import EventReference, When
from clearband.facts.schema.words import ActorId

Count = Annotated[int, Field(ge=1, le=3650)]


def _check_every_year(value: str) -> str:
    try:
        date.fromisoformat(f"2001-{value}")
    except ValueError:
        raise ValueError(f'"{value}" is no day of every year; write MM-DD, such as 03-31') from None
    return value


DayOfYear = Annotated[
    str,
    StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
    AfterValidator(_check_every_year),
]
"""A day that comes every year, MM-DD."""

_CLOCKS = ("business_days", "days", "by", "yearly")


class Duty(Fact):
    """What must be done, and by when: so many days after something, by a day, or every year by a day."""

    text: Text = Field(description="What must be done, in words.")
    id: Slug | None = Field(None, description="A name, where another duty counts from this one.")
    business_days: Count | None = Field(
        None, description="So many business days, in the calendar of the jurisdiction."
    )
    days: Count | None = Field(None, description="So many calendar days.")
    by: FullDate | None = Field(
        None, description="The last day, where the law names one. Shown before the clause begins, too."
    )
    yearly: DayOfYear | None = Field(
        None,
        description="Every year by this day, MM-DD: the first one on or after the day it is counted from; "
        "once that is past, the next one, too.",
    )
    after: Slug | EventReference = Field(
        "found",
        description="What it is counted from: `found` (the day on which the item was found, or the clause "
        "began, if later), the id of a duty above it, or an event of the timeline (effective 2025-09-08).",
    )
    from_: When | None = Field(
        None,
        alias="from",
        description="From when the duty is owed, where that is not as long as the clause; written as there.",
    )
    until: When | None = Field(
        None, description="The first day on which it is owed no more: what is found from then on owes it not."
    )
    actors: tuple[ActorId, ...] = Field(
        (), description="Who owes it, where not every actor of the clause does."
    )
    verified: bool = Field(True, description="false where no source was opened that says so.")

    @model_validator(mode="after")
    def _one_clock(self) -> Self:
        clocks = sum(getattr(self, name) is not None for name in _CLOCKS)
        if clocks > 1 or not (clocks or self.actors):
            raise ValueError(f"a duty with keys has one clock: {', '.join(_CLOCKS)}; else write text")
        if self.by is not None and self.after != "found":
            raise ValueError("a duty with `by` is counted from nothing; leave `after` out")
        return self
