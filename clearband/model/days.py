"""Days that can be named."""

from __future__ import annotations

from datetime import date
from typing import Final

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9899
"""Later days leave no room for what is counted from them: a date ends with 9999."""


def day_of(text: str) -> date:
    """The day that a text names, as YYYY-MM-DD.

    Raises:
        ValueError: It names none, or one of a year that is too far away; the message says so, after the text.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"is not of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day
