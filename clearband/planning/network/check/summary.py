"""A network in numbers: its size, what must go, and the money that hangs on what is not known."""

from __future__ import annotations

from typing import Any

import polars as pl

from clearband.model.network import MustGo
from clearband.planning.network.demand import KIND, Demand


def summary(demand: Demand) -> dict[str, Any]:
    """Counts, what must go by role and maker, and what is not known."""
    network = demand.network
    items = network.installed
    return {
        "sites": network.sites.height,
        "clusters": network.clusters.height,
        "markets": network.clusters["market"].n_unique(),
        "regions": network.clusters["region"].n_unique(),
        "owners": network.clusters["owner"].n_unique(),
        "items": items.height,
        "units": int(items["quantity"].sum()),
        "products": len(demand.products),
        "work_units": demand.items.select("cluster", "group").n_unique(),
        "must_go": _by_maker(items.filter(pl.col("must_go") == MustGo.YES.value)),
        "unknown": _unknown(demand),
    }


def _by_maker(items: pl.DataFrame) -> list[dict[str, Any]]:
    return (
        items.group_by("role", "maker")
        .agg(pl.len().alias("items"), pl.col("quantity").sum().alias("units"))
        .sort("role", "units", "maker", descending=[False, True, False])
        .to_dicts()
    )


def _unknown(demand: Demand) -> dict[str, Any]:
    """Items of which it is not known whether they must go, and what replacing them would cost.

    The range goes from the cheapest low price of a fitting product to the dearest high one, with the labour
    of both; items that nothing fits, or that have no such price, are counted apart.
    """
    network, settings = demand.network, demand.network.settings
    items = network.installed.filter(pl.col("must_go") == MustGo.UNKNOWN.value)
    kinds = items.group_by(KIND).agg(pl.col("quantity").sum(), pl.len().alias("items")).sort(KIND)
    prices = {
        row["product"]: (
            row["price_low"] if row["price_low"] is not None else row[settings.price_column],
            row["price_high"] if row["price_high"] is not None else row[settings.price_column],
        )
        for row in network.products.iter_rows(named=True)
    }
    labour = settings.labour_rate * (1 + settings.removal_share)
    low = high = 0.0
    unpriced = 0
    for role, bands, generation, quantity, count in kinds.iter_rows():
        fits = [one for one in demand.products if one.role == role and not one.lacks(bands, generation)]
        if not fits:
            unpriced += count
            continue
        low += quantity * min(prices[one.name][0] + one.hours * labour for one in fits)
        high += quantity * max(prices[one.name][1] + one.hours * labour for one in fits)
    return {
        "items": items.height,
        "units": int(items["quantity"].sum()),
        "planned_as": settings.unknown,
        "low": round(low, 2),
        "high": round(high, 2),
        "without_price": unpriced,
    }
