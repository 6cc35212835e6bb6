"""What the files of figures share: a number or a range, where it is from, and whether it was read there."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, Slug, Text

Number = Annotated[Decimal, Field(allow_inf_nan=False)]
"""An exact decimal number."""
Amount = Annotated[Decimal, Field(allow_inf_nan=False, ge=0)]
"""A number that is never below zero, such as money."""
Year = Annotated[int, Field(ge=1980, le=2100)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A currency by its ISO 4217 code."""


class Cited(Fact):
    """A fact with its sources. It is verified where one of them was opened and says so."""

    verified: bool
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)] = Field(description="Ids of sources.yaml.")


class Measured(Fact):
    """A number, or a range of which one end may be open. A range has no middle: none was published."""

    value: Number | None = Field(None, description="The number, where the source gives one.")
    low: Number | None = Field(None, description="The lower end of a range; left out where it is open.")
    high: Number | None = Field(None, description="The upper end of a range; left out where it is open.")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        ends = [end for end in (self.low, self.high) if end is not None]
        if (self.value is None) != bool(ends):
            raise ValueError("a number or a range is wanted here; write value, or low, high or both")
        if len(ends) == 2 and ends[0] > ends[1]:
            raise ValueError(f"low {ends[0]} is above high {ends[1]}; swap them")
        return self


class NamedFigure(Measured):
    """A figure that code asks for by its id."""

    id: Slug
    what: Text
    unit: Text = Field(description="A currency, percent, fraction, or what is counted.")
    note: Text | None = None
