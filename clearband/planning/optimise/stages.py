"""Where units stand: put in one by one along prices, then moved about in stages of simulated annealing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.planning.optimise.board import places_of
from clearband.planning.optimise.found import Clock, Found, now
from clearband.planning.optimise.kernels import Board, insert
from clearband.planning.optimise.prices import best_by_class, depths, with_what_follows
from clearband.planning.optimise.search import anneal
from clearband.planning.problem import Floats, Ints, Problem

_MIXES: Final = (1.0, 0.6, 0.3, 0.0)
"""Share of the prices in what the search minimises, stage by stage: first it keeps off scarce limits, then it
uses what is left of them."""
_COOLING: Final = 0.5
_HOT: Final = 0.005
"""Temperature of the first stage, against the mean cost of a unit."""
_STEPS: Final = (300_000, 400, 2_500_000)
"""Steps of a stage: at least, for each unit, at most."""
_FEW: Final = (80, 40_000)
"""Up to so many units, steps of a stage: what the search leaves, integer programming finds."""
_HASTY: Final = 400_000
_PLACES: Final = 80


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        value: Best plan so far; None before there is one.
    """

    phase: str
    seconds: float
    bound: float
    value: float | None
    missing: int


def begin(problem: Problem, board: Board, price: Floats, seed: int, start: tuple[Ints, Ints] | None) -> None:
    """Put units in one by one: those that others wait for first, priced with what waits for them."""
    best = best_by_class(problem, price)
    _, total = with_what_follows(problem, best)
    classes = problem.classes
    waited = np.zeros(len(classes.count), dtype=bool)
    waited[problem.unit_class[problem.parents]] = True
    ahead = np.where(np.isfinite(best) & np.isfinite(total), total, 0.0)
    ahead -= np.where(np.isfinite(best), best, 0.0) * classes.count[:, None]
    ahead[~np.isfinite(total)] = np.inf
    first = price + np.where(waited[problem.options.of][:, None], ahead[problem.options.of], 0.0)
    chance = np.random.default_rng(seed).random(len(problem.unit_class))
    depth = depths(classes.parent)[problem.unit_class]
    order = np.lexsort((chance, depth, ~waited[problem.unit_class])).astype(np.int64)
    if start is not None:
        _put_back(board, order, *start)
        order = order[board.option[order] < 0]
    insert(board, order, first)


def _put_back(board: Board, order: Ints, option: Ints, quarter: Ints) -> None:
    """Units where an earlier plan had them, as far as they fit."""
    allowed = np.full(board.cost.shape, np.inf)
    for unit in order.tolist():
        if option[unit] >= 0:
            allowed[option[unit], quarter[unit]] = 0.0
            if np.isfinite(board.cost[option[unit], quarter[unit]]):
                insert(board, np.array([unit], dtype=np.int64), allowed)
            allowed[option[unit], quarter[unit]] = np.inf


def search(
    problem: Problem, board: Board, price: Floats, least: float, seed: int, gap: float, clock: Clock,
    progress: Callable[[Progress], None], *, hasty: bool = False,
) -> Found:  # fmt: skip
    """Move what stands on a board about, stage by stage; the best of it.

    Args:
        price: [O, T] of work at prices on limits.
        least: No plan is below it.
        gap: Ends when the plan is within this share of ``least``; 1: with the first plan.
        hasty: One short stage.
    """
    places, count = places_of(problem, price, _PLACES)
    possible = np.isfinite(board.cost)
    mean = float(np.abs(board.cost[possible]).mean())
    missing = 1.5 * float(np.abs(board.cost[possible]).max()) + mean
    least_steps, each, most = _STEPS
    steps = int(min(max(least_steps, each * len(problem.unit_class)), most))
    if len(problem.unit_class) <= _FEW[0]:
        steps = _FEW[1]
    elif hasty:
        steps = min(steps, _HASTY)
    weight = np.where(problem.limit < 0, missing, 0.0)
    best = now(board)
    if _near_enough(best, least, gap):
        return best
    for stage, mix in enumerate(_MIXES[:1] if hasty else _MIXES):
        mixed = board.cost.copy()
        mixed[possible] += mix * (price[possible] - mixed[possible])
        hot = _HOT * mean * _COOLING**stage
        anneal(
            board._replace(cost=mixed), places, count, seed * 1000 + stage, steps, hot, hot * _COOLING,
            missing, weight, gap >= 1.0,
        )  # fmt: skip
        found = now(board)
        if found.better_than(best):
            best = found
        progress(Progress("search", clock.passed(), least, best.value, best.missing))
        if _near_enough(best, least, gap) or not clock.left():
            break
    return best


def _near_enough(found: Found, least: float, gap: float) -> bool:
    return found.missing == 0 and (gap >= 1.0 or found.value - least <= gap * found.value)
