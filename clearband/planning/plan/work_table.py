"""The table of work of a solution."""

from __future__ import annotations

import polars as pl

from clearband.planning.optimise.solve import Solution
from clearband.planning.units.assemble import Assembled

COLUMNS = (
    "item", "site", "cluster", "group", "role", "old_product", "old_maker", "quantity", "product", "maker",
    "quarter", "removed",
)  # fmt: skip


def choices_table(assembled: Assembled) -> pl.DataFrame:
    """What choices buy: ``pattern``, ``choice``, ``need``, ``new_product`` and ``new_maker``."""
    return pl.DataFrame(
        [
            (number, k, need, offer.product, offer.maker)
            for number, (pattern, found) in enumerate(
                zip(assembled.patterns, assembled.choices, strict=True)
            )
            for k, one in enumerate(found)
            for need, offer in zip(pattern.needs, one.offers, strict=True)
        ],
        schema={
            "pattern": pl.Int64, "choice": pl.Int64, "need": pl.Int64, "new_product": pl.String,
            "new_maker": pl.String,
        },
        orient="row",
    )  # fmt: skip


def work_table(assembled: Assembled, solution: Solution) -> pl.DataFrame:
    """``COLUMNS`` for each item that goes and has a place. Quarters are texts such as ``2028-Q3``."""
    settings = assembled.network.settings
    chosen = pl.DataFrame(
        {
            "unit": range(len(solution.option)),
            "option": solution.option,
            "at": solution.quarter,
        },
        schema={"unit": pl.Int64, "option": pl.Int64, "at": pl.Int64},
    ).filter(pl.col("option") >= 0)
    of = assembled.problem.options.of
    choices = pl.DataFrame(
        {"option": range(len(of)), "pattern": assembled.pattern[of], "choice": assembled.choice},
        schema={"option": pl.Int64, "pattern": pl.Int64, "choice": pl.Int64},
    )
    bought = choices_table(assembled)
    names = {t: settings.quarter_name(t) for t in range(settings.quarters)}
    work = (
        assembled.work.items.filter("goes")
        .join(chosen.join(choices, on="option"), on="unit")
        .join(bought, on=["pattern", "choice", "need"])
        .sort("item")
    )
    return work.select(
        "item",
        "site",
        "cluster",
        "group",
        "role",
        pl.col("product").alias("old_product"),
        pl.col("maker").alias("old_maker"),
        "quantity",
        pl.col("new_product").alias("product"),
        pl.col("new_maker").alias("maker"),
        pl.col("at").replace_strict(names, return_dtype=pl.String).alias("quarter"),
        (pl.col("at") + settings.overlap_quarters)
        .replace_strict(names, return_dtype=pl.String)
        .alias("removed"),
    )
