"""A duty with a clock: until when it must be done."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text

Count = Annotated[int, Field(ge=1, le=3650)]


class Duty(Fact):
    """What must be done, and by when: so many days after something, or by a day."""

    text: Text = Field(description="What must be done, in words.")
    id: Slug | None = Field(None, description="A name, where another duty counts from this one.")
    business_days: Count | None = Field(
        None, description="So many business days, in the calendar of the jurisdiction."
    )
    days: Count | None = Field(None, description="So many calendar days.")
    after: Slug = Field(
        "found",
        description="What the days are counted after: `found` (the day on which the item was found), or the "
        "id of another duty of the clause.",
    )
    by: FullDate | None = Field(None, description="The last day, where the law names one.")

    @model_validator(mode="after")
    def _one_clock(self) -> Self:
        if sum(one is not None for one in (self.business_days, self.days, self.by)) != 1:
            raise ValueError("a duty with keys has one clock: business_days, days or by; else write text")
        return self
