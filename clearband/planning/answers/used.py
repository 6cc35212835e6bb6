"""What a plan uses of each limit, what rests on which prices, and how near it comes to its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.planning.answers.groups import Groups
from clearband.planning.problem import Floats, Ints
from clearband.planning.units.assemble import Assembled

FULL: Final = 0.99


@dataclass(frozen=True, slots=True)
class Used:
    """What a plan uses of one limit in one quarter; ``share`` of what there is."""

    kind: str
    name: str
    quarter: int
    used: float
    limit: float
    share: float


def full_limits(assembled: Assembled, groups: Groups, option: Ints, quarter: Ints) -> list[Used]:
    """Limits that are used to 99 % and more, the fullest first. Money is all of it up to the quarter."""
    problem = assembled.problem
    options, classes, span = problem.options, problem.classes, problem.quarters
    there = option >= 0
    option, quarter, of = option[there], quarter[there], problem.unit_class[there]
    later = quarter + problem.overlap
    region, owner, way = classes.region[of], classes.owner[of], classes.way[of]
    crews, supply, service = (np.zeros_like(one) for one in (problem.crews, problem.supply, problem.service))
    np.add.at(crews, (region, quarter), options.hours[option])
    np.add.at(crews, (region, later), options.later_hours[option])
    np.add.at(service, (region, quarter), classes.sites[of])
    for j in range(options.family.shape[1]):
        np.add.at(supply, (options.family[option, j], quarter), options.amount[option, j])
    balance = problem.money.balance
    spent = np.zeros_like(problem.money.new)
    flow = balance[way, quarter] * options.now[option][:, None]
    flow = flow + balance[way, later] * options.later[option][:, None]
    np.add.at(spent, owner, -flow)
    found: list[Used] = []
    families = [" ".join(one) for one in groups.families]
    for kind, used, limit, names, limited in (
        ("money", spent, problem.money.new.cumsum(axis=1), groups.owners, groups.limited["money"]),
        ("crews", crews, problem.crews, groups.regions, groups.limited["crews"]),
        ("supply", supply, problem.supply, families, groups.limited["supply"]),
        ("service", service, problem.service, groups.regions, [True] * len(groups.regions)),
    ):  # fmt: skip
        found += _full(kind, used, limit, names, limited, span)
    found.sort(key=lambda one: (-one.share, one.kind, one.name, one.quarter))
    return found


def _full(
    kind: str, used: Floats, limit: Floats, names: list[str], limited: list[bool], span: int
) -> list[Used]:
    found = []
    for i, t in np.argwhere((used > 0) & (used >= FULL * limit)).tolist():
        if limited[i] and t < span:
            share = float(used[i, t] / limit[i, t]) if limit[i, t] > 0 else 1.0
            found.append(Used(kind, names[i], t, float(used[i, t]), float(limit[i, t]), share))
    return found


def spending(assembled: Assembled, work: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Undiscounted money for products by group, maker and grade of price, and for labour and visits."""
    settings = assembled.network.settings
    products = assembled.network.products.select(
        "product", "install_hours", "price_grade", price=settings.price_column
    )
    rows = work.join(products, on="product", how="left").with_columns(
        money=pl.col("quantity") * pl.col("price"),
        hours=pl.col("quantity") * pl.col("install_hours") * (1 + settings.removal_share),
        grade=pl.col("price_grade").fill_null("none told"),
    )
    visits = work.group_by("cluster", "group").agg(pl.col("site").n_unique()).get_column("site").sum()
    total = float(rows.get_column("money").sum())

    def by(column: str) -> list[dict[str, Any]]:
        table = rows.group_by(column).agg(pl.col("money").sum(), pl.col("quantity").sum())
        return [
            {"name": name, "money": money, "share": money / total if total else 0.0, "units": units}
            for name, money, units in table.sort(["money", column], descending=[True, False]).iter_rows()
        ]

    return {
        "group": by("group"),
        "maker": by("maker"),
        "grade": by("grade"),
        "other": [
            {"name": "labour", "money": float(rows.get_column("hours").sum()) * settings.labour_rate},
            {"name": "visits", "money": float(visits or 0) * settings.visit_cost},
        ],
    }


def near_dates(assembled: Assembled, quarter: Ints, most: int = 1) -> list[dict[str, Any]]:
    """Units of work that end within ``most`` quarters of their date, by owner, group and date."""
    units = assembled.work.units.sort("unit")
    settings = assembled.network.settings
    end = settings.quarters - 1 - settings.overlap_quarters
    table = units.with_columns(pl.Series("at", quarter, dtype=pl.Int64)).filter(
        (pl.col("at") >= 0) & (pl.col("last") < end)
    )
    near = (
        table.with_columns(spare=pl.col("last") - pl.col("at"))
        .filter(pl.col("spare") <= most)
        .group_by("owner", "group", "last", "spare")
        .agg(pl.len().alias("units"))
        .sort("spare", "owner", "group", "last")
    )
    overlap = settings.overlap_quarters
    return [
        {**row, "date": settings.last_day(last + overlap).isoformat()}
        for last, row in zip(near["last"].to_list(), near.drop("last").to_dicts(), strict=True)
    ]
