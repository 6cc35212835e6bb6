"""What a solved network comes to: cost, exposure, when it is done, what binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from clearband.planning.answers.asked import Asked
from clearband.planning.answers.binding import binding
from clearband.planning.answers.clash import clash
from clearband.planning.answers.shadow import Shadow
from clearband.planning.network.network import Network
from clearband.planning.optimise.found import Clock
from clearband.planning.optimise.solve import Solution, solve
from clearband.planning.problem import Floats, Ints
from clearband.planning.units.assemble import Assembled, assemble

_CLASH_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way.

    Attributes:
        state: ``plan``; ``impossible``: proved that there is none; ``not-found``.
        cost: Discounted, refunds taken off. ``before_refunds``: the same without them.
        exposure: In points times quarters.
        gap: Of the objective, from the best there is; None where it is not proved (choices left out).
        done_90, done: Quarter by whose end so many per cent of the sites, and all, are rid of what must go.
        binds: What most money hangs on, by kind of limit. See :func:`binding`.
        clash: What clashes where there is no plan.
        violations: Rules that the plan breaks; None where it was not checked.
    """

    state: str
    cost: float | None = None
    before_refunds: float | None = None
    exposure: float | None = None
    gap: float | None = None
    done_90: str | None = None
    done: str | None = None
    binds: tuple[Shadow, ...] = ()
    clash: str = ""
    violations: int | None = None


@dataclass(frozen=True, slots=True)
class How:
    """How networks are planned to be compared.

    Attributes:
        gap: Each plan ends within this share of the best.
        seconds: Each plan ends after about so long with the best so far.
        check: Counts the rules that a plan breaks.
    """

    seed: int = 0
    gap: float = 1e-3
    seconds: float | None = None
    check: Callable[[Assembled, Solution], int] | None = None


def outcome(
    network: Network, how: How, *, why: bool = True, exposed: frozenset[str] = frozenset()
) -> Outcome:
    """Solve a network and say what it comes to.

    Args:
        why: Whether what binds, or clashes, is looked for.
        exposed: Products that leave a site as exposed as what they replace.
    """
    assembled = assemble(network)
    if assembled.blocked:
        why_not = "nothing to buy, a cap broken, too few makers, or a date too soon; see plan check"
        return Outcome("impossible" if _surely_blocked(assembled) else "not-found", clash=why_not)
    solution = solve(assembled.problem, seed=how.seed, gap=how.gap, seconds=how.seconds)
    return outcome_of(assembled, solution, how, why=why, exposed=exposed)


def outcome_of(
    assembled: Assembled, solution: Solution, how: How, *, why: bool = True,
    exposed: frozenset[str] = frozenset(), dates: bool = True,
) -> Outcome:  # fmt: skip
    """What a solution comes to.

    Args:
        dates: Whether the dates of the problem are those of the network.
    """
    if solution.missing:
        return _without(assembled, why=why, dates=dates)
    points, quarter = _points(assembled), solution.quarter
    if not len(quarter):
        return Outcome("plan", 0.0, 0.0, 0.0, 0.0, violations=0 if how.check else None)
    cost = solution.value - assembled.network.settings.exposure_price * float((points * quarter).sum())
    waits = np.where(_stays(assembled, solution, exposed), assembled.problem.quarters, quarter)
    done_90, done = done_by(assembled, quarter)
    name = assembled.network.settings.quarter_name
    return Outcome(
        "plan", cost, cost + _refunded(assembled, solution), float((points * waits).sum()),
        solution.gap if assembled.complete else None, name(done_90), name(done),
        binding(assembled, solution, dates=dates) if why else (),
        violations=None if how.check is None else how.check(assembled, solution),
    )  # fmt: skip


def _surely_blocked(assembled: Assembled) -> bool:
    """Whether choices of products that are left out would not help, either."""
    return assembled.complete or assembled.over_caps or not all(assembled.choices)


def _points(assembled: Assembled) -> Floats:
    points: Floats = assembled.work.units.sort("unit").get_column("points").to_numpy().astype(float)
    return points


def _stays(assembled: Assembled, solution: Solution, exposed: frozenset[str]) -> np.ndarray:
    """[U] whether a unit gets a product that leaves it exposed."""
    stays = [
        [any(offer.product in exposed for offer in one.offers) for one in found]
        for found in assembled.choices
    ]
    pattern, choice = assembled.pattern[assembled.problem.unit_class], assembled.choice[solution.option]
    return np.array([stays[p][c] for p, c in zip(pattern.tolist(), choice.tolist(), strict=True)], dtype=bool)


def _refunded(assembled: Assembled, solution: Solution) -> float:
    """Refunds, discounted."""
    problem = assembled.problem
    options, money = problem.options, problem.money
    way = problem.classes.way[problem.unit_class]
    back = money.discount[None, :] - money.worth
    now, later = solution.quarter, solution.quarter + problem.overlap
    return float(
        (options.now[solution.option] * back[way, now]).sum()
        + (options.later[solution.option] * back[way, later]).sum()
    )


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


def _without(assembled: Assembled, *, why: bool, dates: bool) -> Outcome:
    if not why:
        return Outcome("not-found")
    found = clash(Asked(assembled, Clock(_CLASH_SECONDS), dates=dates))
    if found is None:
        return Outcome("not-found")
    return Outcome("impossible", clash="; ".join(f"{kind}: {name}" for kind, name in found.limits))
