"""Rules 7, 8 and 11: crews, supply, and service that goes on."""

from __future__ import annotations

import polars as pl

from clearband.planning.checking.held import Held, as_float
from clearband.planning.checking.violation import above, violations


def crews(held: Held) -> pl.DataFrame:
    """Rule 7: hours of installing and of taking down, by region, are at most the crews' hours."""
    settings = held.settings
    installed = (
        held.rows.group_by("region", "q", "product")
        .agg(pl.col("quantity").sum(), pl.col("hours").first())
        .sort("region", "q", "product")
        .select("region", "q", found=as_float("quantity") * pl.col("hours"))
    )
    taken_down = installed.with_columns(
        q=pl.col("q") + settings.overlap_quarters, found=pl.col("found") * settings.removal_share
    )
    used = (
        pl.concat([installed, taken_down])
        .group_by("region", "q", maintain_order=True)
        .agg(pl.col("found").sum())
    )
    limits = held.network.crews.rename({"hours": "limit"})
    over = (
        used.rename({"q": "quarter"}).join(limits, on=["region", "quarter"]).filter(above("found", "limit"))
    )
    return violations(over, "7", "needs more hours than its crews have", unit="hours")


def supply(held: Held) -> pl.DataFrame:
    """Rule 8: new units of a maker and role in a quarter are at most what the maker can deliver."""
    keys = ["maker", "role", "quarter"]
    used = held.rows.group_by("maker", "role", quarter="q").agg(found=pl.col("quantity").sum())
    limits = held.network.supply.rename({"units": "limit"})
    over = used.with_columns(found=as_float("found")).join(limits, on=keys).filter(above("found", "limit"))
    return violations(over, "8", "are more units than can be delivered", unit="units")


def service(held: Held) -> pl.DataFrame:
    """Rule 11: sites with work in a quarter are at most a share of the sites of their region.

    A site counts once for each unit that replaces something there in the quarter; taking down old equipment
    does not count, as the new carries traffic then.
    """
    worked = (
        held.rows.filter(pl.col("group") != "cpe")
        .select("region", "cluster", "group", "q", "site")
        .unique()
        .group_by("region", "q")
        .agg(found=pl.len().cast(pl.Float64))
    )
    sites = (
        held.network.sites.join(held.network.clusters, on="cluster", how="left")
        .group_by(pl.col("region").fill_null(""))
        .agg(limit=pl.len() * held.settings.down_share)
    )
    over = worked.join(sites, on="region").with_columns(quarter="q").filter(above("found", "limit"))
    return violations(over, "11", "has more sites under work than its share", unit="sites")
