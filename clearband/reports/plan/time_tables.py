"""When and where: sites by region and quarter, exposure that is left, what each site waits for."""

from __future__ import annotations

import polars as pl

from clearband.model.network import Role
from clearband.planning.checking.held import Held
from clearband.reports.plan.money import lines_of


def by_region(held: Held) -> pl.DataFrame:
    """Work by region and quarter.

    Returns:
        ``region``, ``q``, ``sites`` (each once, whatever is replaced there), ``units`` of work, ``items``.
    """
    return (
        held.rows.group_by("region", "q")
        .agg(
            sites=pl.col("site").n_unique(),
            units=pl.struct("cluster", "group").n_unique(),
            items=pl.len(),
        )
        .sort("region", "q")
    )


def regions(held: Held) -> pl.DataFrame:
    """Regions with work.

    Returns:
        ``region``, ``sites``, ``first`` and ``last`` quarter, ``hours`` of installing and taking down; the
        one with most sites first.
    """
    return (
        lines_of(held)
        .group_by("region")
        .agg(
            sites=pl.col("site").n_unique(),
            first=pl.col("q").min(),
            last=pl.col("q").max(),
            hours=(pl.col("install_hours") + pl.col("down_hours")).sum(),
        )
        .sort("sites", "region", descending=[True, False])
    )


def exposure(held: Held) -> pl.DataFrame:
    """Points that count in each quarter, by role: those of what is replaced later.

    The sum over all quarters and roles is the exposure of rule 14.

    Returns:
        ``q`` (each of the horizon), ``role``, ``points``.
    """
    weights = {str(role): held.settings.weights.of(role) for role in Role}
    points = (
        held.rows.select("site", "role", "q", "criticality")
        .unique()
        .group_by("role", "q")
        .agg(pl.col("criticality").sum())
        .with_columns(
            points=pl.col("criticality") * pl.col("role").replace_strict(weights, return_dtype=pl.Float64)
        )
    )
    grid = pl.DataFrame({"at": range(held.settings.quarters)}, schema={"at": pl.Int64})
    left = pl.when(pl.col("q") > pl.col("at")).then(pl.col("points")).otherwise(0.0)
    return (
        grid.join(points, how="cross").group_by(q="at", role="role").agg(points=left.sum()).sort("q", "role")
    )


def places(held: Held) -> pl.DataFrame:
    """All sites with the quarter in which the last of what must go there is replaced.

    Returns:
        ``site``, ``region``, ``latitude``, ``longitude``, ``q`` (null: nothing is planned),
        ``goes`` (something must go).
    """
    last = held.rows.group_by("site").agg(q=pl.col("q").max())
    goes = held.going.select("site", goes=pl.lit(value=True)).unique()
    return (
        held.network.sites.join(held.network.clusters, on="cluster")
        .select("site", "region", "latitude", "longitude")
        .join(last, on="site", how="left")
        .join(goes, on="site", how="left")
        .with_columns(pl.col("goes").fill_null(value=False))
        .sort("site")
    )


def not_planned(held: Held) -> int:
    """How many items must go and cannot be found in the plan with a known product and quarter."""
    return held.going.join(held.rows, on="item", how="anti").height


def slack_days(held: Held) -> int | None:
    """Days from the taking down to the tightest date: negative when late, None without dates."""
    settings = held.settings
    dated = held.rows.filter(pl.col("remove_by").is_not_null())
    left = dated.group_by("q").agg(pl.col("remove_by").min())
    days = [(day - settings.last_day(q + settings.overlap_quarters)).days for q, day in left.iter_rows()]
    return min(days, default=None)
