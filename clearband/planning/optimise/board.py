"""A board of a problem: the limits untouched, no unit placed."""

from __future__ import annotations

import numpy as np

from clearband.planning.optimise.kernels import Board
from clearband.planning.optimise.prices import costs, no_prices
from clearband.planning.problem import Floats, Ints, Problem


def empty_board(problem: Problem) -> Board:
    """The board on which a search begins."""
    classes, options, money = problem.classes, problem.options, problem.money
    units = len(problem.unit_class)
    region = classes.region[problem.unit_class]
    below, below_start = _turned(problem.parents, problem.parent_start, units)
    return Board(
        option=np.full(units, -1, dtype=np.int64),
        quarter=np.full(units, -1, dtype=np.int64),
        crews=problem.crews.copy(),
        supply=problem.supply.copy(),
        service=problem.service.copy(),
        cash=money.new.cumsum(axis=1),
        rows=problem.limit.copy(),
        of=problem.unit_class,
        region=classes.region,
        owner=classes.owner,
        way=classes.way,
        sites=classes.sites,
        first=classes.first,
        last=classes.last,
        start=options.start,
        now=options.now,
        later=options.later,
        hours=options.hours,
        later_hours=options.later_hours,
        family=options.family,
        amount=options.amount,
        option_first=options.first,
        cost=costs(problem, no_prices(problem)),
        factor=problem.rows,
        balance=money.balance,
        above=problem.parents,
        above_start=problem.parent_start,
        below=below,
        below_start=below_start,
        peers=np.argsort(region, kind="stable"),
        peer_start=np.searchsorted(np.sort(region), np.arange(len(problem.crews) + 1)),
        overlap=problem.overlap,
    )


def value_of(board: Board) -> float:
    """Cost of all units that have a place."""
    placed = np.flatnonzero(board.option >= 0)
    return float(board.cost[board.option[placed], board.quarter[placed]].sum())


def places_of(problem: Problem, price: Floats, most: int) -> tuple[Ints, Ints]:
    """[C, K, 2] options and quarters of each class by rising price, and [C] how many there are."""
    start, span = problem.options.start, problem.quarters
    count = np.diff(start) * span
    places = np.zeros((len(count), most, 2), dtype=np.int64)
    found = np.zeros(len(count), dtype=np.int64)
    flat = price.ravel()
    for width in np.unique(count):
        of = np.flatnonzero(count == width)
        rows = flat[start[of][:, None] * span + np.arange(width)]
        keep = min(most, int(width))
        best = np.argsort(rows, axis=1, kind="stable")[:, :keep]
        number = start[of][:, None] * span + best
        places[of, :keep, 0], places[of, :keep, 1] = np.divmod(number, span)
        found[of] = np.isfinite(np.take_along_axis(rows, best, axis=1)).sum(axis=1)
    return places, found


def _turned(above: Ints, above_start: Ints, units: int) -> tuple[Ints, Ints]:
    unit = np.repeat(np.arange(units), np.diff(above_start))
    order = np.argsort(above, kind="stable")
    start = np.searchsorted(above[order], np.arange(units + 1)).astype(np.int64)
    return unit[order].astype(np.int64), start
