"""From a problem to a plan: prices, a bound, a search, and for small problems a proof."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.planning.optimise.board import empty_board, places_of, value_of
from clearband.planning.optimise.exact import columns_left, solve_exactly
from clearband.planning.optimise.generate import Generated, generate
from clearband.planning.optimise.kernels import Board, insert
from clearband.planning.optimise.prices import (
    Prices,
    best_by_class,
    bound,
    costs,
    depths,
    no_prices,
    with_what_follows,
)
from clearband.planning.optimise.sample import sample
from clearband.planning.optimise.search import anneal
from clearband.planning.problem import Floats, Ints, Problem

SAMPLE: Final = 1_500
"""Classes beyond which prices are those of a sample."""
_TOLERANCES: Final = (1e-7, 1.5e-3)
"""To which the master is solved: of a whole problem, of a sample."""
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
_PLACES: Final = 80
_EXACT_COLUMNS: Final = 1_500
"""Beyond which an integer programme improved nothing in a minute."""
_NODES: Final = 1_000
_FIND: Final = (20_000, 50_000)
"""Columns and nodes of an integer programme that looks for any plan where the search has found none."""
_BROKEN: Final = 1e-6
"""By how much the linear master may break limits for a unit of work, and there may be a plan all the same."""


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


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan, and what is known of the best.

    Attributes:
        option, quarter: [U]; -1 for units without a place.
        value: Cost and price of exposure of all units that have one.
        bound: No plan is below it.
        missing: Units without a place; a plan has none.
        prices: On the limits, which prove the bound of the linear master.
        broken: What the linear master breaks limits by; above 0 there is most likely no plan.
    """

    option: Ints
    quarter: Ints
    value: float
    bound: float
    missing: int
    prices: Prices
    broken: float
    seconds: float

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of it."""
        return max(0.0, (self.value - self.bound) / self.value) if self.value > 0 else 0.0


def solve(
    problem: Problem, *, seed: int = 0, gap: float = 1e-5, seconds: float | None = None,
    start: tuple[Ints, Ints] | None = None, progress: Callable[[Progress], None] = lambda _: None,
) -> Solution:  # fmt: skip
    """The cheapest plan that is found.

    Args:
        seed: The same seed, problem and options give the same plan, where time does not end the search.
        gap: Ends when the plan is within this share of the best.
        seconds: Ends after about so long with the best plan so far.
        start: Option and quarter of each unit in an earlier plan; -1 where it says nothing.
    """
    clock = _Clock(seconds)
    if not len(problem.unit_class):
        nothing = np.zeros(0, dtype=np.int64)
        return Solution(nothing, nothing, 0.0, 0.0, 0, no_prices(problem), 0.0, clock.passed())
    smaller = sample(problem, SAMPLE)
    whole = smaller is problem

    def on(_: float, low: float) -> bool:
        progress(Progress("prices", clock.passed(), low if whole else -np.inf, None, 0))
        return clock.left(0.5)

    generated = generate(smaller, tolerance=_TOLERANCES[not whole], progress=on)
    least = bound(problem, generated.prices)
    board = empty_board(problem)
    price = costs(problem, generated.prices)
    _begin(problem, board, price, seed, start)
    found = _search(problem, board, price, least, seed, gap, clock, progress)
    if whole and found.missing and not generated.solved.broken > _BROKEN * len(problem.unit_class):
        found = _any_plan(problem, found, clock, board.cost)
    if whole and found.missing == 0:
        least = max(least, _proved(generated))
        found, least = _prove(problem, generated, found, least, gap, clock, board.cost)
    return Solution(
        found.option, found.quarter, found.value, min(least, found.value) if found.missing == 0 else least,
        found.missing, generated.prices, generated.solved.broken, clock.passed(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    option: Ints
    quarter: Ints
    value: float
    missing: int

    def better_than(self, other: _Found) -> bool:
        return (self.missing, self.value) < (other.missing, other.value)


class _Clock:
    def __init__(self, seconds: float | None) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    def passed(self) -> float:
        return time.monotonic() - self._began

    def left(self, share: float = 1.0) -> bool:
        """Whether less than this share of the time has passed."""
        return self._seconds is None or self.passed() < self._seconds * share

    def remaining(self) -> float:
        return math.inf if self._seconds is None else max(0.0, self._seconds - self.passed())


def _proved(generated: Generated) -> float:
    """The bound of the linear master: its value, less what columns not yet added could take off it."""
    problem, solved = generated.master.problem, generated.solved
    reduced = costs(problem, solved.prices) - solved.of_class[problem.options.of][:, None]
    least = best_by_class(problem, reduced).min(axis=1)
    return solved.value + float(np.minimum(least, 0.0) @ problem.classes.count)


def _converged(generated: Generated) -> bool:
    """Whether next to nothing is left to take off, as `columns_left` takes for granted."""
    return generated.solved.value - _proved(generated) <= 1e-6 * abs(generated.solved.value)


def _begin(problem: Problem, board: Board, price: Floats, seed: int, start: tuple[Ints, Ints] | None) -> None:
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


def _search(
    problem: Problem, board: Board, price: Floats, least: float, seed: int, gap: float, clock: _Clock,
    progress: Callable[[Progress], None],
) -> _Found:  # fmt: skip
    places, count = places_of(problem, price, _PLACES)
    possible = np.isfinite(board.cost)
    mean = float(np.abs(board.cost[possible]).mean())
    missing = 1.5 * float(np.abs(board.cost[possible]).max()) + mean
    least_steps, each, most = _STEPS
    steps = int(min(max(least_steps, each * len(problem.unit_class)), most))
    if len(problem.unit_class) <= _FEW[0]:
        steps = _FEW[1]
    weight = np.where(problem.limit < 0, missing, 0.0)
    best = _now(board)
    for stage, mix in enumerate(_MIXES):
        mixed = board.cost.copy()
        mixed[possible] += mix * (price[possible] - mixed[possible])
        hot = _HOT * mean * _COOLING**stage
        anneal(
            board._replace(cost=mixed), places, count, seed * 1000 + stage, steps, hot, hot * _COOLING,
            missing, weight,
        )  # fmt: skip
        found = _now(board)
        if found.better_than(best):
            best = found
        progress(Progress("search", clock.passed(), least, best.value, best.missing))
        if (best.missing == 0 and best.value - least <= gap * best.value) or not clock.left():
            break
    return best


def _now(board: Board) -> _Found:
    return _Found(board.option.copy(), board.quarter.copy(), value_of(board), int((board.option < 0).sum()))


def _any_plan(problem: Problem, found: _Found, clock: _Clock, cost: Floats) -> _Found:
    """A plan of a small problem that the search has not found, by integer programming over all there is."""
    option, quarter = np.nonzero(np.isfinite(cost))
    if len(option) > _FIND[0]:
        return found
    exact = solve_exactly(
        problem, option, quarter, cost, gap=1.0, seconds=min(30.0, clock.remaining()), nodes=_FIND[1],
    )  # fmt: skip
    if exact is None:
        return found
    return _spread(problem, exact.class_option, exact.class_quarter, exact.units, cost)


def _prove(
    problem: Problem,
    generated: Generated,
    found: _Found,
    least: float,
    gap: float,
    clock: _Clock,
    cost: Floats,
) -> tuple[_Found, float]:
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
    least = max(least, min(exact.bound, found.value))
    if exact.value < found.value - 1e-9 * abs(found.value):
        found = _spread(problem, exact.class_option, exact.class_quarter, exact.units, cost)
    return found, least


def _spread(problem: Problem, option: Ints, quarter: Ints, units: Ints, cost: Floats) -> _Found:
    """A plan by unit of a plan by class: alike units in the order in which they stand."""
    order = np.argsort(problem.unit_class, kind="stable")
    of_unit = np.full(len(order), -1, dtype=np.int64)
    at_unit = of_unit.copy()
    by_class = np.lexsort((quarter, option, problem.options.of[option]))
    of_unit[order] = np.repeat(option[by_class], units[by_class])
    at_unit[order] = np.repeat(quarter[by_class], units[by_class])
    return _Found(of_unit, at_unit, float(cost[of_unit, at_unit].sum()), 0)
