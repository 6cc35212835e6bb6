"""Equipment that is deployed, and what of it bans reach: itself, or through its parts."""

from __future__ import annotations

import polars as pl

from clearband.assess.chain.plain import plain
from clearband.assess.chain.reach import Reach

_RANK = {"certain": 2, "possible": 1}


def deployed(held: Reach, design: Reach | None, records: pl.DataFrame) -> pl.DataFrame:
    """What of deployed equipment is hit, by network.

    A record is hit as such, through parts that its own inventory names, or through those that the bill of
    materials names for the same maker and number. Of a record whose parts nobody named, nothing is known of
    its parts.

    Args:
        held: Of the deployed equipment.
        design: Of a bill of materials, where there is one.
        records: ``record_id``, ``site``, and ``answer`` of the screening.

    Returns:
        ``network``, ``records``, ``sites``, ``certain``, ``possible``, ``parts_untold`` (of those not hit),
        ``prohibited`` (by law already), all of records at the top of the parts; the most hit first.
    """
    chain = held.parts
    tops = chain.filter(pl.col("tier") == 0).select(
        "record_id", "maker", "known", "part", "network", "quantity"
    )
    own = _ranked(held.touched()).rename({"rank": "own"})
    with_parts = chain.select(record_id="parent").drop_nulls().unique().with_columns(told=pl.lit(value=True))
    rows = tops.join(own, on="record_id", how="left").join(with_parts, on="record_id", how="left")
    rows = rows.with_columns(key=plain(pl.col("part")), of=pl.col("maker"))
    if design is not None:
        rows = rows.join(_of_design(design), on=["of", "key"], how="left")
    else:
        rows = rows.with_columns(through=pl.lit(None, pl.Int64), designed=pl.lit(None, pl.Boolean))
    said = records.select("record_id", "site", "answer").unique("record_id", keep="first")
    rank = pl.max_horizontal(pl.col("own").fill_null(0), pl.col("through").fill_null(0))
    told = pl.col("told").fill_null(value=False) | pl.col("designed").fill_null(value=False)
    return (
        rows.join(said, on="record_id", how="left")
        .with_columns(rank=rank, told=told)
        .group_by(pl.col("network").fill_null("not told"))
        .agg(
            records=pl.len(),
            sites=pl.col("site").drop_nulls().n_unique(),
            certain=(pl.col("rank") == 2).sum(),
            possible=(pl.col("rank") == 1).sum(),
            parts_untold=((pl.col("rank") == 0) & ~pl.col("told")).sum(),
            prohibited=(pl.col("answer") == "prohibited").sum(),
        )
        .sort("certain", "possible", "network", descending=[True, True, False])
    )


def _of_design(design: Reach) -> pl.DataFrame:
    """``of``, ``key``: maker and number of what the bill names; ``through``, ``designed``: hit, has parts."""
    chain = design.parts
    parents = chain.select(record_id="parent").drop_nulls().unique().with_columns(designed=pl.lit(value=True))
    return (
        chain.select("record_id", of="maker", key=plain(pl.col("part")))
        .unique()
        .drop_nulls()
        .join(_ranked(design.touched()).rename({"rank": "through"}), on="record_id", how="left")
        .join(parents, on="record_id", how="left")
        .group_by("of", "key")
        .agg(pl.col("through").max(), pl.col("designed").any())
    )


def _ranked(touched: pl.DataFrame) -> pl.DataFrame:
    rank = pl.col("hit").replace_strict(_RANK, default=0, return_dtype=pl.Int64)
    return touched.select("record_id", rank=rank)
