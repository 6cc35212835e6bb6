"""A sample of a problem: fewer classes, each standing for several, under the same limits.

Its prices are nearly those of the whole problem, for a small part of the work, and any prices prove a bound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from clearband.planning.problem import Classes, Floats, Floor, Options, Problem

_MANY: Final = 8
"""Classes that wait for one that is always kept."""


def sample(problem: Problem, classes: int) -> Problem:
    """About so many classes, and those that many others wait for.

    Classes are drawn evenly along region, owner, kind of work and exposure, and weighed so that each region,
    owner and kind keeps its work.
    """
    of, options = problem.classes, problem.options
    waiting = np.bincount(of.parent[of.parent >= 0], minlength=len(of.count))
    above = waiting >= _MANY
    step = max(1, int(np.ceil((~above).sum() / max(classes, 1))))
    if step == 1:
        return problem
    family = options.family[options.start[:-1], 0]
    order = np.lexsort((of.exposure, of.last, family, of.way, of.region))
    leaves = order[~above[order]]
    keep = above.copy()
    keep[leaves[step // 2 :: step]] = True
    spent = np.maximum.reduceat(options.now + options.later, options.start[:-1])
    stratum = of.region * (int(of.way.max(initial=0)) + 1) + of.way
    whole = np.bincount(stratum, spent * of.count * ~above)
    kept = np.bincount(stratum, spent * of.count * (keep & ~above), minlength=len(whole))
    weight = np.divide(whole, kept, out=np.ones_like(whole), where=kept > 0)[stratum]
    return _part(problem, keep, np.where(above, 1.0, weight))


def _part(problem: Problem, keep: np.ndarray, weight: np.ndarray) -> Problem:
    classes, options = problem.classes, problem.options
    kept = np.flatnonzero(keep)
    number = np.full(len(keep), -1)
    number[kept] = np.arange(len(kept))
    parent = classes.parent[kept]
    mine = np.flatnonzero(keep[options.of])
    part = np.zeros(len(keep))
    part[kept] = weight[kept]
    return replace(
        problem,
        floors=tuple(replace(one, need=one.need * _kept(problem, one, part)) for one in problem.floors),
        classes=Classes(
            classes.count[kept] * weight[kept],
            np.where(parent >= 0, number[np.maximum(parent, 0)], -1),
            *(
                getattr(classes, name)[kept]
                for name in ("first", "last", "exposure", "region", "sites", "owner", "way", "running")
            ),
        ),
        options=Options(
            np.concatenate([[0], np.cumsum(np.diff(options.start)[kept])]),
            number[options.of[mine]],
            *(
                getattr(options, name)[mine]
                for name in ("now", "later", "running", "hours", "later_hours", "family", "amount", "first")
            ),
        ),
    )


def _kept(problem: Problem, floor: Floor, part: Floats) -> float:
    """Share of the units that can be bought of a role which the sample has: its least shares are of those."""
    options, count = problem.options, problem.classes.count
    families = np.flatnonzero((problem.rows[floor.rows] != 0.0).any(axis=0))
    amount = np.where(np.isin(options.family, families), options.amount, 0.0).sum(axis=1)
    units = np.maximum.reduceat(amount, options.start[:-1]) * count
    whole = float(units.sum())
    return float(units @ part) / whole if whole > 0.0 else 1.0
