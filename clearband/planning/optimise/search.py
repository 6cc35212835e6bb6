"""Simulated annealing over where and how units stand (Kirkpatrick et al. 1983), with partners that make room.

A move gives one unit another option and quarter. If a limit is in the way, a unit that uses that limit makes
room and goes elsewhere; if a unit above stands too late, it comes forward. A move that does not end in a plan
is undone, so that what stands keeps all limits at any time. Units without a place cost more than any place.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from clearband.planning.optimise.kernels import (
    CASH,
    FAMILY,
    NOTHING,
    Board,
    _compiled,
    hinders,
    latest,
    lift,
    put,
    stand,
)
from clearband.planning.problem import Floats, Ints

_LOG: Final = 16
_SCAN: Final = 48
"""Units looked at for one that could make room."""
_TRIES: Final = 6
"""Places tried for a unit that made room."""


@_compiled
def _shift(board: Board, log: Ints, used: int, unit: int, option: int, quarter: int) -> int:
    """Lift the unit, note where it stood, and put it there (nowhere when ``option`` is -1)."""
    log[used, 0] = unit
    log[used, 1] = board.option[unit]
    log[used, 2] = board.quarter[unit]
    lift(board, unit)
    if option >= 0:
        stand(board, unit, option, quarter)
    return used + 1


@_compiled
def _undo(board: Board, log: Ints, used: int) -> None:
    for i in range(used - 1, -1, -1):
        lift(board, log[i, 0])
        if log[i, 1] >= 0:
            stand(board, log[i, 0], log[i, 1], log[i, 2])


@_compiled
def _value(board: Board, option: int, quarter: int, missing: float) -> float:
    return board.cost[option, quarter] if option >= 0 else missing


@_compiled
def _short(board: Board, weight: Floats) -> float:
    """What it costs that least shares are not reached."""
    total = 0.0
    for row in range(weight.shape[0]):
        if board.rows[row] < 0.0:
            total -= weight[row] * board.rows[row]
    return total


@_compiled
def _bring_forward(board: Board, log: Ints, used: int, unit: int, quarter: int) -> int:
    """Move the units above, where they stand later than the quarter, into it; -1 when one cannot."""
    for i in range(board.above_start[unit], board.above_start[unit + 1]):
        above = board.above[i]
        if board.option[above] >= 0 and board.quarter[above] <= quarter:
            continue
        of = board.of[above]
        best, option = np.inf, -1
        if board.option[above] >= 0 and used < _LOG - 4 and quarter >= board.first[of]:
            open_from = 0
            for k in range(board.above_start[above], board.above_start[above + 1]):
                open_from = max(open_from, board.quarter[board.above[k]])
            if open_from <= quarter:
                used = _shift(board, log, used, above, -1, -1)
                for o in range(board.start[of], board.start[of + 1]):
                    if (
                        quarter >= board.option_first[o]
                        and board.cost[o, quarter] < best
                        and hinders(board, above, o, quarter) == NOTHING
                    ):
                        best, option = board.cost[o, quarter], o
        if option < 0:
            _undo(board, log, used)
            return -1
        stand(board, above, option, quarter)
    return used


@_compiled
def _make_room(
    board: Board, log: Ints, used: int, unit: int, option: int, quarter: int, why: int,
    places: Ints, place_count: Ints,
) -> int:  # fmt: skip
    """Let another unit go elsewhere so that this one fits; -1 when none is found."""
    units = board.of.shape[0]
    of = board.of[unit]
    region = board.region[of]
    first, count = board.peer_start[region], board.peer_start[region + 1] - board.peer_start[region]
    old_option, old_quarter = log[used - 1, 1], log[used - 1, 2]
    at = np.random.randint(units)
    tried = 0
    for step in range(_SCAN):
        if why in (FAMILY, CASH):
            other = (at + step) % units
        else:
            other = board.peers[first + (at + step) % count]
        if (
            other == unit
            or board.option[other] < 0
            or board.below_start[other + 1] > board.below_start[other]
        ):
            continue
        if why == CASH:
            if board.owner[board.of[other]] != board.owner[of] or board.quarter[other] > quarter:
                continue
        elif board.quarter[other] != quarter:
            continue
        tried += 1
        if tried > 3:
            return -1
        was, when = board.option[other], board.quarter[other]
        lift(board, other)
        if hinders(board, unit, option, quarter) != NOTHING:
            stand(board, other, was, when)
            continue
        put(board, unit, option, quarter, 1.0)
        mine = board.of[other]
        low = 0
        for i in range(board.above_start[other], board.above_start[other + 1]):
            low = max(low, board.quarter[board.above[i]])
        best, best_option, best_quarter = np.inf, -1, -1
        for attempt in range(_TRIES):
            if attempt == 0 and old_option >= 0:
                t = old_quarter
                o = board.start[mine] + np.random.randint(board.start[mine + 1] - board.start[mine])
                if t < max(board.first[mine], board.option_first[o]) or t > board.last[mine]:
                    continue
            else:
                k = np.random.randint(place_count[mine])
                o, t = places[mine, k, 0], places[mine, k, 1]
            if t >= low and board.cost[o, t] < best and hinders(board, other, o, t) == NOTHING:
                best, best_option, best_quarter = board.cost[o, t], o, t
        put(board, unit, option, quarter, -1.0)
        stand(board, other, was, when)
        if best_option >= 0:
            return int(_shift(board, log, used, other, best_option, best_quarter))
    return -1


@_compiled
def anneal(
    board: Board, places: Ints, place_count: Ints, seed: int, steps: int, hot: float, cold: float,
    missing: float, weight: Floats,
) -> int:  # fmt: skip
    """Search from what stands, for so many steps, the temperature falling from ``hot`` to ``cold`` money.

    Args:
        places: [C, K, 2] options and quarters worth a try, best first; ``place_count`` [C] of them.
        missing: Cost of a unit without a place.
        weight: [S] cost of a unit short of a least share.

    Returns:
        How many units have no place. Where units stand is in the board.
    """
    np.random.seed(seed)
    units = board.of.shape[0]
    lost = np.empty(units, dtype=np.int64)
    where = np.full(units, -1, dtype=np.int64)
    count = 0
    for unit in range(units):
        if board.option[unit] < 0:
            lost[count] = unit
            where[unit] = count
            count += 1
    log = np.empty((_LOG, 3), dtype=np.int64)
    shares = weight.shape[0] > 0
    for step in range(steps):
        if count > 0 and np.random.random() < 0.2:
            unit = lost[np.random.randint(count)]
        else:
            unit = np.random.randint(units)
        of = board.of[unit]
        draw = np.random.random()
        k = int(place_count[of] * draw * draw)
        option, quarter = places[of, k, 0], places[of, k, 1]
        if board.option[unit] == option and board.quarter[unit] == quarter:
            continue
        if latest(board, unit) < quarter:
            continue
        before = _short(board, weight) if shares else 0.0
        used = _bring_forward(board, log, 0, unit, quarter)
        if used < 0:
            continue
        used = _shift(board, log, used, unit, -1, -1)
        why = hinders(board, unit, option, quarter)
        if why != NOTHING:
            more = _make_room(board, log, used, unit, option, quarter, why, places, place_count)
            if more < 0:
                _undo(board, log, used)
                continue
            used = more
        stand(board, unit, option, quarter)
        gain = _short(board, weight) - before if shares else 0.0
        for i in range(used):
            moved = log[i, 0]
            gain += _value(board, board.option[moved], board.quarter[moved], missing)
            gain -= _value(board, log[i, 1], log[i, 2], missing)
        temperature = hot * (cold / hot) ** (step / steps)
        if gain > 0.0 and np.random.random() >= np.exp(-gain / temperature):
            _undo(board, log, used)
        elif where[unit] >= 0:
            count -= 1
            last = lost[count]
            lost[where[unit]] = last
            where[last] = where[unit]
            where[unit] = -1
    return count
