"""What a solved network comes to: cost, exposure, when it is done, what binds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl

from clearband.planning.answers.clash import clash
from clearband.planning.answers.elastic import Elastic
from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.shadow import limit_prices
from clearband.planning.network.network import Network
from clearband.planning.optimise.sample import sample
from clearband.planning.optimise.solve import Solution, solve
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled, assemble

_CLASSES = 1_500


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way.

    Attributes:
        state: ``plan``; ``impossible``: proved that there is none; ``not-found``.
        cost: Discounted; ``exposure`` in points times quarters.
        gap: Of the objective, from the best there is; None where it is not proved (choices left out).
        done_90, done: Quarter by whose end so many per cent of the sites, and all, are rid of what must go.
        bottleneck: The limit that most money hangs on; where there is no plan, what clashes.
    """

    state: str
    cost: float | None = None
    exposure: float | None = None
    gap: float | None = None
    done_90: str | None = None
    done: str | None = None
    bottleneck: str = ""


def outcome(network: Network, *, seed: int = 0, gap: float = 1e-3, why: bool = True) -> Outcome:
    """Solve a network and say what it comes to.

    Args:
        why: Whether the bottleneck is looked for.
    """
    assembled = assemble(network)
    if assembled.blocked or not len(assembled.problem.unit_class):
        why_not = "nothing to buy, a cap broken, too few makers, or a date too soon; see plan check"
        return Outcome("impossible", bottleneck=why_not)
    solution = solve(assembled.problem, seed=seed, gap=gap)
    return outcome_of(assembled, solution, why=why)


def outcome_of(assembled: Assembled, solution: Solution, *, why: bool = True) -> Outcome:
    """What a solution comes to."""
    if solution.missing:
        return _without(assembled, why=why)
    exposure = float((_points(assembled) * solution.quarter).sum())
    price = assembled.network.settings.exposure_price
    done_90, done = done_by(assembled, solution.quarter)
    name = assembled.network.settings.quarter_name
    return Outcome(
        "plan", solution.value - price * exposure, exposure, solution.gap if assembled.complete else None,
        name(done_90), name(done), bottleneck(assembled, solution) if why else "",
    )  # fmt: skip


def _points(assembled: Assembled) -> np.ndarray:
    points: np.ndarray = assembled.work.units.sort("unit").get_column("points").to_numpy().astype(float)
    return points


def done_by(assembled: Assembled, quarter: Ints, share: float = 0.9) -> tuple[int, int]:
    """Quarters by whose end a share of the sites, and all, are rid of what must go."""
    at = pl.DataFrame({"unit": np.arange(len(quarter)), "at": quarter})
    sites = (
        assembled.work.items.filter("goes")
        .join(at, on="unit")
        .group_by("site")
        .agg(pl.col("at").max())
        .get_column("at")
        .sort()
        .to_numpy()
    )
    wanted = max(0, int(np.ceil(share * len(sites) - 1e-9)) - 1)
    overlap = assembled.network.settings.overlap_quarters
    return int(sites[wanted]) + overlap, int(sites[-1]) + overlap


def bottleneck(assembled: Assembled, solution: Solution) -> str:
    """The limit that most money hangs on at the prices of the linear master."""
    worth: dict[tuple[str, str], float] = defaultdict(float)
    for row in limit_prices(assembled, groups_of(assembled), solution.prices):
        worth[row.kind, row.name] += row.worth
    if not worth or max(worth.values()) <= 1e-6 * abs(solution.value):
        return "nothing"
    kind, name = max(worth, key=lambda key: (worth[key], key))
    return f"{kind}: {name}"


def _without(assembled: Assembled, *, why: bool) -> Outcome:
    if not why:
        return Outcome("not-found")
    groups = groups_of(assembled)
    problem = sample(assembled.problem, _CLASSES)
    key = groups.key
    if problem is not assembled.problem:
        return Outcome("not-found")
    found = clash(assembled, groups, Elastic(problem, groups.sites, key, groups.caps, groups.lowest, 2.0))
    if found is None:
        return Outcome("not-found")
    return Outcome("impossible", bottleneck="; ".join(f"{kind}: {name}" for kind, name in found.limits))
