"""The peers that go down a list, as in a spreadsheet: each unit of work is placed once and stays.

Two lists, each with what others wait for ahead of what waits:

- ``date first``: the earliest date of the law first, then the most exposed; each in the first quarter that
  has room, with the cheapest product that fits there.
- ``cheapest first``: the least money first; each in the quarter and with the product that cost least of those
  that fit.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clearband.planning.optimise.board import empty_board, value_of
from clearband.planning.optimise.kernels import insert
from clearband.planning.optimise.prices import best_by_class
from clearband.planning.problem import Floats, Ints, Problem

LISTS: Final = ("date first", "cheapest first")
_SOONER: Final = 1e12
"""Money that a quarter sooner is worth, where the first with room is taken."""


def go_down(problem: Problem, which: str) -> tuple[Ints, Ints, float]:
    """Option and quarter of each unit, -1 where none had room, and the value of those that have a place."""
    board = empty_board(problem)
    classes, of = problem.classes, problem.unit_class
    possible = np.where(np.isfinite(board.cost), board.cost, np.inf)
    if which == "date first":
        keys: tuple[Floats, ...] = (-classes.exposure[of], classes.last[of].astype(float))
        price = possible + np.arange(problem.quarters)[None, :] * _SOONER
    else:
        keys = (best_by_class(problem, possible).min(axis=1)[of],)
        price = possible
    order = np.lexsort((*keys, _depth(problem), ~_waited(problem)))
    insert(board, order.astype(np.int64), price)
    return board.option, board.quarter, value_of(board)


def _waited(problem: Problem) -> np.ndarray:
    waited = np.zeros(len(problem.unit_class), dtype=bool)
    waited[problem.parents] = True
    return waited


def _depth(problem: Problem) -> Ints:
    """How many units stand above each, in the longest line."""
    below = np.repeat(np.arange(len(problem.unit_class)), np.diff(problem.parent_start))
    depth = np.zeros(len(problem.unit_class), dtype=np.int64)
    while True:
        deeper = depth.copy()
        np.maximum.at(deeper, below, depth[problem.parents] + 1)
        if (deeper == depth).all():
            return depth
        depth = deeper
