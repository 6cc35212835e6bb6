"""Moments as text."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """The moment as ISO 8601 in UTC with microseconds, such as ``2026-11-28T01:40:41.000000Z``."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """A moment as columns of time hold it.

    Args:
        moment: With a time zone.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()
