"""Shares of makers and countries in what is held, and what has a single source."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

By = Literal["maker", "home", "made_in"]

UNKNOWN: Final = "unknown"


def shares_by(chain: pl.DataFrame, by: By) -> pl.DataFrame:
    """How much comes from each maker, its country, or the country of production.

    What nobody told is a row of its own, ``unknown``: a share of what is known would look better than it is.

    Args:
        chain: `CHAIN_SCHEMA`.

    Returns:
        ``of``, ``name``, ``quantity``, ``share`` (0..1 of the whole), ``products`` (that hold some of it),
        the greatest share first.
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
    return (
        grouped.with_columns(share=pl.col("quantity") / whole)
        .select("of", "name", "quantity", "share", "products")
        .sort("quantity", "of", descending=[True, False])
    )


def single_sources(chain: pl.DataFrame) -> pl.DataFrame:
    """Functions of products that one maker supplies alone.

    Returns:
        ``product``, ``product_name``, ``function``, ``maker``, ``maker_name``, ``elsewhere``: how many other
        known makers supply that function anywhere in the table. Functions with a part of unknown make are
        left out: whether the source is single is not known.
    """
    parts = chain.filter((pl.col("tier") > 0) & pl.col("function").is_not_null())
    makers = pl.col("maker").n_unique()
    alone = (
        parts.group_by("product", "product_name", "function")
        .agg(
            makers=makers,
            unknown=pl.col("maker").null_count(),
            maker=pl.col("maker").min(),
            maker_name=pl.col("maker_name").min(),
        )
        .filter((pl.col("makers") == 1) & (pl.col("unknown") == 0))
    )
    anywhere = parts.drop_nulls("maker").group_by("function").agg(elsewhere=makers.cast(pl.Int64) - 1)
    return (
        alone.join(anywhere, on="function", how="left")
        .select("product", "product_name", "function", "maker", "maker_name", "elsewhere")
        .sort("elsewhere", "product", "function")
    )
