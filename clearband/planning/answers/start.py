"""Where an integer programme has units of work, for a search to begin from."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.problem import Ints, Problem

Start: TypeAlias = tuple[Ints, Ints]
"""Option and quarter of each unit."""


def start_of(problem: Problem, excess: Excess) -> Start | None:
    """The work of an elastic programme, unit by unit; None where it has parts of units."""
    amount = np.rint(excess.amount).astype(np.int64)
    if (np.abs(excess.amount - amount) > 1e-5).any() or amount.sum() != len(problem.unit_class):
        return None
    order = np.argsort(problem.unit_class, kind="stable")
    by_class = np.lexsort((excess.quarter, excess.option, problem.options.of[excess.option]))
    option = np.empty(len(order), dtype=np.int64)
    quarter = option.copy()
    option[order] = np.repeat(excess.option[by_class], amount[by_class])
    quarter[order] = np.repeat(excess.quarter[by_class], amount[by_class])
    return option, quarter
