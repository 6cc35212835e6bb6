"""A relaxation is enough when a plan was found with it, by the search that ``plan solve`` begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from clearband.planning.answers.hasty import compile_search
from clearband.planning.answers.hasty import hasty as short_search
from clearband.planning.answers.relaxation import Relaxation, relaxed
from clearband.planning.answers.start import Start
from clearband.planning.network.network import Network
from clearband.planning.optimise.found import Clock, Found
from clearband.planning.optimise.prices import costs, no_prices
from clearband.planning.optimise.prove import any_plan, can_look_for_any
from clearband.planning.optimise.solve import Progress, Solution, solve
from clearband.planning.problem import Ints, Problem
from clearband.planning.units.assemble import Assembled, assemble

Check: TypeAlias = Callable[[Assembled, Solution], int]
"""How many rules a plan breaks, by code that made none of it."""
_SECONDS: Final = (6.0, 0.008)
"""About the most for one plan: at least, and for each unit of work."""
_AGAIN: Final = 10.0
"""Seconds for an integer programme that `plan solve` gives three times as many."""
_NEARLY: Final = 0.01
"""Share of units without a place after a short search with which a search that takes its time is worth it."""
_QUICK: Final = 2_000
"""Units up to which that is so; of more, a search takes too long to be tried in vain."""
_FEW: Final = 100
"""Units up to which no search takes long."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The first plan that was found for the relaxed network; a longer search makes it cheaper.

    Attributes:
        cost: Discounted, with the price of exposure.
        gap: How far it is from the best at the most.
        end: Quarter in which the last old equipment is out.
        violations: Rules that the independent check found broken; None where it was not asked.
    """

    cost: float
    gap: float
    end: str
    violations: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """A search in the relaxed network.

    Attributes:
        proof: None where no plan was found.
        option, quarter: Of each unit; -1 where it has no place. None where there was nothing to search.
    """

    proof: Proof | None
    problem: Problem
    option: Ints | None = None
    quarter: Ints | None = None

    @property
    def nearly(self) -> bool:
        """Whether next to all units have a place, so that room for the others may do."""
        lost = 0 if self.option is None else int((self.option < 0).sum())
        return 0 < lost <= max(1.0, 0.2 * _NEARLY * len(self.problem.unit_class))


class _TimeUpError(Exception):
    """A search took too long."""


def _first_plan(problem: Problem, start: Start | None, seconds: float) -> Solution | None:
    """What `plan solve` comes to first; None where that takes longer.

    The search is not told how long it has: it would hurry, and find plans that `plan solve` does not.
    """
    clock = Clock(seconds)

    def watch(_: Progress) -> None:
        if not clock.left():
            raise _TimeUpError

    try:
        return solve(problem, gap=1.0, start=start, progress=watch)
    except _TimeUpError:
        return None


def _found_again(problem: Problem) -> bool:
    """Whether the integer programme finds a plan with which `plan solve` ends where its search finds none."""
    cost = costs(problem, no_prices(problem))
    units = len(problem.unit_class)
    nowhere = Found(np.full(units, -1), np.full(units, -1), 0.0, units)
    return can_look_for_any(cost) and not any_plan(problem, nowhere, Clock(_AGAIN), cost).missing


class Trials:
    """Searches in relaxations of one network."""

    def __init__(self, network: Network, check: Check | None, clock: Clock) -> None:
        self._network, self._check, self._clock = network, check, clock
        self._ready = False

    def of(
        self, by: Relaxation, start: Start | None = None, *, hasty: bool = False, again: bool = False
    ) -> Trial:
        """Apply a relaxation, look for any plan, and check it.

        Args:
            start: Where units stand at first.
            hasty: Whether a short search comes before the one that counts, and ends it where units are left.
            again: Whether a plan from ``start`` counts only where `plan solve` finds one without it.
        """
        assembled = assemble(relaxed(self._network, by))
        problem = assembled.problem
        units = len(problem.unit_class)
        if assembled.blocked or len(assembled.work.units) != units:
            return Trial(None, problem)
        found = None
        if hasty and units > _FEW and not problem.floors:
            found = short_search(problem)
            if found.missing > (_NEARLY * units if units <= _QUICK else 0):
                return Trial(None, problem, found.option, found.quarter)
        if not self._ready and units:
            compile_search(problem)
            self._ready = True
        least, each = _SECONDS
        seconds = min(least + each * units, self._clock.remaining())
        solution = _first_plan(problem, start, seconds)
        if solution is None:
            found = found if found is not None or problem.floors else short_search(problem)
            return Trial(None, problem, *(() if found is None else (found.option, found.quarter)))
        if again and start is not None and not _found_again(problem):
            return Trial(None, problem)
        violations = None if self._check is None or solution.missing else self._check(assembled, solution)
        proof = None
        if not solution.missing and not violations:
            settings = assembled.network.settings
            last = int(solution.quarter.max(initial=0)) + settings.overlap_quarters
            proof = Proof(solution.value, solution.gap, settings.quarter_name(last), violations)
        return Trial(proof, problem, solution.option, solution.quarter)
