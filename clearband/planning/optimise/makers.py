"""Which makers hold the least shares of rule 13: choices from the most promising on, and a bound on all.

Where it is open which makers hold a least share, prices hold for all choices at once: a maker may be chosen
in part, as far as it is bought. Where a part is left, a branch in which the maker is chosen and one in which
it is not tighten it (Land and Doig 1960), the branch with the least bound first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from clearband.planning.optimise.generate import Generated, generate, proved
from clearband.planning.optimise.prices import bound
from clearband.planning.problem import Floor, Ints, Problem

BRANCHES: Final = 40
"""Branches whose prices are looked at; what is left then keeps the bound of the branch it comes from."""
_WHOLE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """Makers that hold the least shares.

    Attributes:
        problem: With the least shares of these makers as limits, and nothing left to choose.
        generated: Its prices.
        bound: No plan with this choice is below it.
    """

    problem: Problem
    generated: Generated
    bound: float


@dataclass(order=True, slots=True)
class _Branch:
    """Some rows hold, some do not, the others are open; ``generated`` once its prices were looked at."""

    bound: float
    turn: int
    held: frozenset[int] = field(compare=False)
    out: frozenset[int] = field(compare=False)
    generated: Generated = field(compare=False)
    looked_at: bool = field(compare=False)


class Choices:
    """The choices of makers of a problem, the least bound first.

    Args:
        smaller: The problem, or a sample of it that prices are made for.
        generated: Prices of ``smaller`` with all open.
        tolerance: Of prices.
        in_time: Whether there is time to look at more branches.

    Attributes:
        bound: No plan is below it.
    """

    def __init__(
        self, problem: Problem, smaller: Problem, generated: Generated, tolerance: float,
        in_time: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._problem, self._smaller = problem, smaller
        self._tolerance, self._in_time = tolerance, in_time
        self._looked = self._turn = 0
        least = self._least(problem, generated)
        nothing: frozenset[int] = frozenset()
        self._open = [_Branch(least, 0, nothing, nothing, generated, looked_at=True)]
        self._told = np.inf

    @property
    def bound(self) -> float:
        """What no plan is below, with any choice of makers."""
        return min(self._told, self.next_bound)

    @property
    def next_bound(self) -> float:
        """What no plan is below with a choice that was not told yet."""
        return min((one.bound for one in self._open), default=np.inf)

    def __iter__(self) -> Iterator[Choice]:
        while self._open:
            branch = heapq.heappop(self._open)
            if not branch.looked_at and self._looked < BRANCHES and self._in_time():
                self._put(self._look_at(branch))
                continue
            chosen, part = self._reached(branch)
            if part is not None and branch.looked_at and self._looked < BRANCHES and self._in_time():
                self._split(branch, part)
                continue
            self._split(branch, *sorted(chosen - branch.held), but=chosen)
            self._told = min(self._told, branch.bound)
            yield Choice(_chosen(self._problem, chosen), branch.generated, branch.bound)

    def _look_at(self, branch: _Branch) -> _Branch:
        self._looked += 1
        mine = _narrowed(self._smaller, branch.held, branch.out)
        generated = generate(mine, tolerance=self._tolerance, master=branch.generated.master)
        whole = _narrowed(self._problem, branch.held, branch.out)
        least = max(branch.bound, self._least(whole, generated))
        return replace(branch, bound=least, generated=generated, looked_at=True)

    def _least(self, problem: Problem, generated: Generated) -> float:
        least = bound(problem, generated.prices)
        return max(least, proved(generated)) if self._smaller is self._problem else least

    def _reached(self, branch: _Branch) -> tuple[frozenset[int], int | None]:
        """Rows to choose, and the row that is reached most of those that are so in part only."""
        mine = _narrowed(self._smaller, branch.held, branch.out)
        generated = branch.generated
        bought = -(self._smaller.rows @ generated.master.bought(generated.solved))
        chosen, part, most = set(branch.held), None, -1.0
        for floor in mine.floors:
            reach = np.minimum(1.0, bought[floor.rows] / floor.need)
            for i in np.argsort(-reach, kind="stable")[: floor.makers].tolist():
                chosen.add(int(floor.rows[i]))
                if reach[i] < 1.0 - _WHOLE and reach[i] > most:
                    part, most = int(floor.rows[i]), float(reach[i])
        return frozenset(chosen), part

    def _split(self, branch: _Branch, *rows: int, but: frozenset[int] | None = None) -> None:
        """Into branches that hold the first rows and not the next; the one that holds all, unless ``but``."""
        held = branch.held
        for row in rows:
            self._put(replace(branch, held=held, out=branch.out | {row}, looked_at=False))
            held = held | {row}
        if but is None:
            self._put(replace(branch, held=held, looked_at=False))

    def _put(self, branch: _Branch) -> None:
        floors = _narrowed(self._problem, branch.held, branch.out).floors
        if all(floor.makers <= len(floor.rows) for floor in floors):
            self._turn -= 1
            heapq.heappush(self._open, replace(branch, turn=self._turn))


def _chosen(problem: Problem, held: frozenset[int]) -> Problem:
    """The problem with the least shares of some rows as limits, and no other."""
    return replace(_narrowed(problem, held, frozenset()), floors=())


def _narrowed(problem: Problem, held: frozenset[int], out: frozenset[int]) -> Problem:
    """The problem with rows that hold, and others that are not to be chosen."""
    limit, floors = problem.limit.copy(), []
    for floor in problem.floors:
        holds, gone = _among(floor.rows, held), _among(floor.rows, held | out)
        limit[floor.rows[holds]] = -floor.need[holds]
        makers = max(0, floor.makers - int(holds.sum()))
        floors.append(Floor(floor.rows[~gone], floor.need[~gone], makers))
    return replace(problem, limit=limit, floors=tuple(floors))


def _among(rows: Ints, some: frozenset[int]) -> np.ndarray:
    return np.isin(rows, list(some))
