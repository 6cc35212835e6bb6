"""What binds most: of each kind of limit the one that most money hangs on, in its dearest quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.shadow import Shadow, limit_prices, shadows
from clearband.planning.optimise.priced import SAMPLE
from clearband.planning.optimise.solve import Solution
from clearband.planning.units.assemble import Assembled

LEAST: Final = 1e-3
"""Share of the value of the plan below which next to nothing hangs on a kind of limit: what plans that are
compared may be from the best, so that less tells nothing."""


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
    of_name: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        of_name[row.kind, row.name] += row.worth
    found = []
    for kind, worth in weighty(rows, solution.value).items():
        mine = [row for row in rows if row.kind == kind]
        most = max(mine, key=lambda row: (of_name[kind, row.name], row.saves, row.name))
        found.append(replace(most, worth=worth))
    return tuple(found)


def weighty(rows: Iterable[Shadow], value: float) -> dict[str, float]:
    """What hangs on each kind of limit, the most first; kinds on which next to nothing hangs left out.

    Dates come last: of what they save only the most is known, which can be many times what it is.

    Args:
        value: Of the plan.
    """
    of_kind: dict[str, float] = defaultdict(float)
    for row in rows:
        # Of a limit of nought nothing hangs on what there is, and all on the first bit of it.
        of_kind[row.kind] += max(row.worth, row.saves)
    kinds = sorted(of_kind, key=lambda kind: (kind == "date", -of_kind[kind], kind))
    return {kind: of_kind[kind] for kind in kinds if of_kind[kind] > LEAST * abs(value)}
