"""What a search or an integer programme has found so far, and the time that is left."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.errors import DefectError
from clearband.planning.optimise.board import value_of
from clearband.planning.optimise.exact import Exact
from clearband.planning.optimise.kernels import Board
from clearband.planning.problem import Floats, Ints, Problem

_NOISE: Final = 1e-6
_BEYOND: Final = 1e-6
"""Share of a plan's value by which a bound may be above it, for what is rounded."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where units stand.

    Attributes:
        missing: Units without a place, and units short of a least share; a plan has none.
    """

    option: Ints
    quarter: Ints
    value: float
    missing: int

    def better_than(self, other: Found) -> bool:
        """Whether it lacks less, or costs less."""
        return (self.missing, self.value) < (other.missing, other.value)

    def within(self, share: float, least: float) -> bool:
        """Whether it is a plan, and costs more than a bound by no more than this share of it."""
        return self.missing == 0 and self.value - least <= share * self.value


def held(bound: float, value: float) -> float:
    """A bound, held against a plan.

    Raises:
        DefectError: No plan should be below the bound, and this one is.
    """
    if bound - value > _BEYOND * abs(value):
        raise DefectError(
            f"the bound {bound:.9g} is above a plan of {value:.9g}, so that one of them is wrong",
            where="planner",
            remedy="this is a defect; please report it with the network",
        )
    return min(bound, value)


class Clock:
    """How much of the time has passed; None: there is no end."""

    def __init__(self, seconds: float | None) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    def passed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def left(self, share: float = 1.0) -> bool:
        """Whether less than this share of the time has passed."""
        return self._seconds is None or self.passed() < self._seconds * share

    def remaining(self, share: float = 1.0) -> float:
        """Seconds until this share of the time has passed."""
        return math.inf if self._seconds is None else max(0.0, self._seconds * share - self.passed())


def now(board: Board) -> Found:
    """What stands on a board."""
    lost = int((board.option < 0).sum())
    short = int(np.ceil(-np.minimum(board.rows, 0.0) - _NOISE).sum())
    return Found(board.option.copy(), board.quarter.copy(), value_of(board), lost + short)


def spread(problem: Problem, exact: Exact, cost: Floats) -> Found:
    """A plan by unit of a plan by class: alike units in the order in which they stand."""
    order = np.argsort(problem.unit_class, kind="stable")
    of_unit = np.full(len(order), -1, dtype=np.int64)
    at_unit = of_unit.copy()
    option, quarter = exact.class_option, exact.class_quarter
    by_class = np.lexsort((quarter, option, problem.options.of[option]))
    of_unit[order] = np.repeat(option[by_class], exact.units[by_class])
    at_unit[order] = np.repeat(quarter[by_class], exact.units[by_class])
    return Found(of_unit, at_unit, float(cost[of_unit, at_unit].sum()), 0)
