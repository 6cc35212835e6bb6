"""How long a busy server is waited for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Patience:
    """Waiting times double from attempt to attempt, with a random part so that clients do not come together.

    Args:
        attempts: Most times that one request is made.
        first: Wait after the first attempt, in seconds.
        longest: Longest wait, in seconds; a server that asks for more is given up.
    """

    attempts: int = 6
    first: float = 0.5
    longest: float = 120.0

    def wait(self, attempt: int) -> float:
        """Seconds to wait after an attempt (1, 2, ...)."""
        spread = 0.5 + random.random() / 2  # noqa: S311  # to spread clients, no secret
        return min(self.longest, self.first * 2.0 ** (attempt - 1)) * spread


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a header ``Retry-After`` (RFC 9110, 10.2.3) asks for, by number or date, or None."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        asked = parsedate_to_datetime(text)
    except ValueError:
        return None
    if asked.tzinfo is None:
        asked = asked.replace(tzinfo=UTC)
    return max(0.0, (asked - (now or datetime.now(UTC))).total_seconds())
