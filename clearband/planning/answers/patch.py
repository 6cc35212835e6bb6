"""What else limits are to be exceeded by where a search in a relaxed network left units without a place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups
from clearband.planning.answers.proof import Trial
from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.kernels import Board, earliest, latest, lift, stand
from clearband.planning.optimise.prices import depths
from clearband.planning.problem import Floats, Problem

_SLACK = 1e-6


def patched(
    excess: Excess, trial: Trial, groups: Groups, weights: Mapping[str, Floats], kinds: Collection[str]
) -> Excess:
    """An excess with room for the units that have no place, each where the least share more is needed.

    Args:
        trial: With the excess in its limits.
        weights: By kind, the share of all there is of one unit of each limit.
        kinds: That may be exceeded; units that others leave no room for stay without a place.
    """
    problem, option, quarter_of = trial.problem, trial.option, trial.quarter
    if option is None or quarter_of is None:
        return excess
    board = empty_board(problem)
    placed = np.flatnonzero(option >= 0)
    for unit in placed[np.argsort(quarter_of[placed], kind="stable")].tolist():
        stand(board, unit, int(option[unit]), int(quarter_of[unit]))
    costs = _Costs(problem, board, groups, weights, kinds)
    lost = np.flatnonzero(option < 0)
    depth = depths(problem.classes.parent)[problem.unit_class[lost]]
    todo = lost[np.lexsort((-costs.size(lost), depth))].tolist()
    for unit in todo:
        cost = costs.of(unit, until=latest(board, unit))
        waiting = not np.isfinite(cost).any()
        if waiting:
            cost = costs.of(unit, until=problem.quarters)
        if np.isfinite(cost).any():
            best, quarter = divmod(int(cost.argmin()), problem.quarters)
            if waiting:
                todo += _lifted(board, unit, quarter)
            stand(board, unit, int(problem.options.start[problem.unit_class[unit]]) + best, quarter)
    sites = np.maximum(groups.sites, 1.0)[:, None]
    short = np.maximum.accumulate(np.maximum(-board.cash, 0.0), axis=1)
    caps = excess.caps.copy()
    for row, left in enumerate(board.rows.tolist()):
        if groups.caps[row] >= 0 and left < -_SLACK:
            caps[groups.caps[row]] = max(caps[groups.caps[row]], excess.caps[groups.caps[row]] - left)
    return replace(
        excess,
        crews=excess.crews + np.maximum(-board.crews, 0.0),
        supply=excess.supply + np.maximum(-board.supply, 0.0),
        service=excess.service + float(np.maximum(-board.service / sites, 0.0).max()),
        money=excess.money + np.diff(short, axis=1, prepend=0.0),
        caps=caps,
    )


def _lifted(board: Board, unit: int, quarter: int) -> list[int]:
    """Units that stand before the unit that they wait for, taken from their places."""
    below = board.below[board.below_start[unit] : board.below_start[unit + 1]].tolist()
    early = [other for other in below if 0 <= board.quarter[other] < quarter]
    for other in early:
        lift(board, other)
    return early


class _Costs:
    """Share of all there is that a unit needs more of, by option and quarter."""

    def __init__(
        self, problem: Problem, board: Board, groups: Groups, weights: Mapping[str, Floats],
        kinds: Collection[str],
    ) -> None:  # fmt: skip
        self._problem, self._board, self._groups = problem, board, groups
        shapes = {
            "crews": problem.crews.shape, "supply": problem.supply.shape, "money": problem.money.new.shape,
            "caps": weights["caps"].shape, "service": (1,),
        }  # fmt: skip
        self._weights = {
            kind: weights[kind].reshape(shape) if kind in kinds else np.full(shape, np.inf)
            for kind, shape in shapes.items()
        }

    def size(self, units: np.ndarray) -> Floats:
        """[units] what they cost at the least."""
        options = self._problem.options
        spent = np.minimum.reduceat(options.now + options.later, options.start[:-1])
        of_units: Floats = spent[self._problem.unit_class[units]]
        return of_units

    def of(self, unit: int, until: int) -> Floats:
        """[options of the unit, T]; infinite where it cannot be, and after a quarter."""
        problem, board, weights = self._problem, self._board, self._weights
        classes, options, span, overlap = problem.classes, problem.options, problem.quarters, problem.overlap
        of = int(problem.unit_class[unit])
        region, owner, way = int(classes.region[of]), int(classes.owner[of]), int(classes.way[of])
        mine = np.arange(options.start[of], options.start[of + 1])
        quarter = np.arange(span)
        after = np.minimum(quarter + overlap, span - 1)
        out = _short(options.hours[mine, None], board.crews[region], weights["crews"][region])
        later = _short(options.later_hours[mine, None], board.crews[region], weights["crews"][region])
        out = out + later[:, after]
        out = out + _short(classes.sites[of], board.service[region], weights["service"]) / max(
            float(self._groups.sites[region]), 1.0
        )
        for j in range(options.family.shape[1]):
            family = options.family[mine, j]
            out = out + _short(options.amount[mine, j, None], board.supply[family], weights["supply"][family])
        for row, left in enumerate(board.rows.tolist()):
            cap = int(self._groups.caps[row])
            if cap >= 0:
                bought = (options.amount[mine] * problem.rows[row][options.family[mine]]).sum(axis=1)
                out = out + _short(bought[:, None], np.full(1, left), weights["caps"][cap : cap + 1])
        spent = options.now[mine, None, None] * problem.money.balance[way, :span]
        spent = spent + options.later[mine, None, None] * problem.money.balance[way, quarter + overlap]
        needed = (-spent - np.maximum(board.cash[owner], 0.0)).max(axis=2)
        out = out + np.where(needed > _SLACK, needed * weights["money"][owner, 0], 0.0)
        first = np.maximum(options.first[mine], max(int(classes.first[of]), earliest(board, unit)))
        out[quarter < first[:, None]] = np.inf
        out[:, quarter > min(int(classes.last[of]), until)] = np.inf
        return out


def _short(used: Floats, left: Floats, weight: Floats) -> Floats:
    short = np.maximum(used - np.maximum(left, 0.0), 0.0)
    with np.errstate(invalid="ignore"):
        return np.where((short > _SLACK) & (used > 0.0), short * weight, 0.0)
