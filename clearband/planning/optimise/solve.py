"""From a problem to a plan: prices, a bound, a search, and for small problems a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.found import Clock, Found, held
from clearband.planning.optimise.generate import proved
from clearband.planning.optimise.kernels import Board, insert, put_back
from clearband.planning.optimise.makers import Choice, Choices
from clearband.planning.optimise.priced import SAMPLE, priced, tolerance_of
from clearband.planning.optimise.prices import (
    Prices,
    best_by_class,
    costs,
    depths,
    no_prices,
    with_what_follows,
)
from clearband.planning.optimise.prove import any_plan, can_look_for_any, prove
from clearband.planning.optimise.stages import GOOD, Stages, spread
from clearband.planning.problem import Floats, Ints, Problem

_LATE: Final = 4.0
"""What the last quarter costs more than the first, against how much the cost of a unit differs from place to
place, in a search for any plan."""
_CHOICES: Final = 6
"""Of makers, that are searched at the most."""
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
        missing: Units without a place, and units short of a least share; a plan has none.
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
        gap: Ends when the plan is within this share of the best; 1 ends with the first plan, which is one
            that a longer search with the same seed comes by, too.
        seconds: Ends after about so long with the best plan so far.
        start: Option and quarter of each unit in an earlier plan; -1 where it says nothing.

    Raises:
        DefectError: The plan is below the bound.
    """
    clock = Clock(seconds)
    if problem.too_few_makers:
        return _without_makers(problem, clock)
    if not len(problem.unit_class):
        nothing = np.zeros(0, dtype=np.int64)
        return Solution(nothing, nothing, 0.0, 0.0, 0, no_prices(problem), 0.0, clock.passed())
    whole = len(problem.classes.count) <= SAMPLE

    def on(_: float, low: float) -> bool:
        progress(Progress("prices", clock.passed(), low if whole else -np.inf, None, 0))
        return clock.left(0.5)

    smaller, generated = priced(problem, clock, on)
    whole = smaller is problem
    choices = Choices(problem, smaller, generated, tolerance_of(whole=whole), lambda: clock.left(0.5))
    cost = costs(problem, no_prices(problem))
    any_is_looked_for = whole and can_look_for_any(cost)
    found, choice = _best_of(choices, seed, gap, clock, start, progress, only_one=any_is_looked_for)
    least = choices.bound
    if any_is_looked_for and found.missing and not _hopeless(generated.solved.broken, problem):
        found = any_plan(problem, found, clock, cost)
    if whole and found.missing == 0:
        least = max(least, proved(generated))

        def say(so_far: Found, low: float) -> None:
            progress(Progress("proof", clock.passed(), low, so_far.value, 0))

        found, least = prove(problem, generated, found, least, gap, clock, cost, say)
    return Solution(
        found.option, found.quarter, found.value, least if found.missing else held(least, found.value),
        found.missing, choice.generated.prices, generated.solved.broken, clock.passed(),
    )  # fmt: skip


def _hopeless(broken: float, problem: Problem) -> bool:
    return broken > _BROKEN * len(problem.unit_class)


def _without_makers(problem: Problem, clock: Clock) -> Solution:
    nowhere = np.full(len(problem.unit_class), -1, dtype=np.int64)
    return Solution(
        nowhere, nowhere.copy(), 0.0, np.inf, len(nowhere), no_prices(problem), np.inf, clock.passed()
    )


def _best_of(
    choices: Choices, seed: int, gap: float, clock: Clock, start: tuple[Ints, Ints] | None,
    progress: Callable[[Progress], None], *, only_one: bool,
) -> tuple[Found, Choice]:  # fmt: skip
    """The best plan of the most promising choices of makers, and that choice.

    Args:
        only_one: Whether no second choice is searched where the first has no plan.
    """
    best: tuple[Found, Choice] | None = None
    for turn, choice in enumerate(choices):
        problem = choice.problem
        board = empty_board(problem)
        price = costs(problem, choice.generated.prices)
        begin(problem, board, price, seed, start)

        def say(so_far: Found) -> None:
            progress(Progress("search", clock.passed(), choices.bound, so_far.value, so_far.missing))

        hopeless = _hopeless(choice.generated.solved.broken, problem)
        found = Stages(problem, board, price, choices.bound, seed, gap, clock, hopeless, say).best()
        if found.missing and not hopeless and clock.left():
            sooner = _sooner(problem, price, seed, clock)
            if sooner.missing == 0:
                board = empty_board(problem)
                begin(problem, board, price, seed, (sooner.option, sooner.quarter))
                found = Stages(problem, board, price, choices.bound, seed, gap, clock, hopeless, say).best()
        if best is None or found.better_than(best[0]):
            best = found, choice
        value = best[0].value
        if best[0].missing:
            enough = only_one or hopeless
        else:
            near = value - choices.bound <= max(gap, GOOD) * value
            enough = near or choices.next_bound >= value * (1 - gap)
        if enough or not clock.left() or turn + 1 == _CHOICES:
            break
    assert best is not None
    return best


def _sooner(problem: Problem, price: Floats, seed: int, clock: Clock) -> Found:
    """A search for any plan, in which work costs more the later it is.

    Where waiting is cheap, the last quarters are full before all units are in; what is put in early leaves
    them free.
    """
    board = empty_board(problem)
    late = _LATE * spread(problem, board.cost) * np.linspace(0.0, 1.0, board.cost.shape[1])
    board = board._replace(cost=board.cost + late)
    begin(problem, board, price + late, seed, None)
    return Stages(problem, board, price + late, -np.inf, seed, 1.0, clock, False, lambda _: None).best()


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
        put_back(board, order, *start)
        order = order[board.option[order] < 0]
    insert(board, order, first)
