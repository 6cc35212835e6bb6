"""Scenarios side by side, and cost against time, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from clearband.planning.answers.compare import Compared
from clearband.planning.answers.frontier import Point
from clearband.planning.network.network import Network
from clearband.reports.plain_text import visible

COMPARE: Final = "https://clearband.dev/schema/plan-compare-1.json"
FRONTIER: Final = "https://clearband.dev/schema/plan-frontier-1.json"


def compare_content(network: Network, compared: Compared) -> dict[str, Any]:
    """What ``clearband plan compare --json`` prints."""
    return {
        "schema": COMPARE,
        "title": network.settings.title,
        "network_sha256": network.sha256,
        "currency": network.settings.currency,
        "nothing_replaced": compared.kept,
        "scenarios": [
            {
                "name": row.scenario.name,
                "what": row.scenario.what,
                **asdict(row.outcome),
                "samples": None if row.sampled is None else asdict(row.sampled),
            }
            for row in compared.rows
        ],
    }


def compare_lines(network: Network, compared: Compared) -> Iterator[str]:
    """What ``clearband plan compare`` prints."""
    currency = network.settings.currency
    yield f"{visible(network.settings.title)}; cost in {currency}, discounted; exposure in points x quarters"
    yield ""
    wide = max([16, *(len(visible(row.scenario.name)) for row in compared.rows)])
    yield (
        f"{'scenario':<{wide}} {'cost':>14} {'against':>8} {'exposure':>10} {'90 % by':>8} {'all by':>8} "
        f"{'gap':>6}  bottleneck"
    )
    base = next((row.outcome.cost for row in compared.rows if row.scenario.name == "as-told"), None)
    for row in compared.rows:
        found, name = row.outcome, visible(row.scenario.name)
        if found.cost is None:
            state = "no plan" if found.state == "impossible" else "no plan was found"
            yield f"{name:<{wide}} {state:>14}   {visible(found.bottleneck)}"
            continue
        against = f"{found.cost / base - 1:+.1%}" if base else ""
        yield (
            f"{name:<{wide}} {found.cost:>14,.0f} {against:>8} {found.exposure:>10,.0f} "
            f"{found.done_90:>8} {found.done:>8} {_gap(found.gap):>6}  {visible(found.bottleneck)}"
        )
    yield ""
    for row in compared.rows:
        yield f"{visible(row.scenario.name)}: {visible(row.scenario.what)}"
    yield f"Nothing replaced: running what must go costs {compared.kept:,.0f} {currency} over the horizon."
    sampled = [row for row in compared.rows if row.sampled is not None]
    if sampled:
        yield ""
        yield "Prices from low to high, lead times up to two quarters longer, crews from 85 to 110 %:"
        for row in sampled:
            draws = row.sampled
            assert draws is not None
            cost = ", ".join(f"{p} % {value:,.0f}" for p, value in draws.cost.items())
            done = ", ".join(f"{p} % {value}" for p, value in draws.done.items())
            yield f"  {visible(row.scenario.name)}: {draws.samples:,} draws, {draws.without:,} without a plan"
            if cost:
                yield f"    cost  {cost}"
                yield f"    all by  {done}"


def frontier_content(network: Network, points: Sequence[Point]) -> dict[str, Any]:
    """What ``clearband plan frontier --json`` prints."""
    return {
        "schema": FRONTIER,
        "title": network.settings.title,
        "network_sha256": network.sha256,
        "currency": network.settings.currency,
        "points": [
            {"all_by": network.settings.quarter_name(point.quarter), **asdict(point.outcome)}
            for point in points
        ],
    }


def frontier_head(network: Network) -> Iterator[str]:
    """What stands above the points."""
    yield f"{visible(network.settings.title)}; cost in {network.settings.currency}, discounted"
    yield ""
    yield f"{'must end':>8} {'cost':>14} {'against':>8} {'90 % by':>8} {'all by':>8} {'gap':>6}  bottleneck"


def frontier_line(network: Network, point: Point, first: float | None) -> str:
    """One point."""
    name, found = network.settings.quarter_name(point.quarter), point.outcome
    if found.cost is None:
        state = "no plan" if found.state == "impossible" else "no plan was found"
        return f"{name:>8} {state:>14}   {visible(found.bottleneck)}"
    against = f"{found.cost / first - 1:+.1%}" if first else ""
    return (
        f"{name:>8} {found.cost:>14,.0f} {against:>8} {found.done_90:>8} {found.done:>8} "
        f"{_gap(found.gap):>6}  {visible(found.bottleneck)}"
    )


def _gap(gap: float | None) -> str:
    return "-" if gap is None else f"{gap:.2%}"
