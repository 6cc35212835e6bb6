"""The sources that evidence cites."""

from __future__ import annotations

import re
from typing import Any


def source_ids(text: str | None) -> list[str]:
    """The ids in a ``source`` field: one, or several with a semicolon between."""
    return [part for part in map(str.strip, re.split(r";\s+", text or "")) if part]


def packaged_sources() -> dict[str, dict[str, Any]]:
    """The packaged sources by id."""
    from clearband.facts.store import compiled

    sources: dict[str, dict[str, Any]] = compiled().read("sources").get("sources", {})
    return sources
