"""Rules 12 and 13: no maker has too much of a role at the end, and enough makers have some."""

from __future__ import annotations

import polars as pl

from clearband.planning.checking.held import Held, as_float
from clearband.planning.checking.violation import above, slack, together, violations


def at_the_end(held: Held) -> pl.DataFrame:
    """Units of each role and maker (null: not told) when all work is done, staying and new.

    Returns:
        ``role``, ``maker``, ``found`` in units, and ``total`` of the role.
    """
    columns = ("role", "maker", "quantity")
    summed = (
        pl.concat([held.rows.select(columns), held.staying.select(columns)])
        .group_by("role", "maker")
        .agg(pl.col("quantity").sum())
    )
    return summed.with_columns(found=as_float("quantity"), total=as_float("quantity").sum().over("role"))


def caps(held: Held) -> pl.DataFrame:
    """Rule 12: of a role's units no maker has more than its share."""
    end = at_the_end(held).filter(pl.col("maker").is_not_null())
    found = []
    for cap in held.settings.caps:
        meant = pl.col("role") == cap.role
        if cap.maker is not None:
            meant &= pl.col("maker") == cap.maker
        most = end.filter(meant).with_columns(limit=pl.col("total") * cap.share)
        over = most.filter(above("found", "limit"))
        found.append(violations(over, "12", "has more of the role than its share", unit="units"))
    return together(*found)


def diversity(held: Held) -> pl.DataFrame:
    """Rule 13: so many makers have at least a share of a role's units each. A role without units has none."""
    end = at_the_end(held)
    found = []
    for least in held.settings.least_makers:
        share = pl.col("total") * least.share
        enough = (
            pl.col("maker").is_not_null() & (pl.col("found") > 0) & (pl.col("found") >= share - slack(share))
        )
        counted = (
            end.filter(pl.col("role") == least.role)
            .group_by("role")
            .agg(found=enough.sum(), limit=least.makers)
        )
        few = counted.filter(pl.col("found") < pl.col("limit"))
        what = "has fewer makers with the least share than it must"
        found.append(violations(few, "13", what, unit="makers", at_least=True))
    return together(*found)
