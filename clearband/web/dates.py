"""Days in addresses and forms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from clearband.web.asked_text import blank

OptionalDay = Annotated[
    Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 1, 1))] | None, BeforeValidator(blank)
]
"""A day, or nothing."""


def today() -> date:
    """The day now, in UTC: the same for everybody who asks this server."""
    return datetime.now(UTC).date()
