"""The sources that evidence cites."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

UNVERIFIED: Final = "unverified"
"""The source id of a fact that was not read in a source."""

_OURS: Final[dict[str, str]] = {
    "stated": "the inventory's own words",
    "register": "the packaged register of organisations",
    UNVERIFIED: "general knowledge, not read in a source: not verified",
}
"""Ids in the place of a source that are no packaged source."""


def what_it_is(identifier: str, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """What a source is, in words; empty when nothing describes it."""
    described: str = sources.get(identifier, {}).get("what", "")
    return described or _OURS.get(identifier, "")


def source_ids(text: str | None) -> list[str]:
    """The ids in a ``source`` field: one, or several with a semicolon between."""
    return [part for part in map(str.strip, re.split(r";\s+", text or "")) if part]


def packaged_sources() -> dict[str, dict[str, Any]]:
    """The packaged sources by id."""
    from clearband.facts.store import compiled

    sources: dict[str, dict[str, Any]] = compiled().read("sources").get("sources", {})
    return sources
