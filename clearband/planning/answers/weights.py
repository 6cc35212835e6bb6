"""What one unit of each limit is of all there is: shares, by which different limits are compared."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from clearband.planning.answers.groups import Groups, totals
from clearband.planning.problem import Floats
from clearband.planning.units.assemble import Assembled

_LITTLE: Final = 0.05
"""Of what the work needs: where there is less of a limit, shares are of so much."""
_LEAST_SERVICE: Final = 0.01
UNEVEN: Final = 1.001
"""At most so many times more weighs a maker that delivers less: where makers are alike, few deliver more."""


def weights_of(assembled: Assembled, groups: Groups) -> dict[str, Floats]:
    """By kind, the share of all there is of one unit of each limit; infinite for what has no limit."""
    problem, settings = assembled.problem, assembled.network.settings
    there, needed = totals(assembled, groups), _needed(assembled, groups)
    weights: dict[str, Floats] = {}
    for kind in ("money", "crews", "supply"):
        limited = np.array(groups.limited[kind], dtype=bool)
        of = np.maximum(there[kind], _LITTLE * needed[kind])
        weights[kind] = np.where(limited, 1.0 / np.broadcast_to(of, limited.shape), np.inf)
    order = np.argsort(-problem.supply.sum(axis=1), kind="stable")
    weights["supply"][order] *= 1.0 + (UNEVEN - 1.0) * np.arange(len(order)) / max(len(order), 1)
    weights = {kind: np.repeat(each, problem.quarters) for kind, each in weights.items()}
    units = dict(assembled.work.items.group_by("role").agg(pl.col("quantity").sum()).iter_rows())
    caps = [cap.role for cap in settings.caps[: int(groups.caps.max(initial=-1)) + 1]]
    least = [settings.least_makers[number].role for number in groups.least]
    for kind, roles in (("caps", caps), ("makers", least)):
        weights[kind] = np.array([1.0 / float(units.get(role) or 1) for role in roles])
    weights["fewer"] = np.ones(len(least))
    weights["service"] = np.array([1.0 / max(settings.down_share, _LEAST_SERVICE)])
    return weights


def plenty_of(assembled: Assembled, groups: Groups) -> dict[str, bool]:
    """By kind, whether shares are of what there is, and not of what the work needs."""
    there, needed = totals(assembled, groups), _needed(assembled, groups)
    return {kind: bool(np.all(there[kind] >= _LITTLE * needed[kind])) for kind in there}


def _needed(assembled: Assembled, groups: Groups) -> dict[str, Any]:
    """What all work needs at the least: money, hours, and units by role ([F] of the family's)."""
    options, count = assembled.problem.options, assembled.problem.classes.count
    begin = options.start[:-1]
    goes = assembled.work.items.filter("goes").group_by("role").agg(pl.col("quantity").sum())
    units = dict(goes.iter_rows())
    return {
        "money": float(np.minimum.reduceat(options.now + options.later, begin) @ count),
        "crews": float(np.minimum.reduceat(options.hours + options.later_hours, begin) @ count),
        "supply": np.array([float(units.get(role, 0)) for _, role in groups.families]),
    }
