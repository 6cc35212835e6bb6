"""A relaxation is proposed only after a plan was found with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.answers.relaxation import Relaxation, relaxed
from clearband.planning.network.network import Network
from clearband.planning.optimise.solve import Solution, solve
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled, assemble

Check: TypeAlias = Callable[[Assembled, Solution], int]
"""How many rules a plan breaks, by code that made none of it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A plan that was found for the relaxed network.

    Attributes:
        cost: Discounted, with the price of exposure.
        end: Quarter in which the last old equipment is out.
        violations: Rules that the independent check found broken; None where it was not asked.
    """

    cost: float
    gap: float
    end: str
    violations: int | None


_SECONDS: Final = 20.0
"""At most, for the plan that proves a relaxation."""
Start: TypeAlias = tuple[Ints, Ints]
"""Choice and quarter of each unit."""


def start_of(assembled: Assembled, excess: Excess) -> Start | None:
    """The work of an elastic programme, unit by unit; None where it has parts of units."""
    problem = assembled.problem
    amount = np.rint(excess.amount).astype(np.int64)
    if (np.abs(excess.amount - amount) > 1e-5).any() or amount.sum() != len(problem.unit_class):
        return None
    order = np.argsort(problem.unit_class, kind="stable")
    by_class = np.lexsort((excess.quarter, excess.option, problem.options.of[excess.option]))
    choice = np.empty(len(order), dtype=np.int64)
    quarter = choice.copy()
    choice[order] = np.repeat(assembled.choice[excess.option[by_class]], amount[by_class])
    quarter[order] = np.repeat(excess.quarter[by_class], amount[by_class])
    return choice, quarter


def prove(
    network: Network, by: Relaxation, start: Start | None, check: Check | None, *, seed: int = 0
) -> Proof | None:
    """Apply a relaxation, solve, and check; None when no plan was found."""
    assembled = assemble(relaxed(network, by))
    problem = assembled.problem
    if assembled.blocked or len(assembled.work.units) != len(problem.unit_class):
        return None
    begin = None
    if start is not None and len(start[0]) == len(problem.unit_class):
        begin = (problem.options.start[problem.unit_class] + start[0], start[1])
    solution = solve(problem, seed=seed, gap=0.01, seconds=_SECONDS, start=begin)
    if solution.missing:
        return None
    violations = None if check is None else check(assembled, solution)
    settings = assembled.network.settings
    last = int(solution.quarter.max(initial=0)) + settings.overlap_quarters
    return Proof(solution.value, solution.gap, settings.quarter_name(last), violations)
