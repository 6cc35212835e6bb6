"""Business days in the calendar of a jurisdiction."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_CALENDARS: Final[dict[str, tuple[str, str | None, str]]] = {
    "US": ("US", None, "US federal holidays"),
    "UK": ("GB", "ENG", "bank holidays of England"),
    "DE": ("DE", None, "holidays of all Germany"),
    "SE": ("SE", None, "Swedish holidays"),
    "AU": ("AU", None, "national holidays of Australia"),
    "NZ": ("NZ", None, "national holidays of New Zealand"),
    "JP": ("JP", None, "Japanese holidays"),
    "CA": ("CA", None, "national holidays of Canada"),
    "IN": ("IN", None, "national holidays of India"),
}
"""Jurisdiction to country and part of the library's calendar, and how it is called."""

_SATURDAY: Final = 5


JURISDICTIONS: Final = tuple(_CALENDARS)
"""Those whose public holidays are known."""


def calendar_name(jurisdiction: str) -> str:
    """Which days are left out beside Saturdays and Sundays."""
    known = _CALENDARS.get(jurisdiction)
    return known[2] if known else "no public holidays left out"


@lru_cache(maxsize=1024)
def add_business_days(day: date, count: int, jurisdiction: str) -> date:
    """The last of so many business days after a day, which itself does not count.

    The days off are those of the ``holidays`` library, days in lieu included. The day of the event is not
    counted, as FAR 33.101 has it for protests. The clauses do not say how they count, and the FAR has no
    business day: ``far-52-204-24-25-26`` lists it as not verified.
    """
    days_off = _days_off(jurisdiction, day.year, day.year + 1 + count // 200)
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in days_off:
            count -= 1
    return day


@lru_cache(maxsize=64)
def _days_off(jurisdiction: str, first: int, last: int) -> frozenset[date]:
    known = _CALENDARS.get(jurisdiction)
    if known is None:
        return frozenset()
    # Loaded only where a duty has such a clock: start-up stays fast.
    import holidays

    return frozenset(holidays.country_holidays(known[0], subdiv=known[1], years=range(first, last + 1)))
