"""Rules 4 to 6: lead times, dates of the law, and what comes first."""

from __future__ import annotations

import polars as pl

from clearband.planning.checking.calendar import last_days
from clearband.planning.checking.held import Held
from clearband.planning.checking.violation import together, violations


def lead_times(held: Held) -> pl.DataFrame:
    """Rule 4: nothing is in service before its product can be had."""
    rows = held.rows.select("cluster", "group", "product", quarter="q", found="q", limit="lead").unique()
    early = rows.filter(pl.col("found") < pl.col("limit"))
    return violations(
        early, "4", "is in service before the product can be had", unit="quarters", at_least=True
    )


def dates(held: Held) -> pl.DataFrame:
    """Rule 5: what has a date is taken down by it. ``found`` is days after the date."""
    settings = held.settings
    down = last_days(pl.col("q") + settings.overlap_quarters, settings)
    dated = held.rows.filter(pl.col("remove_by").is_not_null()).with_columns(
        quarter="q", found=(down - pl.col("remove_by")).dt.total_days(), limit=0
    )
    late = dated.filter(pl.col("found") > pl.col("limit"))
    return violations(late, "5", "is taken down after its date", unit="days")


def order(held: Held) -> pl.DataFrame:
    """Rule 6: radio access waits for the core of its market, transport for the transport before it."""
    quarters = held.rows.group_by("cluster", "group", "market").agg(
        first=pl.col("q").min(), last=pl.col("q").max()
    )
    found = []
    if held.settings.core_first:
        cores = (
            quarters.filter((pl.col("group") == "core") & pl.col("market").is_not_null())
            .group_by("market")
            .agg(limit=pl.col("last").max())
        )
        waits = quarters.filter(pl.col("group") == "ran").join(cores, on="market")
        found.append(_before(waits, "is replaced before the core of its market"))
    transport = quarters.filter(pl.col("group") == "transport")
    after = (
        held.network.clusters.select("cluster", "after")
        .drop_nulls()
        .join(transport.select(after="cluster", limit="last"), on="after")
    )
    found.append(
        _before(transport.join(after, on="cluster"), "is replaced before the transport that it hangs on")
    )
    return together(*found)


def _before(quarters: pl.DataFrame, what: str) -> pl.DataFrame:
    early = quarters.with_columns(quarter="first", found="first").filter(pl.col("found") < pl.col("limit"))
    return violations(early, "6", what, unit="quarters", at_least=True)
