"""What all fact files share: unknown keys refused, every scalar text until its type converts it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _check_date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD, as exact as its source")
    return value


FactDate = Annotated[
    str, AfterValidator(_check_date), Field(json_schema_extra={"pattern": f"^{_DATE.pattern}$"})
]
"""A date as exact as its source gives it."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=120)]
"""An id: kebab case."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class Fact(BaseModel):
    """Base of every object of a fact file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
