"""A short search: whether a plan is near, before a search that takes its time."""

from __future__ import annotations

from typing import Final

import numpy as np

from clearband.planning.optimise.board import empty_board, places_of
from clearband.planning.optimise.found import Found, now
from clearband.planning.optimise.generate import generate
from clearband.planning.optimise.kernels import Board, insert
from clearband.planning.optimise.prices import costs
from clearband.planning.optimise.sample import sample
from clearband.planning.optimise.search import anneal
from clearband.planning.optimise.solve import begin
from clearband.planning.problem import Floats, Problem

_CLASSES: Final = 600
_TOLERANCE: Final = 0.01
"""Of the sample that prices are of, and to which they are found."""
_STEPS: Final = 400_000
_HOT: Final = 0.005
"""Temperature at first, against the mean cost of a unit; it falls by half."""
_PLACES: Final = 80


def hasty(problem: Problem) -> Found:
    """Where units stand after a short search; some may have no place though there is a plan.

    Args:
        problem: With makers chosen, so that no ``floors`` are left.
    """
    price = costs(problem, generate(sample(problem, _CLASSES), tolerance=_TOLERANCE).prices)
    board = empty_board(problem)
    begin(problem, board, price, 0, None)
    found = now(board)
    return found if not found.missing else _moved(problem, board, price, _STEPS)


def compile_search(problem: Problem) -> None:
    """Have the search compiled, which is done once on a machine and takes a while: no search's time."""
    board = empty_board(problem)
    _moved(problem, board, board.cost, 0)


def _moved(problem: Problem, board: Board, price: Floats, steps: int) -> Found:
    places, count = places_of(problem, price, _PLACES)
    cost = np.abs(board.cost[np.isfinite(board.cost)])
    mean = float(cost.mean()) or 1.0
    missing = 1.5 * float(cost.max()) + mean
    weight = np.where(problem.limit < 0, missing, 0.0)
    hot = _HOT * mean
    anneal(
        board._replace(cost=price), places, count, 0, steps, hot, 0.5 * hot, missing, weight, True
    )  # fmt: skip
    # The search looks at the best places only.
    insert(board, np.flatnonzero(board.option < 0), board.cost)
    return now(board)
