"""Dates that become later by as few quarters as there is a plan with, and a longer horizon where need be."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from clearband.model.network import Group
from clearband.planning.answers.asked import Asked
from clearband.planning.answers.groups import Groups
from clearband.planning.answers.offer import Offers
from clearband.planning.answers.question import Question
from clearband.planning.answers.relaxation import LaterDate, Relaxation, relaxed
from clearband.planning.answers.ways import Way
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled, assemble
from clearband.planning.units.work import last_quarter

_MOST_QUARTERS: Final = 60
_LONGER: Final = (0, 2, 4, 8, 12)
"""Quarters that the horizon is longer."""
_MORE: Final = (0, 1, 2, 4)
"""Quarters later than is needed where parts of units count, until a plan is found."""


def dates(asked: Asked, offers: Offers) -> Way:
    """Dates moved, the limits held."""
    if _too_little_money(asked):
        return Way("dates", "cannot", False, None, {}, None, None)
    network = asked.assembled.network
    for longer in _LONGER:
        if network.settings.quarters + longer > _MOST_QUARTERS or not asked.clock.left():
            break
        base = Relaxation(quarters=longer)
        now = asked if not longer else Asked(assemble(relaxed(network, base)), asked.clock)
        if now.whole and now.impossible(_all_later(now), whole=True):
            continue
        least = _least(now)
        for more in _MORE if least is not None else ():
            assert least is not None
            some = (least > 0) | (more > 1) | ~least.any()
            later = np.where(some, least + more, 0)
            by = base.joined(dates_later(now.assembled, now.groups, later))
            proof = None
            if not by.empty and asked.clock.left():
                proof = offers.prove(by, hasty=not now.whole)
            if proof is not None:
                moved = {"quarters": float(max([longer, *later.tolist()]))}
                return Way("dates", "enough", False, None, moved, offers.named(by, {}), proof)
    return Way("dates", "not-found", False, None, {}, None, None)


def _too_little_money(asked: Asked) -> bool:
    """Whether an owner has less money than all its work costs at the least, whenever it is done."""
    network, problem = asked.assembled.network, asked.assembled.problem
    kept = np.array(
        [
            1.0 - sum(one.share for one in network.settings.refunds if one.covers(owner, group))
            for owner in asked.groups.owners
            for group in Group
        ]
    )
    classes, options = problem.classes, problem.options
    spent = (options.now + options.later) * kept[classes.way[options.of]]
    least = np.minimum.reduceat(spent, options.start[:-1]) * classes.count
    needed = np.bincount(classes.owner, least, minlength=len(asked.groups.owners))
    there = problem.money.new.sum(axis=1)
    limited = np.array(asked.groups.limited["money"], dtype=bool)
    return asked.assembled.complete and bool((limited & (needed > there * (1 + 1e-5) + 1.0)).any())


def _all_later(asked: Asked) -> Question:
    """Every date as late as the horizon lets it be."""
    return Question(later=np.full(len(asked.groups.dates), asked.assembled.problem.quarters))


def _least(asked: Asked) -> Ints | None:
    """[K] quarters by which each date has to be later at the least, as far as parts of units go."""
    count = len(asked.groups.dates)
    low, high = 0, asked.assembled.problem.quarters
    if asked.impossible(_all_later(asked), whole=False):
        return None
    while low < high and asked.clock.left():
        middle = (low + high) // 2
        if asked.impossible(Question(later=np.full(count, middle)), whole=False):
            low = middle + 1
        else:
            high = middle
    found = asked.linear.least(Question(later=np.full(count, high), lateness=True), asked.clock)
    return None if found.excess is None else asked.linear.lateness(found.excess, count)


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
