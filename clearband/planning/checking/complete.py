"""Whether a plan is whole: each item that must go once, as the network has it, and known choices."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.checking.violation import together, violations

_SAME: Final = ("site", "cluster", "group", "role", "old_product", "old_maker")


def items(held: Held) -> pl.DataFrame:
    """Every item that must go stands once, no item that stays, none that the network does not have."""
    work = held.work.with_columns(quarter="q")
    twice = work.group_by("item").agg(found=pl.len()).filter(pl.col("found") > 1).with_columns(limit=1)
    return together(
        violations(held.going.join(work, on="item", how="anti"), "items", "must go and is not in the plan"),
        violations(work.join(held.staying, on="item", how="semi"), "items", "stays and is in the plan"),
        violations(
            work.join(held.network.installed, on="item", how="anti"), "items", "is no item of the network"
        ),
        violations(twice, "items", "stands more than once in the plan", unit="rows"),
    )


def rows(held: Held) -> pl.DataFrame:
    """A row says of its item what the network says: site, cluster, group, role, old product, old maker."""
    truth = held.going.select(
        "item",
        *(pl.col(column).alias(f"true_{column}") for column in ("site", "cluster", "group", "role")),
        true_old_product="product",
        true_old_maker="maker",
    )
    # Where the plan's own words are wrong, the place is told in the network's.
    both = held.work.select("item", *_SAME, quarter="q").join(truth, on="item")
    wrong = []
    for column in _SAME:
        other = both.filter(pl.col(column).ne_missing(pl.col(f"true_{column}")))
        place = other.with_columns(
            pl.col(f"true_{one}").alias(one) for one in ("site", "cluster", "group", "role")
        )
        name = column.replace("_", " ")
        wrong.append(violations(place, "rows", f"has another {name} in the plan than in the network"))
    return together(*wrong)


def choices(held: Held) -> pl.DataFrame:
    """Products are of the catalogue and of the maker named; quarters are quarters."""
    work = held.work.with_columns(quarter="q")
    makers = held.network.products.select("product", true_maker="maker")
    other = work.join(makers, on="product").filter(pl.col("maker").ne_missing(pl.col("true_maker")))
    return together(
        violations(
            work.join(makers, on="product", how="anti"), "choices", "gets a product that is not known"
        ),
        violations(other, "choices", "names another maker than the product has"),
        violations(work.filter(pl.col("q").is_null()), "choices", "has no quarter such as 2028-Q3"),
        violations(
            work.filter(pl.col("gone").is_null()), "choices", "has no quarter of removal such as 2028-Q3"
        ),
    )
