"""What a check of a network found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from clearband.planning.network.check import Checked
from clearband.planning.network.network import Network
from clearband.reports.plain_text import visible

CHECK_SCHEMA: Final = "https://clearband.dev/schema/plan-check-1.json"


def content(network: Network, checked: Checked) -> dict[str, Any]:
    """What ``clearband plan check --json`` prints."""
    settings = network.settings
    return {
        "schema": CHECK_SCHEMA,
        "title": settings.title,
        "sha256": network.sha256,
        "currency": settings.currency,
        "first_quarter": settings.first_quarter,
        "last_quarter": settings.quarter_name(settings.quarters - 1),
        "can_be_planned": not checked.errors,
        **checked.summary,
        "errors": [_found(one) for one in checked.errors],
        "warnings": [_found(one) for one in checked.warnings],
    }


def _found(one: Any) -> dict[str, Any]:
    return {"check": one.check, "what": one.what, "remedy": one.remedy, "count": one.count}


def lines(network: Network, checked: Checked) -> Iterator[str]:
    """What ``clearband plan check`` prints."""
    settings, counts = network.settings, checked.summary
    last = settings.quarter_name(settings.quarters - 1)
    yield visible(settings.title)
    yield (
        f"{counts['sites']:,} sites in {_many(counts['clusters'], 'cluster')}, "
        f"{_many(counts['markets'], 'market')}, {_many(counts['regions'], 'region')}, "
        f"{_many(counts['owners'], 'owner')}; "
        f"{settings.first_quarter} to {last}"
    )
    yield f"{counts['units']:,} units installed; {_many(counts['products'], 'product')} may be bought"
    yield ""
    yield "Must go:"
    rows = [
        (one["role"], one["maker"] or "maker not known", one["items"], one["units"])
        for one in counts["must_go"]
    ]
    wide = max((len(visible(row[1])) for row in rows), default=0)
    for role, maker, items, units in rows:
        yield f"  {role:<9}  {visible(maker):<{wide}}  {items:>9,} items  {units:>11,} units"
    if not rows:
        yield "  nothing"
    yield from _unknown(counts["unknown"], settings.currency)
    yield f"{_many(counts['work_units'], 'unit')} of work (a cluster and what is replaced together in it)"
    for title, found in (("Errors", checked.errors), ("Warnings", checked.warnings)):
        if found:
            yield ""
            yield f"{title}:"
            for one in found:
                yield f"  {visible(one.one_line())}"
    yield ""
    if checked.errors:
        yield "it cannot be planned as it is"
    else:
        yield "it can be planned" if counts["work_units"] else "there is nothing to plan"


def _unknown(unknown: dict[str, Any], currency: str) -> Iterator[str]:
    if not unknown["items"]:
        return
    planned = "planned as if they must go" if unknown["planned_as"] == "replace" else "planned to stay"
    yield (
        f"Not known whether they must go: {_many(unknown['items'], 'item')}, "
        f"{_many(unknown['units'], 'unit')}, {planned}; "
        f"{currency} {unknown['low']:,.0f} to {unknown['high']:,.0f} hang on it"
    )
    if unknown["without_price"]:
        yield f"  and {_many(unknown['without_price'], 'item')} that no product covers"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
