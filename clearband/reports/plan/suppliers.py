"""Makers of a role's units before and after."""

from __future__ import annotations

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.checking.shares import at_the_end


def shares(held: Held) -> pl.DataFrame:
    """Units of each role and maker (null: not told) now and when all work is done.

    Returns:
        ``role``, ``maker``, ``now`` and ``end`` in units, ``now_share`` and ``end_share`` of the role; the
        largest of a role first.
    """
    now = held.network.installed.group_by("role", "maker").agg(now=pl.col("quantity").sum())
    end = at_the_end(held).select("role", "maker", end=pl.col("quantity"))
    both = now.join(end, on=["role", "maker"], how="full", coalesce=True, nulls_equal=True)
    whole = both.with_columns(pl.col("now", "end").fill_null(0)).with_columns(
        now_share=pl.col("now") / pl.col("now").sum().over("role"),
        end_share=pl.col("end") / pl.col("end").sum().over("role"),
    )
    top = pl.max_horizontal("now_share", "end_share")
    return whole.sort("role", top, "maker", descending=[False, True, False], nulls_last=True)
