"""Shares of makers and countries in what is held, tiers of suppliers, and what has a single source."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

By = Literal["maker", "home", "made_in"]

UNKNOWN: Final = "unknown"


def shares_by(chain: pl.DataFrame, by: By) -> pl.DataFrame:
    """How much comes from each maker, its country, or the country of production.

    What nobody told is a row of its own, ``unknown``: a share of what is known would look better than it is.
    All of it may come from any of the others, so that a share is known within limits only.

    Args:
        chain: `CHAIN_SCHEMA`.

    Returns:
        ``of``, ``name``, ``quantity``, ``share`` (0..1 of the whole, at least), ``share_most`` (at most),
        ``products`` (that hold some of it), the greatest share first.
    """
    label = pl.col("maker_name") if by == "maker" else pl.col(by)
    grouped = (
        chain.group_by(of=pl.col(by).fill_null(UNKNOWN))
        .agg(
            name=label.drop_nulls().min(),
            quantity=pl.col("quantity").sum(),
            products=pl.col("product").n_unique(),
        )
        .with_columns(name=pl.col("name").fill_null(UNKNOWN))
    )
    whole = max(int(chain["quantity"].sum()), 1)
    untold = int(grouped.filter(of=UNKNOWN)["quantity"].sum())
    more = pl.when(pl.col("of") == UNKNOWN).then(0).otherwise(untold)
    return (
        grouped.with_columns(share=pl.col("quantity") / whole, share_most=(pl.col("quantity") + more) / whole)
        .select("of", "name", "quantity", "share", "share_most", "products")
        .sort("quantity", "of", descending=[True, False])
    )


def suppliers(chain: pl.DataFrame) -> pl.DataFrame:
    """Who supplies what is held, by tier.

    Returns:
        ``tier``, ``maker`` (null: not known), ``maker_name``, ``group``, ``known`` (to the register),
        ``home``, ``records``, ``products``.
    """
    return (
        chain.group_by("tier", "maker")
        .agg(
            maker_name=pl.col("maker_name").drop_nulls().min(),
            group=pl.col("group").min(),
            known=pl.col("known").all(),
            home=pl.col("home").min(),
            records=pl.len(),
            products=pl.col("product").n_unique(),
        )
        .sort("tier", "records", "maker", descending=[False, True, False])
    )


def single_sources(chain: pl.DataFrame) -> pl.DataFrame:
    """Functions of products that one maker, or makers under one control, supply alone.

    Returns:
        ``product``, ``product_name``, ``function``, ``group``, ``maker``, ``maker_name`` (of one of them),
        ``certain``: false where the make of a part of it is not known, so that there may be another;
        ``elsewhere``: how many others are known to supply that function anywhere in the table.
    """
    parts = chain.filter((pl.col("tier") > 0) & pl.col("function").is_not_null())
    sources = pl.col("group").drop_nulls().n_unique()
    alone = (
        parts.group_by("product", "product_name", "function")
        .agg(
            sources=sources,
            certain=pl.col("maker").is_not_null().all(),
            group=pl.col("group").min(),
            maker=pl.col("maker").min(),
            maker_name=pl.col("maker_name").sort_by("maker", nulls_last=True).first(),
        )
        .filter(pl.col("sources") == 1)
    )
    anywhere = parts.group_by("function").agg(elsewhere=sources.cast(pl.Int64) - 1)
    return (
        alone.join(anywhere, on="function", how="left")
        .select("product", "product_name", "function", "group", "maker", "maker_name", "certain", "elsewhere")
        .sort("certain", "elsewhere", "product", "function", descending=[True, False, False, False])
    )
