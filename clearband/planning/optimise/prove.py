"""What integer programming adds to a search: a plan where there is none, and the best of a small problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from clearband.planning.optimise.exact import columns_left, solve_exactly
from clearband.planning.optimise.found import Clock, Found, held, spread
from clearband.planning.optimise.generate import Generated, proved
from clearband.planning.optimise.stages import GOOD
from clearband.planning.problem import Floats, Problem

_EXACT_COLUMNS: Final = 2_500
"""Up to which an integer programme took 0.1 to 9 s (up to 600 sites); one of 7,000 won nothing in 100 s."""
_NODES: Final = 1_000
_HARD: Final = (1_300, 25_000)
"""Columns up to which, and nodes with which, a plan that is not near enough is tried to be proved near: 80
to 210 s (50 sites where exposure decides nearly all, gaps of 4 to 5 % before, 0.5 to 2.4 % after); of 2,000
columns the bound hardly rose in 1,000 nodes."""
_SHARPER: Final = 0.9
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
    # Where time or nodes ran out, there may be a bound and no plan.
    return found if exact is None or not len(exact.units) else spread(problem, exact, cost)


def prove(
    problem: Problem, generated: Generated, found: Found, least: float, gap: float, clock: Clock,
    cost: Floats, say: Callable[[Found, float], None],
) -> tuple[Found, float]:  # fmt: skip
    """The best plan of a small problem, by integer programming over what could be in it, and a bound.

    Args:
        say: Told both before what may take long.
    """
    if found.value - least <= gap * found.value or not _converged(generated):
        return found, least
    if _columns(problem, generated, found.value) > _EXACT_COLUMNS:
        return found, least

    def looked(below: float, share: float, nodes: int) -> tuple[Found, float]:
        option, quarter = columns_left(problem, generated, min(below, found.value))
        exact = solve_exactly(
            problem, option, quarter, cost, gap=share, seconds=clock.remaining(), nodes=nodes, below=below
        )
        if exact is None:
            return found, least
        better = exact.value < found.value - 1e-9 * abs(found.value)
        best = spread(problem, exact, cost) if better else found
        return best, max(least, held(exact.bound, best.value)) if problem.every else least

    found, least = looked(np.inf, gap, _NODES)
    share = max(gap, GOOD)
    most, nodes = _HARD
    if found.within(share, least) or not clock.left() or not problem.every:
        return found, least
    # That no plan is cheaper by more than a little is proved sooner than which plan is the cheapest.
    below = (1 - _SHARPER * share) * found.value
    if _columns(problem, generated, below) > most:
        return found, least
    say(found, least)
    return looked(below, share, nodes)


def _columns(problem: Problem, generated: Generated, best: float) -> int:
    return len(columns_left(problem, generated, best)[0])


def _converged(generated: Generated) -> bool:
    """Whether next to nothing is left to take off, as `columns_left` takes for granted."""
    return generated.solved.value - proved(generated) <= 1e-6 * abs(generated.solved.value)
