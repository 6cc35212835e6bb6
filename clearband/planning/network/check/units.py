"""Units of work that no quarter has room for."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from clearband.model.network import Group
from clearband.planning.network.check.found import Found, counted
from clearband.planning.network.demand import KIND, Demand

_UNIT = ("cluster", "group")


def without_room(demand: Demand) -> Iterator[Found]:
    """Units larger than service, crews or supply of any quarter allow."""
    yield from _service(demand)
    yield from _crews(demand)
    yield from _supply(demand)


def _service(demand: Demand) -> Iterator[Found]:
    network = demand.network
    share = network.settings.down_share
    place = network.sites.join(network.clusters.select("cluster", "region"), on="cluster")
    regions = place.group_by("region").agg(pl.len().alias("all"))
    units = (
        demand.items.filter(pl.col("group") != Group.CPE.value)
        .group_by(_UNIT)
        .agg(pl.col("site").n_unique().alias("sites"))
        .join(network.clusters.select("cluster", "region"), on="cluster")
        .join(regions, on="region")
        .with_columns(allowed=(pl.col("all") * share + 1e-9).floor().cast(pl.Int64))
        .filter(pl.col("sites") > pl.col("allowed"))
        .sort("sites", *_UNIT, descending=[True, False, False])
    )
    if units.height:
        row = units.row(0, named=True)
        yield Found(
            "error",
            "cluster-too-large",
            f"{_name(row)} has {counted(row['sites'], 'site')} where work is, and down_share {share:g} "
            f"allows {row['allowed']:,} of the {row['all']:,} of region {row['region']} in one quarter"
            f"{_more(units)}",
            "raise down_share, or split the cluster",
            units.height,
        )


def _crews(demand: Demand) -> Iterator[Found]:
    network = demand.network
    least = {kind: min((one.hours for one in fits), default=0.0) for kind, fits in demand.fitting.items()}
    most = network.crews.group_by("region").agg(
        pl.col("hours").max().alias("most"), pl.len().alias("quarters")
    )
    units = (
        demand.items.join(demand.of_kinds("each", least), on=KIND, nulls_equal=True)
        .group_by(_UNIT)
        .agg((pl.col("each") * pl.col("quantity")).sum().alias("hours"))
        .join(network.clusters.select("cluster", "region"), on="cluster")
        .join(most.filter(pl.col("quarters") == network.settings.quarters), on="region")
        .filter(pl.col("hours") > pl.col("most") + 1e-6)
        .sort("hours", *_UNIT, descending=[True, False, False])
    )
    if units.height:
        row = units.row(0, named=True)
        yield Found(
            "error",
            "crews-too-few",
            f"{_name(row)} takes {row['hours']:,.0f} hours in one quarter, and region {row['region']} has "
            f"{row['most']:,.0f} at the most{_more(units)}",
            "raise the hours of its crews, or split the cluster",
            units.height,
        )


def _supply(demand: Demand) -> Iterator[Found]:
    network = demand.network
    sold = {(one.maker, one.role) for one in demand.products}
    bought = pl.DataFrame(list(sold), schema={"maker": pl.String, "role": pl.String}, orient="row")
    most = (
        bought.join(
            network.supply.group_by("maker", "role").agg(
                pl.col("units").max().alias("most"), pl.len().alias("quarters")
            ),
            on=["maker", "role"],
            how="left",
        )
        .with_columns(
            pl.when(pl.col("quarters") == network.settings.quarters)
            .then(pl.col("most"))
            .otherwise(float("inf"))
            .alias("most")
        )
        .group_by("role")
        .agg(pl.col("most").max())
    )
    units = (
        demand.items.group_by(*_UNIT, "role")
        .agg(pl.col("quantity").sum().alias("units"))
        .join(most, on="role")
        .filter(pl.col("units") > pl.col("most"))
        .sort("units", *_UNIT, descending=[True, False, False])
    )
    if units.height:
        row = units.row(0, named=True)
        yield Found(
            "error",
            "supply-too-small",
            f"{_name(row)} takes {row['units']:,} of {row['role']} from one maker in one quarter, and no "
            f"maker has more than {row['most']:,.0f}{_more(units)}",
            "raise the units of supply, or split the cluster",
            units.height,
        )


def _name(row: dict[str, object]) -> str:
    return f"cluster {row['cluster']}, {row['group']},"


def _more(units: pl.DataFrame) -> str:
    more = units.height - 1
    return f" ({more:,} more are too large)" if more else ""
