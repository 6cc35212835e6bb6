"""The inner loops, compiled: does a unit fit, put it in, and the search that moves units about.

They work on one set of arrays, :class:`Board`: what is left of each limit, and where each unit stands.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit

from clearband.planning.problem import Floats, Ints

_SLACK: Final = 1e-9
NOTHING, ORDER, REGION, FAMILY, CASH = 0, 1, 2, 3, 4
"""What keeps a unit from a quarter."""


class Board(NamedTuple):
    """Where each unit stands, and what is left of the limits. Changed in place.

    Attributes:
        option, quarter: [U]; -1 where a unit has no place.
        crews, supply, service, cash, rows: What is left: [R, T], [F, T], [R, T], [W, T] of all money up to a
            quarter, [S]; ``rows`` is below 0 while a least share is not reached.
        of: [U] class. The rest is of the problem, by class or option, and ``cost`` [O, T].
        below, below_start: Units that wait for a unit.
        peers, peer_start: Units by region.
    """

    option: Ints
    quarter: Ints
    crews: Floats
    supply: Floats
    service: Floats
    cash: Floats
    rows: Floats
    of: Ints
    region: Ints
    owner: Ints
    way: Ints
    sites: Floats
    first: Ints
    last: Ints
    start: Ints
    now: Floats
    later: Floats
    hours: Floats
    later_hours: Floats
    family: Ints
    amount: Floats
    option_first: Ints
    cost: Floats
    factor: Floats
    balance: Floats
    above: Ints
    above_start: Ints
    below: Ints
    below_start: Ints
    peers: Ints
    peer_start: Ints
    overlap: int


def _compiled(function: Any) -> Any:
    return njit(cache=True, nogil=True)(function)


@_compiled
def hinders(board: Board, unit: int, option: int, quarter: int) -> int:
    """What limit keeps the unit from being done so in this quarter; ``NOTHING`` when it fits."""
    of = board.of[unit]
    region, span = board.region[of], board.crews.shape[1]
    if board.crews[region, quarter] + _SLACK < board.hours[option]:
        return REGION
    after = quarter + board.overlap
    hours = board.later_hours[option]
    if hours > 0.0:
        left = board.crews[region, after]
        if board.overlap == 0:
            left -= board.hours[option]
        if left + _SLACK < hours:
            return REGION
    if board.service[region, quarter] + _SLACK < board.sites[of]:
        return REGION
    for j in range(board.family.shape[1]):
        amount = board.amount[option, j]
        if amount > 0.0 and board.supply[board.family[option, j], quarter] + _SLACK < amount:
            return FAMILY
    for row in range(board.rows.shape[0]):
        used = 0.0
        for j in range(board.family.shape[1]):
            used += board.amount[option, j] * board.factor[row, board.family[option, j]]
        if used > 0.0 and board.rows[row] + _SLACK < used:
            return FAMILY
    owner, way = board.owner[of], board.way[of]
    now, later = board.now[option], board.later[option]
    for t in range(quarter, span):
        short = now * board.balance[way, quarter, t] + later * board.balance[way, after, t]
        if short < 0.0 and board.cash[owner, t] + short < -1e-6:
            return CASH
    return NOTHING


@_compiled
def put(board: Board, unit: int, option: int, quarter: int, sign: float) -> None:
    """Take what the unit needs from the limits (``sign`` 1), or give it back (-1)."""
    of = board.of[unit]
    region, span = board.region[of], board.crews.shape[1]
    after = quarter + board.overlap
    board.crews[region, quarter] -= sign * board.hours[option]
    board.crews[region, after] -= sign * board.later_hours[option]
    board.service[region, quarter] -= sign * board.sites[of]
    for j in range(board.family.shape[1]):
        family, amount = board.family[option, j], board.amount[option, j]
        if amount > 0.0:
            board.supply[family, quarter] -= sign * amount
            for row in range(board.rows.shape[0]):
                board.rows[row] -= sign * amount * board.factor[row, family]
    owner, way = board.owner[of], board.way[of]
    now, later = board.now[option], board.later[option]
    for t in range(quarter, span):
        board.cash[owner, t] += sign * (
            now * board.balance[way, quarter, t] + later * board.balance[way, after, t]
        )


@_compiled
def stand(board: Board, unit: int, option: int, quarter: int) -> None:
    """Put the unit there and note it."""
    put(board, unit, option, quarter, 1.0)
    board.option[unit] = option
    board.quarter[unit] = quarter


@_compiled
def lift(board: Board, unit: int) -> None:
    """Take the unit from its place, if it has one."""
    if board.option[unit] >= 0:
        put(board, unit, board.option[unit], board.quarter[unit], -1.0)
        board.option[unit] = -1
        board.quarter[unit] = -1


@_compiled
def earliest(board: Board, unit: int) -> int:
    """First quarter that units above leave open."""
    quarter = 0
    for i in range(board.above_start[unit], board.above_start[unit + 1]):
        quarter = max(quarter, board.quarter[board.above[i]])
    return int(quarter)


@_compiled
def latest(board: Board, unit: int) -> int:
    """Last quarter that units below leave open."""
    quarter = board.crews.shape[1] - 1
    for i in range(board.below_start[unit], board.below_start[unit + 1]):
        other = board.quarter[board.below[i]]
        if other >= 0:
            quarter = min(quarter, other)
    return int(quarter)


@_compiled
def put_back(board: Board, order: Ints, options: Ints, quarters: Ints) -> None:
    """Put units, in this order, where an earlier plan had them, as far as they fit; -1: nowhere."""
    for unit in order:
        option, quarter = options[unit], quarters[unit]
        if (
            option >= 0
            and quarter >= 0
            and np.isfinite(board.cost[option, quarter])
            and earliest(board, unit) <= quarter <= latest(board, unit)
            and hinders(board, unit, option, quarter) == NOTHING
        ):
            stand(board, unit, option, quarter)


@_compiled
def insert(board: Board, order: Ints, price: Floats) -> int:
    """Put units in, in this order, each where it fits and ``price`` [O, T] is least; how many did not fit."""
    missed = 0
    span = board.crews.shape[1]
    for unit in order:
        of = board.of[unit]
        low, high = earliest(board, unit), latest(board, unit)
        best, option, quarter = np.inf, -1, -1
        for o in range(board.start[of], board.start[of + 1]):
            for t in range(low, min(high, span - 1) + 1):
                if price[o, t] < best and hinders(board, unit, o, t) == NOTHING:
                    best, option, quarter = price[o, t], o, t
        if option < 0:
            missed += 1
        else:
            stand(board, unit, option, quarter)
    return missed
