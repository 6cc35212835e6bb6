"""How much of each limit a plan uses, by quarter: crews, supply, sites under work."""

from __future__ import annotations

import polars as pl

from clearband.planning.checking.held import Held
from clearband.reports.plan.money import lines_of

COLUMNS = ("what", "q", "used", "limit")
"""Whose limit, the quarter, how much is used, how much there is (null: no limit)."""


def crews(held: Held) -> pl.DataFrame:
    """Hours of each region, installing and taking down together."""
    lines = lines_of(held)
    used = pl.concat(
        [
            lines.select("region", "q", used="install_hours"),
            lines.select("region", pl.col("q") + held.settings.overlap_quarters, used="down_hours"),
        ]
    )
    limits = held.network.crews.select(what="region", q="quarter", limit="hours")
    return _against(used.select("q", "used", what="region"), limits)


def supply(held: Held) -> pl.DataFrame:
    """Units of each maker and role."""
    name = pl.format("{}: {}", "role", "maker").alias("what")
    used = held.rows.select(name, "q", used=pl.col("quantity").cast(pl.Float64))
    limits = held.network.supply.select(name, q="quarter", limit="units")
    return _against(used, limits)


def service(held: Held) -> pl.DataFrame:
    """Sites under work of each region; a site counts once for each unit of work, CPE not at all."""
    worked = (
        held.rows.filter(pl.col("group") != "cpe").select("region", "cluster", "group", "q", "site").unique()
    )
    used = worked.select("q", what="region", used=pl.lit(1.0))
    sites = (
        held.network.sites.join(held.network.clusters, on="cluster")
        .group_by(what="region")
        .agg(limit=pl.len() * held.settings.down_share)
    )
    quarters = pl.DataFrame({"q": range(held.settings.quarters)}, schema={"q": pl.Int64})
    return _against(used, sites.join(quarters, how="cross").select("what", "q", "limit"))


def _against(used: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """Those that use anything, with each quarter that has a limit or a use."""
    sums = used.group_by("what", "q").agg(pl.col("used").sum())
    touched = limits.join(sums, on="what", how="semi")
    return (
        touched.join(sums, on=["what", "q"], how="full", coalesce=True)
        .with_columns(pl.col("used").fill_null(0.0), pl.col("limit").cast(pl.Float64))
        .select(COLUMNS)
        .sort("what", "q")
    )
