"""Dates that become later, by as few quarters as there is a plan with."""

from __future__ import annotations

import time
from datetime import date

import numpy as np

from clearband.planning.answers.elastic import Elastic
from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups
from clearband.planning.answers.relaxation import LaterDate, Relaxation
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled
from clearband.planning.units.work import last_quarter


def least_later(
    elastic: Elastic, later: Ints, excess: Excess, *, whole: bool, until: float
) -> tuple[Ints, Excess]:
    """All dates by as few quarters as possible, then each by fewer where the others allow it.

    Args:
        until: Of the monotonic clock; what is found by then is enough, and may not be the least.
    """
    low, high = 1, int(later.max(initial=1))
    while low < high and time.monotonic() < until:
        middle = (low + high) // 2
        found = elastic.least({}, later=np.full_like(later, middle), whole=whole)
        if found is None:
            low = middle + 1
        else:
            high, excess = middle, found
    later = np.full_like(later, high)
    for number in range(len(later)):
        low, high = 0, int(later[number])
        while low < high and time.monotonic() < until:
            middle = (low + high) // 2
            tried = later.copy()
            tried[number] = middle
            found = elastic.least({}, later=tried, whole=whole)
            if found is None:
                low = middle + 1
            else:
                high, later, excess = middle, tried, found
    return later, excess


def dates_later(assembled: Assembled, groups: Groups, later: Ints) -> Relaxation:
    """The relaxation that moves each date by so many quarters, the horizon at the most."""
    settings = assembled.network.settings
    units = assembled.work.units
    entries: dict[tuple[str, str, date], date] = {}
    for (owner, group, last), quarters in zip(groups.dates, later.tolist(), strict=True):
        if not quarters:
            continue
        mine = units.filter((units["owner"] == owner) & (units["group"] == group) & (units["last"] == last))
        items = assembled.work.items
        days = items.filter(items["unit"].is_in(mine["unit"].to_list()))["remove_by"].unique().drop_nulls()
        wanted = min(last + quarters, settings.quarters - 1 - settings.overlap_quarters)
        to = settings.last_day(wanted + settings.overlap_quarters)
        for day in days.sort().to_list():
            if last_quarter(settings, day) < wanted and day < to:
                key = (owner, group, day)
                entries[key] = max(entries.get(key, to), to)
    dates = [
        LaterDate(owner=owner, group=group, remove_by=day, to=to)
        for (owner, group, day), to in sorted(entries.items())
    ]
    return Relaxation(dates=tuple(dates))
