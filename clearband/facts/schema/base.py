"""What all fact files share: unknown keys refused, every scalar text until its type converts it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from clearband.model.days import FIRST_YEAR, LAST_YEAR

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _check_date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(f'"{value}" is no date; write YYYY, YYYY-MM or YYYY-MM-DD, as exact as its source')
    return _check_day(value)


def _check_day(value: str) -> str:
    try:
        year = date.fromisoformat(f"{value}-01-01"[:10]).year
    except ValueError:
        raise ValueError(f'"{value}" is no day of the calendar; correct it') from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f'"{value}" is not of the years {FIRST_YEAR} to {LAST_YEAR}; leave out what never ends'
        )
    return value


FactDate = Annotated[
    str, AfterValidator(_check_date), Field(json_schema_extra={"pattern": f"^{_DATE.pattern}$"})
]
"""A date as exact as its source gives it."""

FullDate = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
    AfterValidator(_check_day),
]
"""A whole date, YYYY-MM-DD."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=120)]
"""An id: kebab case."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class Fact(BaseModel):
    """Base of every object of a fact file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Sourced(Fact):
    """A fact with its source: a verified one must name it."""

    verified: bool
    source: Text | None = None

    @model_validator(mode="after")
    def _verified_needs_source(self) -> Self:
        if self.verified and not self.source:
            raise ValueError("verified: true needs a source")
        return self
