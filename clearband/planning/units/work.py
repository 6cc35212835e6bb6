"""The work of a network: items that go, their needs, and the units they are replaced in (rule 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from clearband.model.network import GROUP_OF, MustGo, Role
from clearband.planning.network.network import Network
from clearband.planning.network.settings import NetworkSettings


@dataclass(frozen=True)
class Work:
    """Items that go, and what they belong to. Ids count from 0.

    Attributes:
        items: All items with ``cluster``, ``region``, ``market``, ``owner``, ``criticality``, ``group`` and
            ``goes``; those that go have ``need`` and ``unit``.
        needs: ``need``, ``role``, ``bands``, ``generation``: what a product must offer (rule 2).
        units: ``unit``, ``cluster``, ``group``, ``region``, ``market``, ``owner``, ``sites``, ``last``
            quarter (negative when the date cannot be met), ``points``, ``running`` (of old items, a quarter).
        amounts: ``unit``, ``need``, ``quantity``.
    """

    items: pl.DataFrame
    needs: pl.DataFrame
    units: pl.DataFrame
    amounts: pl.DataFrame


def work_of(network: Network) -> Work:
    """The work that rules 1 and 5 make of a network."""
    settings = network.settings
    items = _items(network)
    going = items.filter("goes")
    needs = (
        going.select("role", "bands", "generation").unique().sort("role", "bands", "generation")
    ).with_row_index("need")
    needs = needs.with_columns(pl.col("need").cast(pl.Int64))
    units = going.select("cluster", "group").unique().sort("cluster", "group").with_row_index("unit")
    units = units.with_columns(pl.col("unit").cast(pl.Int64))
    items = items.join(needs, on=["role", "bands", "generation"], how="left", nulls_equal=True).join(
        units, on=["cluster", "group"], how="left"
    )
    items = items.with_columns(
        pl.when("goes").then(pl.col(name)).alias(name) for name in ("need", "unit")
    ).sort("item")
    going = items.filter("goes")
    amounts = going.group_by("unit", "need").agg(pl.col("quantity").sum()).sort("unit", "need")
    about = going.group_by("unit").agg(
        pl.col("region").first(),
        pl.col("market").first(),
        pl.col("owner").first(),
        pl.col("site").n_unique().cast(pl.Int64).alias("sites"),
        pl.col("remove_by").min(),
    )
    units = units.join(about, on="unit").join(_points(going, settings), on="unit")
    units = units.join(_running(going), on="unit").sort("unit")
    days = units.select(pl.col("remove_by").unique())
    last = [last_quarter(settings, day) for day in days.get_column("remove_by")]
    days = days.with_columns(pl.Series("last", last, dtype=pl.Int64))
    units = units.join(days, on="remove_by", how="left", nulls_equal=True).drop("remove_by").sort("unit")
    return Work(items, needs, units, amounts)


def last_quarter(settings: NetworkSettings, day: date | None) -> int:
    """The last quarter of work whose taking down is in the horizon and by the day (rules 1 and 5)."""
    latest = settings.quarters - 1
    while day is not None and latest >= 0 and settings.last_day(latest) > day:
        latest -= 1
    return latest - settings.overlap_quarters


def _items(network: Network) -> pl.DataFrame:
    goes = pl.col("must_go") == MustGo.YES.value
    if network.settings.unknown == "replace":
        goes = goes | (pl.col("must_go") == MustGo.UNKNOWN.value)
    groups = {role.value: group.value for role, group in GROUP_OF.items()}
    return (
        network.installed.join(network.sites.select("site", "cluster", "criticality"), on="site")
        .join(network.clusters.select("cluster", "region", "market", "owner"), on="cluster")
        .with_columns(
            goes.alias("goes"), pl.col("role").replace_strict(groups, return_dtype=pl.String).alias("group")
        )
    )


def _points(going: pl.DataFrame, settings: NetworkSettings) -> pl.DataFrame:
    """Points of exposure by unit. Alike sites are counted first, so that the order of rows changes no sum."""
    weights = {role.value: settings.weights.of(role) for role in Role}
    return (
        going.select("unit", "site", "role", "criticality")
        .unique()
        .group_by("unit", "role", "criticality")
        .len()
        .with_columns(
            (
                pl.col("len") * pl.col("criticality")
                * pl.col("role").replace_strict(weights, return_dtype=pl.Float64)
            ).alias("points")
        )
        .sort("unit", "role", "criticality")
        .group_by("unit", maintain_order=True)
        .agg(pl.col("points").sum())
    )  # fmt: skip


def _running(going: pl.DataFrame) -> pl.DataFrame:
    return (
        going.group_by("unit", "yearly_cost")
        .agg(pl.col("quantity").sum())
        .sort("unit", "yearly_cost")
        .group_by("unit", maintain_order=True)
        .agg((pl.col("quantity") * pl.col("yearly_cost") / 4).sum().alias("running"))
    )
