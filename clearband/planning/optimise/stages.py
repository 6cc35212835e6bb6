"""The search in stages: at prices first, so that it keeps off scarce limits, then at what work costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from clearband.planning.optimise.board import places_of
from clearband.planning.optimise.found import Clock, Found, now
from clearband.planning.optimise.kernels import Board
from clearband.planning.optimise.search import anneal
from clearband.planning.problem import Floats, Problem

_MIXES: Final = (1.0, 0.6, 0.3, 0.0)
"""Share of the prices in what the search minimises, stage by stage."""
_PARTS: Final = 8
"""Of a stage; after each the plan is looked at, and the clock."""
_COOLING: Final = 0.5
_HOT: Final = 0.05
"""Temperature of the first stage, against how much the cost of a unit differs from place to place."""
_STEPS: Final = (300_000, 400, 2_500_000)
"""Steps of a stage: at least, for each unit, at most."""
_FEW: Final = (80, 40_000)
"""Up to so many units, steps of a stage: what the search leaves, integer programming finds."""
_AGAIN: Final = (2, 4)
"""Turns of all stages at the most, and how many times more steps the next has."""
GOOD: Final = 5e-3
"""A plan within this share of the bound is near enough for no other turn."""
_PLACES: Final = 80
_SPEED: Final = 30_000.0
"""Steps a second before they were measured, where time is short."""


@dataclass
class Stages:
    """A search from what stands on a board.

    Args:
        price: [O, T] cost of work at the prices.
        least: Bound that a plan is held against.
        gap: Ends with a plan within this share of the bound; 1: with any plan.
        hopeless: Whether there is most likely no plan, so that one turn is enough.
        say: Told the best so far.
    """

    problem: Problem
    board: Board
    price: Floats
    least: float
    seed: int
    gap: float
    clock: Clock
    hopeless: bool
    say: Callable[[Found], None]
    _done: int = field(default=0, init=False)
    _took: float = field(default=0.0, init=False)

    def best(self) -> Found:
        """The best plan that is found."""
        self._places, self._count = places_of(self.problem, self.price, _PLACES)
        self._possible = np.isfinite(self.board.cost)
        cost = np.abs(self.board.cost[self._possible])
        self._missing = 1.5 * float(cost.max()) + float(cost.mean()) or 1.0
        self._hot = _HOT * spread(self.problem, self.board.cost) or 1e-9 * self._missing
        self._found = now(self.board)
        steps = _steps(len(self.problem.unit_class))
        turns, more = _AGAIN
        for turn in range(turns):
            for stage, mix in enumerate(_MIXES):
                if self._ended() or not self._stage(turn, stage, mix, steps):
                    return self._found
            if self.hopeless or self._found.within(max(self.gap, GOOD), self.least):
                break
            steps *= more
        return self._found

    def _ended(self) -> bool:
        found = self._found
        return found.missing == 0 and (self.gap >= 1.0 or found.within(self.gap, self.least))

    def _stage(self, turn: int, stage: int, mix: float, steps: int) -> bool:
        """Anneal with a share of the prices; False at the end of the search."""
        mixed = self.board.cost.copy()
        possible = self._possible
        mixed[possible] += mix * (self.price[possible] - mixed[possible])
        board = self.board._replace(cost=mixed)
        weight = np.where(self.problem.limit < 0, self._missing, 0.0)
        part_cooling = _COOLING ** (1 / _PARTS)
        for part in range(_PARTS):
            hot = self._hot * _COOLING**stage * part_cooling**part
            number = ((self.seed * _AGAIN[0] + turn) * len(_MIXES) + stage) * _PARTS + part
            left = _PARTS * (len(_MIXES) - stage) - part
            began = self.clock.passed()
            mine = self._in_time(steps // _PARTS, left)
            cold = hot * part_cooling
            anneal(
                board, self._places, self._count, number, mine, hot, cold, self._missing, weight,
                self.gap >= 1.0,
            )  # fmt: skip
            self._done += mine
            self._took += self.clock.passed() - began
            found = now(self.board)
            if found.better_than(self._found):
                self._found = found
            if self._ended() or not self.clock.left():
                self.say(self._found)
                return False
        self.say(self._found)
        return True

    def _in_time(self, steps: int, parts: int) -> int:
        """Steps of a part, fewer where what remains of the time must do for so many parts."""
        remaining = self.clock.remaining()
        if np.isinf(remaining):
            return steps
        speed = self._done / self._took if self._took > 0 else _SPEED
        return int(min(steps, max(1_000.0, remaining * speed / parts)))


def _steps(units: int) -> int:
    if units <= _FEW[0]:
        return _FEW[1]
    least, each, most = _STEPS
    return min(max(least, each * units), most)


def spread(problem: Problem, cost: Floats) -> float:
    """How much the cost of a unit differs over its places: the mean standard deviation of a class."""
    possible = np.isfinite(cost)
    start = problem.options.start[:-1]

    def total(values: Floats) -> Floats:
        found: Floats = np.add.reduceat(np.where(possible, values, 0.0).sum(axis=1), start)
        return found

    count = np.maximum(total(np.ones_like(cost)), 1.0)
    mean = total(cost) / count
    apart = np.where(possible, cost, 0.0) - mean[problem.options.of][:, None]
    return float(np.sqrt(total(apart**2) / count).mean())
