"""The first prices of a problem: of the whole, of a sample, or of a small one where time is short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from clearband.planning.optimise.found import Clock
from clearband.planning.optimise.generate import Generated, generate
from clearband.planning.optimise.prices import bound
from clearband.planning.optimise.sample import sample
from clearband.planning.problem import Problem

SAMPLE: Final = 1_500
"""Classes beyond which prices are those of a sample."""
_ROUGH: Final = 100
"""Classes of a small sample: for 50,000 sites 0.3 s instead of 6 s, and a bound that is 0.3 % lower."""
_TOLERANCES: Final = (1e-7, 1.5e-3)
"""To which the master is solved: of a whole problem, of a sample."""
_SHARES: Final = (0.25, 0.5)
"""Of the time, when the prices of a small sample, and all prices, are to be there."""


def tolerance_of(*, whole: bool) -> float:
    """Share of its value to which a master is solved."""
    return _TOLERANCES[not whole]


def priced(
    problem: Problem, clock: Clock, progress: Callable[[float, float], bool]
) -> tuple[Problem, Generated]:
    """Prices, and the problem that they are of: this one, or a sample of it.

    Where there is an end, those of a small sample come first, and stay where time ends what follows before
    it proves more.
    """
    soon, all_there = _SHARES
    smaller = sample(problem, SAMPLE)
    rough = None
    if np.isfinite(clock.remaining()) and smaller is not problem:
        rough = _generated(sample(problem, _ROUGH), clock, soon, progress)
    found = _generated(smaller, clock, all_there, progress, whole=smaller is problem)
    if rough is None or np.isfinite(found[1].solved.value):
        return found
    return max(rough, found, key=lambda one: bound(problem, one[1].prices))


def _generated(
    problem: Problem, clock: Clock, share: float, progress: Callable[[float, float], bool],
    *, whole: bool = False,
) -> tuple[Problem, Generated]:  # fmt: skip
    return problem, generate(
        problem, tolerance=tolerance_of(whole=whole), progress=progress,
        seconds=lambda: clock.remaining(share),
    )  # fmt: skip
