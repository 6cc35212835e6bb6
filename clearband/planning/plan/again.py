"""An earlier plan as the start of a search: what of it still holds for a network, perhaps a changed one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from clearband.planning.plan.work_table import choices_table
from clearband.planning.problem import Ints
from clearband.planning.units.assemble import Assembled


@dataclass(frozen=True, slots=True)
class Again:
    """Where an earlier plan had the units of a network.

    Attributes:
        option, quarter: [U]; -1 where the earlier plan says nothing that can be done.
        taken: Units that begin where they were.
        gone: Units of the earlier plan that are no more.
        other: Units of both that are done otherwise: a product that may not be bought, items that came since,
            a quarter outside the horizon, or items of one unit in two quarters.
        new: Units that the earlier plan does not know.
    """

    option: Ints
    quarter: Ints
    taken: int
    gone: int
    other: int
    new: int


def start_from(assembled: Assembled, work: pl.DataFrame) -> Again:
    """What of an earlier plan can be begun with.

    Args:
        work: Of the earlier plan, with ``item``, ``cluster``, ``group``, ``product`` and ``quarter``.
    """
    units = assembled.work.units.select("unit", "cluster", "group")
    before = work.select("cluster", "group").unique()
    known = units.join(before, on=["cluster", "group"]).height
    places = _places(assembled, work)
    count = len(assembled.problem.unit_class)
    option, quarter = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    unit = places.get_column("unit").to_numpy()
    option[unit] = places.get_column("option").to_numpy()
    quarter[unit] = places.get_column("at").to_numpy()
    return Again(option, quarter, places.height, before.height - known, known - places.height, count - known)


def _places(assembled: Assembled, work: pl.DataFrame) -> pl.DataFrame:
    """``unit``, ``option`` and ``at`` (quarter) of the units whose items all stand in the plan, alike."""
    settings, problem = assembled.network.settings, assembled.problem
    numbers = {settings.quarter_name(t): t for t in range(settings.quarters)}
    told = work.unique("item", keep="first", maintain_order=True).select(
        "item",
        pl.col("product").alias("bought"),
        pl.col("quarter").replace_strict(numbers, default=None, return_dtype=pl.Int64).alias("at"),
    )
    items = (
        assembled.work.items.filter("goes")
        .select("item", "unit", "need")
        .join(told, on="item", how="left")
        .with_columns(whole=pl.col("bought").is_not_null() & pl.col("at").is_not_null())
    )
    alike = (
        items.group_by("unit")
        .agg(pl.col("whole").all(), pl.col("at").first(), quarters=pl.col("at").n_unique())
        .filter(pl.col("whole") & (pl.col("quarters") == 1))
        .select("unit", "at")
    )
    of = pl.DataFrame({"unit": np.arange(len(problem.unit_class)), "class": problem.unit_class}).with_columns(
        pattern=pl.Series(assembled.pattern[problem.unit_class])
    )
    needs = (
        items.join(alike.select("unit"), on="unit")
        .group_by("unit", "need")
        .agg(pl.col("bought").first(), products=pl.col("bought").n_unique())
    )
    asked = needs.group_by("unit").agg(needs=pl.len(), one=(pl.col("products") == 1).all())
    options = pl.DataFrame(
        {
            "class": problem.options.of, "choice": assembled.choice,
            "option": np.arange(len(problem.options.of)),
        }
    )  # fmt: skip
    return (
        needs.join(of, on="unit")
        .join(
            choices_table(assembled),
            left_on=["pattern", "need", "bought"],
            right_on=["pattern", "need", "new_product"],
        )
        .group_by("unit", "class", "choice")
        .len()
        .join(asked.filter("one"), on="unit")
        .filter(pl.col("len") == pl.col("needs"))
        .join(options, on=["class", "choice"])
        .join(alike, on="unit")
        .sort("unit", "option")
        .unique("unit", keep="first", maintain_order=True)
        .select("unit", "option", "at")
    )
