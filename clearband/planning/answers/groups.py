"""The limits of a problem by name: whose money, which region's crews, which maker's supply, which date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from clearband.planning.problem import Floats, Ints
from clearband.planning.units.assemble import Assembled
from clearband.planning.units.shares import least_of


@dataclass(frozen=True)
class Groups:
    """Names of what the arrays of a problem stand for.

    Attributes:
        caps: [S] number of the cap in the settings that a row comes from, from 0; -1 for another rule.
        least: Number of the rule of ``least_makers`` that each of ``Problem.floors`` comes from, from 0.
        lowest: Units by which each of them may be lowered, so that a maker has one unit at least.
        dates: Owner, group and last quarter of work of each date before the end of the horizon.
        key: [C] number in ``dates``; -1 for none.
        sites: [R] of each region.
        limited: Names that have a limit, by kind.
    """

    owners: list[str]
    regions: list[str]
    families: list[tuple[str, str]]
    caps: Ints
    least: list[int]
    lowest: Floats
    dates: list[tuple[str, str, int]]
    key: Ints
    sites: Floats
    limited: dict[str, list[bool]]


def groups_of(assembled: Assembled) -> Groups:
    """The names of the limits of a problem."""
    network, problem = assembled.network, assembled.problem
    owners = sorted(set(network.clusters.get_column("owner")))
    regions = sorted(set(network.clusters.get_column("region")))
    units = assembled.work.units.sort("unit")
    end = problem.quarters - 1 - problem.overlap
    dated = units.filter(pl.col("last") < end).select("owner", "group", "last")
    dates = sorted(set(dated.iter_rows()))
    key = np.full(len(problem.classes.count), -1, dtype=np.int64)
    numbers = pl.DataFrame(dates, schema=dated.schema, orient="row").with_row_index("number")
    told = units.join(numbers, on=dated.columns, how="left", maintain_order="left")
    key[problem.unit_class] = told.get_column("number").cast(pl.Int64).fill_null(-1).to_numpy()
    placed = network.sites.join(network.clusters, on="cluster").get_column("region").value_counts()
    count = dict(placed.iter_rows())
    money = set(network.money.get_column("owner"))
    crews = set(network.crews.get_column("region"))
    supply = set(network.supply.select("maker", "role").iter_rows())
    least = list(least_of(network, assembled.work))
    return Groups(
        owners, regions, assembled.families, _caps(assembled),
        [one.number for one in least], np.array([float(one.units - 1) for one in least]), dates, key,
        np.array([float(count.get(region, 0)) for region in regions]),
        {
            "money": [owner in money for owner in owners],
            "crews": [region in crews for region in regions],
            "supply": [family in supply for family in assembled.families],
        },
    )  # fmt: skip


def _caps(assembled: Assembled) -> Ints:
    """In the order in which ``units/shares.py`` lays the rows."""
    of: list[int] = []
    for number, cap in enumerate(assembled.network.settings.caps):
        of += [
            number for maker, role in assembled.families if role == cap.role and cap.maker in (None, maker)
        ]
    rows = len(assembled.problem.limit)
    return np.array((of + [-1] * rows)[:rows], dtype=np.int64)


def totals(assembled: Assembled, groups: Groups) -> dict[str, Any]:
    """What there is of each kind over the horizon: money, hours, and units by role ([F] of the family's)."""
    problem = assembled.problem

    def told(table: Floats, kind: str) -> float:
        return float(table[np.array(groups.limited[kind], dtype=bool)].sum()) or 1.0

    roles = np.array([role for _, role in groups.families])
    supplied = np.where(groups.limited["supply"], problem.supply.sum(axis=1), 0.0)
    by_role = np.array([float(supplied[roles == role].sum()) or 1.0 for role in roles])
    return {
        "money": told(problem.money.new, "money"),
        "crews": told(problem.crews, "crews"),
        "supply": by_role,
    }
