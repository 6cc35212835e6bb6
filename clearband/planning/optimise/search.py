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
_PARTNERS: Final = 3
_TRIES: Final = 8
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
def _partner(board: Board, unit: int, quarter: int, why: int, at: int) -> int:
    """A unit that uses what is in the way and can go elsewhere, looked for from ``at`` on; -1 for none."""
    of = board.of[unit]
    if why in (FAMILY, CASH):
        first, count = 0, board.of.shape[0]
    else:
        region = board.region[of]
        first, count = board.peer_start[region], board.peer_start[region + 1] - board.peer_start[region]
    for step in range(_SCAN):
        i = first + (at + step) % count
        other = i if why in (FAMILY, CASH) else board.peers[i]
        if (
            other == unit
            or board.option[other] < 0
            or board.below_start[other + 1] > board.below_start[other]
        ):
            continue
        waits = False
        for k in range(board.above_start[other], board.above_start[other + 1]):
            waits = waits or board.above[k] == unit
        if waits:
            continue
        if why == CASH:
            if board.owner[board.of[other]] == board.owner[of] and board.quarter[other] <= quarter:
                return int(other)
        elif board.quarter[other] == quarter:
            return int(other)
    return -1


@_compiled
def _place_best(board: Board, unit: int, old: Ints, places: Ints, place_count: Ints) -> bool:
    """Put a unit that made room where it is cheapest of some places; False when it fits in none."""
    of = board.of[unit]
    low = 0
    for i in range(board.above_start[unit], board.above_start[unit + 1]):
        low = max(low, board.quarter[board.above[i]])
    best, best_option, best_quarter = np.inf, -1, -1
    for attempt in range(_TRIES):
        if attempt < 2:
            # Where the other came from, and another way in the same quarter.
            t = old[attempt]
            o = board.start[of] + np.random.randint(board.start[of + 1] - board.start[of])
            if t < max(board.first[of], board.option_first[o]) or t > board.last[of]:
                continue
        else:
            k = np.random.randint(place_count[of])
            o, t = places[of, k, 0], places[of, k, 1]
        if t >= low and board.cost[o, t] < best and hinders(board, unit, o, t) == NOTHING:
            best, best_option, best_quarter = board.cost[o, t], o, t
    if best_option < 0:
        return False
    stand(board, unit, best_option, best_quarter)
    return True


@_compiled
def _make_room(
    board: Board, log: Ints, used: int, unit: int, option: int, quarter: int, why: int,
    places: Ints, place_count: Ints,
) -> int:  # fmt: skip
    """Let up to ``_PARTNERS`` units go elsewhere so that this one fits.

    Returns:
        How far the log is used; below 0 and less one when it did not work out, and is to be undone.
    """
    mine = used - 1
    first = used
    while why != NOTHING:
        other = _partner(board, unit, quarter, why, np.random.randint(board.of.shape[0]))
        if other < 0 or used - first == _PARTNERS:
            return -used - 1
        used = _shift(board, log, used, other, -1, -1)
        why = hinders(board, unit, option, quarter)
    put(board, unit, option, quarter, 1.0)
    placed = True
    old = np.empty(2, dtype=np.int64)
    for i in range(first, used):
        old[0], old[1] = log[mine, 2], log[i, 2]
        if not _place_best(board, log[i, 0], old, places, place_count):
            placed = False
            break
    put(board, unit, option, quarter, -1.0)
    return used if placed else -used - 1


@_compiled
def anneal(
    board: Board, places: Ints, place_count: Ints, seed: int, steps: int, hot: float, cold: float,
    missing: float, weight: Floats, any_plan: bool,
) -> int:  # fmt: skip
    """Search from what stands, for so many steps, the temperature falling from ``hot`` to ``cold`` money.

    Args:
        places: [C, K, 2] options and quarters worth a try, best first; ``place_count`` [C] of them.
        missing: Cost of a unit without a place.
        weight: [S] cost of a unit short of a least share.
        any_plan: Ends with the first plan.

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
        if any_plan and count == 0 and _short(board, weight) == 0.0:
            break
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
                _undo(board, log, -more - 1)
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
