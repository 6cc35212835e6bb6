"""Statistics of an approved list, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from clearband.listing.statistics import Days, Statistics
from clearband.model.authority import Authority
from clearband.reports.plain_text import visible

SCHEMA: Final = "https://clearband.dev/schema/approved-statistics-1.json"


def statistics_json(authority: Authority, found: Statistics) -> dict[str, Any]:
    """Plain JSON values, ``facts/schemas/approved-statistics.schema.json``."""
    raw = asdict(found)
    since = raw.pop("since")
    return {
        "schema": SCHEMA,
        "authority": authority.id,
        **({"since": since.isoformat()} if since else {}),
        **raw,
        "on": found.on.isoformat(),
        "clocks": [asdict(one) for one in authority.clocks],
    }


def statistics_lines(authority: Authority, found: Statistics) -> Iterator[str]:
    """The same for people."""
    since = f"from {found.since}" if found.since else "from the beginning"
    yield f"{visible(authority.title)}, {since} to {found.on}"
    limits = {one.case: one.days for one in authority.clocks}
    for head, spells in (("waiting", found.waiting), ("took", found.took)):
        for what, days in spells.items():
            yield f"  {head:<9} {what:<12} {_days(days)}{_limit(limits, what)}"
    for what, number in found.late.items():
        yield f"  late      {what:<12} {number}"
    for state, number in found.outcomes.items():
        yield f"  decided   {state:<18} {number}"
    decided = ", ".join(f"{number} {cause}" for cause, number in found.causes.items()) or "none decided"
    yield f"  appeals   {found.appeals} made; {decided}; {found.overturned} led to something milder"


def _days(days: Days) -> str:
    return f"{days.count}: {days.mean} days on average, median {days.median}, longest {days.longest}"


def _limit(limits: Mapping[str, int], what: str) -> str:
    return f", of {limits[what]} allowed" if what in limits else ""
