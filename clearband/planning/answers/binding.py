"""What binds most: of each kind of limit the one that most money hangs on, in its dearest quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.shadow import Shadow, limit_prices, shadows
from clearband.planning.optimise.solve import SAMPLE, Solution
from clearband.planning.units.assemble import Assembled

_LEAST: Final = 1e-4
"""Share of the value of the plan below which next to nothing hangs on a kind of limit."""


def binding(assembled: Assembled, solution: Solution, *, dates: bool = True) -> tuple[Shadow, ...]:
    """One limit of each kind that binds, the kind that most money hangs on first.

    ``worth`` is that of all limits of the kind, in all quarters; the rest is of the limit and quarter.

    Args:
        dates: Whether the dates of the problem are those of the network.
    """
    groups = groups_of(assembled)
    if dates and len(assembled.problem.classes.count) <= SAMPLE:
        rows = shadows(assembled, groups).rows
    else:
        rows = list(limit_prices(assembled, groups, solution.prices))
    of_kind: dict[str, float] = defaultdict(float)
    of_name: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        of_kind[row.kind] += row.worth
        of_name[row.kind, row.name] += row.worth
    found = []
    for kind in sorted(of_kind, key=lambda kind: (-of_kind[kind], kind)):
        if of_kind[kind] > _LEAST * abs(solution.value):
            mine = [row for row in rows if row.kind == kind]
            most = max(mine, key=lambda row: (of_name[kind, row.name], row.saves, row.name))
            found.append(replace(most, worth=of_kind[kind]))
    return tuple(found)
