"""What integer programming adds to a search: a plan where there is none, and the best of a small problem."""

from __future__ import annotations

from typing import Final

import numpy as np

from clearband.planning.optimise.exact import columns_left, solve_exactly
from clearband.planning.optimise.found import Clock, Found, held, spread
from clearband.planning.optimise.generate import Generated, proved
from clearband.planning.problem import Floats, Problem

_EXACT_COLUMNS: Final = 2_500
"""Up to which an integer programme took 0.1 to 9 s (up to 600 sites); one of 7,000 won nothing in 100 s."""
_NODES: Final = 1_000
_FIND: Final = (20_000, 50_000)
"""Columns and nodes of an integer programme that looks for any plan where the search has found none."""


def can_look_for_any(cost: Floats) -> bool:
    """Whether a problem is small enough for :func:`any_plan`."""
    return int(np.isfinite(cost).sum()) <= _FIND[0]


def any_plan(problem: Problem, found: Found, clock: Clock, cost: Floats) -> Found:
    """A plan of a small problem that the search has not found, by integer programming over all there is."""
    option, quarter = np.nonzero(np.isfinite(cost))
    exact = solve_exactly(
        problem, option, quarter, cost, gap=1.0, seconds=min(30.0, clock.remaining()), nodes=_FIND[1],
    )  # fmt: skip
    return found if exact is None else spread(problem, exact, cost)


def prove(
    problem: Problem, generated: Generated, found: Found, least: float, gap: float, clock: Clock, cost: Floats
) -> tuple[Found, float]:
    """The best plan of a small problem, by integer programming over what could be in it."""
    if found.value - least <= gap * found.value or not _converged(generated):
        return found, least
    option, quarter = columns_left(problem, generated, found.value)
    if len(option) > _EXACT_COLUMNS:
        return found, least
    exact = solve_exactly(
        problem, option, quarter, cost, gap=gap, seconds=clock.remaining(), nodes=_NODES,
    )  # fmt: skip
    if exact is None:
        return found, least
    if exact.value < found.value - 1e-9 * abs(found.value):
        found = spread(problem, exact, cost)
    if problem.every:
        least = max(least, held(exact.bound, found.value))
    return found, least


def _converged(generated: Generated) -> bool:
    """Whether next to nothing is left to take off, as `columns_left` takes for granted."""
    return generated.solved.value - proved(generated) <= 1e-6 * abs(generated.solved.value)
