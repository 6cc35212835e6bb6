"""On what most products hang: a maker's group, a part, a certificate, a laboratory."""

from __future__ import annotations

from datetime import date

import polars as pl

from clearband.assess.chain.certificates import in_force
from clearband.assess.chain.plain import plain


def single_points(chain: pl.DataFrame, covers: pl.DataFrame, on: date) -> pl.DataFrame:
    """What several products share, so that its loss takes something of each of them.

    Args:
        chain: `CHAIN_SCHEMA`.
        covers: `COVERS_SCHEMA`; certificates that have ended by the day do not count.

    Returns:
        ``kind`` (``supplier``, ``part``, ``certificate``, ``laboratory``), ``name``, ``products``, ``share``
        of all products, for those in two and more; those that most hang on first. What is not told is not
        among them: the true numbers may be higher.
    """
    whole = max(chain["product"].n_unique(), 1)
    inside = chain.filter(pl.col("tier") > 0)
    held = covers.drop_nulls(["certificate", "record_id"]).filter(in_force(on))
    papers = held.join(chain.select("record_id", "product").unique(), on="record_id")
    found = [
        _count(inside, "supplier", pl.col("group"), pl.col("group")),
        _count(
            inside,
            "part",
            pl.concat_str(pl.col("maker").fill_null(""), plain(pl.col("part")), separator=" "),
            pl.col("part"),
        ),
        _count(papers, "certificate", plain(pl.col("certificate")), pl.col("certificate")),
        _count(papers, "laboratory", plain(pl.col("laboratory")), pl.col("laboratory")),
    ]
    return (
        pl.concat(found)
        .filter(pl.col("products") > 1)
        .with_columns(share=pl.col("products") / whole)
        .sort("products", "kind", "name", descending=[True, False, False])
    )


def _count(rows: pl.DataFrame, kind: str, key: pl.Expr, name: pl.Expr) -> pl.DataFrame:
    return (
        rows.with_columns(key=key, name=name)
        .drop_nulls("key")
        .group_by("key")
        .agg(name=pl.col("name").min(), products=pl.col("product").n_unique().cast(pl.Int64))
        .select(pl.lit(kind).alias("kind"), "name", "products")
    )
