"""Rules 9 and 10: what is spent, what comes back, and whether the money is there in time."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.network import quarter_number
from clearband.planning.checking.held import Held, as_float
from clearband.planning.checking.violation import above, slack, together, violations
from clearband.planning.network import NetworkSettings

FLOW: Final = {"owner": pl.String, "group": pl.String, "q": pl.Int64, "amount": pl.Float64}
"""A table of money: whose, for which group, in which quarter, how much."""


def spending(held: Held) -> pl.DataFrame:
    """All spending: products, installing and visits in the quarter of a unit, taking down after the overlap.

    Units of one product are added first, as whole numbers: the amounts do not hang on the order of rows.

    Returns:
        A table of money (`FLOW`), sorted.
    """
    settings = held.settings
    keys = ["owner", "group", "q"]
    bought = (
        held.rows.group_by(*keys, "product")
        .agg(pl.col("quantity").sum(), pl.col("price").first(), pl.col("hours").first())
        .with_columns(pl.col("price").fill_null(0.0), quantity=as_float("quantity"))
    )
    labour = pl.col("quantity") * pl.col("hours") * settings.labour_rate
    visits = held.rows.select(*keys, "cluster", "site").unique().group_by(keys).agg(sites=pl.len())
    parts = (
        bought.select(*keys, amount=pl.col("quantity") * pl.col("price")),
        bought.select(*keys, amount=labour),
        bought.select(
            "owner", "group", pl.col("q") + settings.overlap_quarters, amount=labour * settings.removal_share
        ),
        visits.select(*keys, amount=pl.col("sites") * settings.visit_cost),
    )
    return pl.concat([part.cast(FLOW) for part in parts]).sort(*keys, "amount")  # type: ignore[arg-type]


def refunds(spent: pl.DataFrame, settings: NetworkSettings, *, at_once: bool = False) -> pl.DataFrame:
    """Rule 10: the share of each spending that comes back, when it does; several refunds of one add up.

    Args:
        spent: A table of money.
        settings: Of the network.
        at_once: As if nobody had to wait for it.
    """
    parts = [pl.DataFrame(schema=FLOW)]
    for refund in settings.refunds:
        meant = pl.lit(value=True)
        if refund.owner is not None:
            meant &= pl.col("owner") == refund.owner
        if refund.groups is not None:
            meant &= pl.col("group").is_in(refund.groups)
        when = pl.col("q")
        if not at_once:
            when += refund.lag
        if refund.not_before is not None and not at_once:
            when = pl.max_horizontal(when, quarter_number(refund.not_before) - settings.start)
        parts.append(
            spent.filter(meant)
            .with_columns(q=when, amount=pl.col("amount") * refund.share)
            .select(pl.col(name).cast(kind) for name, kind in FLOW.items())
        )
    return pl.concat(parts)


def money(held: Held) -> pl.DataFrame:
    """Rules 9 and 10: all spending up to a quarter is at most all new money and refunds up to it.

    Where it would be if refunds came at once, the violation is told under rule 10.
    """
    settings = held.settings
    unit = settings.currency or "money"
    spent = spending(held)
    # Money adds up over quarters: an owner without a limit in one of them has none.
    new = held.network.money.select("owner", q="quarter", new="amount").filter(
        pl.len().over("owner") == settings.quarters
    )
    grid = new.select("owner", "q")
    sums = (
        new.join(_to_date(grid, spent, "found"), on=["owner", "q"])
        .join(_to_date(grid, refunds(spent, settings), "back"), on=["owner", "q"])
        .join(_to_date(grid, refunds(spent, settings, at_once=True), "meant"), on=["owner", "q"])
        .sort("owner", "q")
        .with_columns(pl.col("new").cum_sum().over("owner"))
        .with_columns(quarter="q", limit=pl.col("new") + pl.col("back"), soon=pl.col("new") + pl.col("meant"))
        .filter(above("found", "limit"))
    )
    waits = pl.col("found") <= pl.col("soon") + slack(pl.col("soon"))
    return together(
        violations(sums.filter(~waits), "9", "has spent more than it has had", unit=unit),
        violations(sums.filter(waits), "10", "has spent what only a later refund gives back", unit=unit),
    )


def _to_date(grid: pl.DataFrame, flow: pl.DataFrame, name: str) -> pl.DataFrame:
    """Sums up to each quarter of owners; what is dated before the horizon counts from its begin."""
    sums = (
        flow.sort("owner", "q", "group", "amount")
        .group_by("owner", pl.col("q").clip(0), maintain_order=True)
        .agg(pl.col("amount").sum())
    )
    return (
        grid.join(sums, on=["owner", "q"], how="left")
        .sort("owner", "q")
        .select("owner", "q", pl.col("amount").fill_null(0.0).cum_sum().over("owner").alias(name))
    )
