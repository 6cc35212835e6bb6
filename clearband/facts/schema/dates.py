"""Dates of a measure: the events of its life, and from when to when its parts hold."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, FactDate, FullDate

EventName = Literal[
    "proposed", "expected", "signed", "published", "effective", "extended", "amended", "stayed", "delayed",
    "vacated", "expired", "compliance-deadline", "superseded",
]  # fmt: skip


EventReference = Annotated[
    str,
    Field(json_schema_extra={"pattern": rf"^({'|'.join(get_args(EventName))}) \d{{4}}(-\d\d(-\d\d)?)?$"}),
]
"""An event of the timeline, ``NAME DATE``."""


class Event(Fact):
    """One dated event of a measure's life."""

    date: FactDate = Field(
        description="When it happened or will happen: YYYY, YYYY-MM or YYYY-MM-DD, as exact as its source."
    )
    event: EventName = Field(
        description="What happened. What is only proposed or expected never begins; a compliance-deadline "
        "binds on its day."
    )
    known_from: FullDate | None = Field(
        None, description="The day on which it was announced. Left out: its own date."
    )
    earliest: FullDate | None = Field(
        None,
        description="Where sources disagree on the day: the first day that one gives. From then until "
        "`date` the answer is review.",
    )
    verified: bool = Field(True, description="false where no source was opened that says so.")
    note: str | None = Field(None, description="What the reader should know of it.")


class Moment(Fact):
    """A date that is no event of the timeline, or an event that was known from another day."""

    event: EventReference | None = Field(None, description="An event of the timeline, written NAME DATE.")
    date: FactDate | None = Field(None, description="A date of its own, instead of an event.")
    known_from: FullDate | None = Field(None, description="The day on which it was announced.")
    verified: bool = Field(True, description="false where no source was opened that says so.")
    note: str | None = Field(None, description="What the reader should know of it.")

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.event is None) == (self.date is None):
            raise ValueError("either an event or a date is wanted here; write one of the two")
        return self


When = EventReference | Moment | tuple[EventReference | Moment, ...]
"""``effective 2019-08-13`` (an event of the timeline), a moment, or a history: the last one known counts."""
