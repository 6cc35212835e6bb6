"""Column generation: prices that are nearly the best, and a bound that they prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.planning.optimise.master import Master, Solved
from clearband.planning.optimise.penalties import penalties
from clearband.planning.optimise.prices import Prices, best_by_class, bound, costs
from clearband.planning.problem import Floats, Problem

_SMOOTH: Final = 0.6
"""Share of the best prices so far in those that are tried next (Wentges 1997): halves the rounds."""
_SMOOTH_ROUNDS: Final = 25
_DEARER: Final = 10.0
_DEARER_TURNS: Final = 5
"""How often, and how many times dearer, it becomes to break limits that are still broken."""
_BROKEN: Final = 1e-7
_SPREAD: Final = 4
"""Columns an option begins with, spread over its quarters, beside its cheapest."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What column generation came to.

    Attributes:
        bound: Best bound of all prices tried.
        prices: Those prices, without the order.
        solved: Last solution of the master.
    """

    bound: float
    prices: Prices
    solved: Solved
    master: Master


def generate(
    problem: Problem,
    *,
    tolerance: float,
    rounds: int = 60,
    master: Master | None = None,
    progress: Callable[[float, float], bool] | None = None,
    seconds: Callable[[], float] = lambda: np.inf,
) -> Generated:
    """Solve the master to ``tolerance`` (a share of its value).

    Args:
        master: Of the same problem with less chosen of its makers, to go on with.
        progress: Told value and bound after each round; ends it by answering False.
        seconds: How long a linear programme may take now. One that is not done in time leaves the prices that
            it has come to, which prove a bound as any do, and no value.
    """
    if master is None:
        master = Master(problem, penalties(problem))
        _begin(master)
    else:
        master.narrow(problem)
    best, kept = -np.inf, None
    least = 1e-9 * max(1.0, float(np.abs(master.true_cost[np.isfinite(master.true_cost)]).mean()))
    solved = master.solve(again=False, seconds=seconds())
    dearer = 0
    for turn in range(rounds):
        smooth = _SMOOTH if kept is not None and turn < _SMOOTH_ROUNDS else 0.0
        tried = kept.mixed(solved.prices, smooth) if kept is not None and smooth else solved.prices
        value = bound(problem, tried)
        if value > best:
            best, kept = value, tried
        exact = costs(problem, solved.prices)
        added = _add_best(
            master, exact, exact if not smooth else costs(problem, tried), solved.of_class, least
        )
        if not added and smooth:
            added = _add_best(master, exact, exact, solved.of_class, least)
        enough = solved.value - best <= tolerance * abs(solved.value)
        if progress is not None and not progress(solved.value, best):
            break
        if not added or enough:
            if solved.broken <= _BROKEN or dearer == _DEARER_TURNS:
                break
            dearer += 1
            master.break_dearer(_DEARER)
        solved = master.solve(again=True, seconds=seconds())
    assert kept is not None
    return Generated(best, kept.alone(), solved, master)


def proved(generated: Generated) -> float:
    """The bound of the linear master: its value, less what columns not yet added could take off it.

    Below everything where the master was not solved.
    """
    problem, solved = generated.master.problem, generated.solved
    reduced = costs(problem, solved.prices) - solved.of_class[problem.options.of][:, None]
    least = best_by_class(problem, reduced).min(axis=1)
    return solved.value + float(np.minimum(least, 0.0) @ problem.classes.count)


def _begin(master: Master) -> None:
    problem = master.problem
    cost, options, classes = master.true_cost, problem.options, problem.classes
    every = np.arange(len(options.of))
    possible = np.isfinite(cost).any(axis=1)
    master.add(every[possible], cost.argmin(axis=1)[possible])
    first = np.maximum(options.first, classes.first[options.of])
    last = classes.last[options.of]
    # Low-discrepancy steps rather than chance: the same problem begins the same way.
    for step in range(1, _SPREAD + 1):
        part = (every * 0.6180339887498949 + step * 0.7548776662466927) % 1.0
        quarter = first + np.floor(part * (last - first + 1)).astype(np.int64)
        master.add(every[possible], np.clip(quarter, first, last)[possible])
    # Early enough for all that waits for it, and late enough for all it waits for.
    for quarter in (np.maximum(first, 0), last):
        in_time = possible & (first <= last)
        master.add(every[in_time], np.clip(quarter, 0, problem.quarters - 1)[in_time])


def _add_best(master: Master, exact: Floats, tried: Floats, of_class: Floats, least: float) -> int:
    every = np.arange(len(tried))
    quarter = tried.argmin(axis=1)
    gain = of_class[master.problem.options.of] - exact[every, quarter]
    worth = gain > least
    return master.add(every[worth], quarter[worth])
