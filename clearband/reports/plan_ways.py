"""Scenarios side by side, and cost against time, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from clearband.planning.answers.compare import Row
from clearband.planning.answers.frontier import Point
from clearband.planning.answers.outcome import Outcome
from clearband.planning.network.network import Network
from clearband.reports.plain_text import visible
from clearband.reports.plan_ban import ban_lines
from clearband.reports.plan_explained import MARGINAL, shadow_words
from clearband.reports.plan_sampled import sampled_lines

COMPARE: Final = "https://clearband.dev/schema/plan-compare-1.json"
FRONTIER: Final = "https://clearband.dev/schema/plan-frontier-1.json"
_KINDS: Final = 3
"""Kinds of limits whose saving is told."""


def compare_content(network: Network, rows: Sequence[Row], kept: float) -> dict[str, Any]:
    """What ``clearband plan compare --json`` prints.

    Args:
        kept: Cost of running what must go, were nothing replaced.
    """
    return {
        "schema": COMPARE,
        "title": network.settings.title,
        "network_sha256": network.sha256,
        "currency": network.settings.currency,
        "nothing_replaced": kept,
        "scenarios": [
            {
                "name": row.scenario.name,
                "what": row.scenario.what,
                "same_as": row.same_as,
                **_outcome_content(network, row.outcome),
                "samples": None if row.sampled is None else asdict(row.sampled),
            }
            for row in rows
        ],
    }


def _outcome_content(network: Network, found: Outcome) -> dict[str, Any]:
    name = network.settings.quarter_name
    binds = [
        {**asdict(row), "quarter": None if row.quarter is None else name(row.quarter)} for row in found.binds
    ]
    return {**asdict(found), "binds": binds}


def _binds(found: Outcome) -> str:
    return f"{found.binds[0].kind}: {visible(found.binds[0].name)}" if found.binds else "nothing much"


def compare_head(network: Network, base: str, gap: float, wide: int) -> Iterator[str]:
    """What stands above the scenarios.

    Args:
        base: Name of the scenario whose cost others are held against.
        gap: Within which share of the best each plan is sought.
        wide: How many signs wide names are.
    """
    yield (
        f"{visible(network.settings.title)}; cost in {network.settings.currency}, discounted; "
        "exposure in points x quarters"
    )
    yield f'"against" is cost, held against that of {visible(base)}; {_sought(gap)}'
    yield ""
    yield (
        f"{'scenario':<{wide}} {'cost':>14} {'against':>8} {'before refunds':>14} {'exposure':>10} "
        f"{'90 % by':>8} {'all by':>8} {'gap':>6}  binds most"
    )


def compare_line(row: Row, base: float | None, wide: int) -> str:
    """One scenario; ``base`` is the cost that others are held against."""
    found, name = row.outcome, visible(row.scenario.name)
    if found.cost is None:
        return f"{name:<{wide}} {_without(found)}"
    against = f"{found.cost / base - 1:+.1%}" if base else ""
    return (
        f"{name:<{wide}} {found.cost:>14,.0f} {against:>8} {found.before_refunds:>14,.0f} "
        f"{found.exposure:>10,.0f} {found.done_90 or '-':>8} {found.done or '-':>8} {_gap(found.gap):>6}  "
        f"{_binds(found)}"
    )


def compare_notes(network: Network, rows: Sequence[Row], kept: float) -> Iterator[str]:
    """What stands below the scenarios."""
    currency = network.settings.currency
    costs = f"running what must go costs {kept:,.0f} {currency} over the horizon"
    if not kept:
        costs = "what must go has no yearly_cost in installed, so that running it counts as 0"
    yield f"Nothing replaced: {costs}."
    yield from ban_lines(rows, currency)
    yield from _checked(rows)
    yield ""
    yield f"What a little more would save, by kind of limit ({MARGINAL}):"
    for row in rows:
        for at, one in enumerate(row.outcome.binds[:_KINDS] if row.same_as is None else ()):
            name = f"{visible(row.scenario.name)}:" if at == 0 else ""
            yield f"  {name:<17} {shadow_words(one, row.network.settings)}"
    yield ""
    for row in rows:
        same = f" (the same network as {row.same_as})" if row.same_as else ""
        yield f"{visible(row.scenario.name)}: {visible(row.scenario.what)}{same}"
    yield from sampled_lines(rows)


def _checked(rows: Sequence[Row]) -> Iterator[str]:
    counted = {
        row.scenario.name: row.outcome.violations for row in rows if row.outcome.violations is not None
    }
    if counted and not any(counted.values()):
        yield "Each plan was checked: no rule broken."
    for name, count in counted.items():
        if count:
            yield f"The plan of {visible(name)} breaks {count:,} rules: it is no plan."


def frontier_content(network: Network, points: Sequence[Point]) -> dict[str, Any]:
    """What ``clearband plan frontier --json`` prints."""
    return {
        "schema": FRONTIER,
        "title": network.settings.title,
        "network_sha256": network.sha256,
        "currency": network.settings.currency,
        "points": [
            {
                "all_by": network.settings.quarter_name(point.quarter),
                **_outcome_content(network, point.outcome),
            }
            for point in points
        ],
    }


def frontier_head(network: Network, gap: float) -> Iterator[str]:
    """What stands above the points; ``gap`` is the share of the best within which each plan is sought."""
    yield f"{visible(network.settings.title)}; cost in {network.settings.currency}, discounted"
    yield f"The cheapest plan for each end; exposure has no price here; {_sought(gap)}"
    yield ""
    yield (
        f"{'must end':>8} {'cost':>14} {'against':>8} {'exposure':>10} {'90 % by':>8} {'all by':>8} "
        f"{'gap':>6}  binds most"
    )


def frontier_line(network: Network, point: Point, first: float | None) -> str:
    """One point."""
    name, found = network.settings.quarter_name(point.quarter), point.outcome
    if found.cost is None:
        return f"{name:>8} {_without(found)}"
    against = f"{found.cost / first - 1:+.1%}" if first else ""
    return (
        f"{name:>8} {found.cost:>14,.0f} {against:>8} {found.exposure:>10,.0f} {found.done_90:>8} "
        f"{found.done:>8} {_gap(found.gap):>6}  {_binds(found)}"
    )


def _without(found: Outcome) -> str:
    """What stands where the cost would."""
    if found.state != "impossible":
        return f"{'none found':>14}   no plan was found, which does not prove that there is none"
    limits = found.clash.split("; ")
    how = ""
    if all(": " in limit for limit in limits):
        how = "cannot hold together: " if len(limits) > 1 else "cannot hold: "
    return f"{'no plan':>14}   {how}{visible(found.clash)}".rstrip()


def _sought(gap: float) -> str:
    return f"each plan is sought to within {gap * 100:.4g} % of the best (--gap)"


def _gap(gap: float | None) -> str:
    return "-" if gap is None else f"{gap:.2%}"
