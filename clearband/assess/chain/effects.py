"""What if something is banned: what is lost where, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clearband.assess.chain.ban import Ban
from clearband.assess.chain.certificates import in_force
from clearband.assess.chain.plain import plain
from clearband.assess.chain.reach import Reach

_CERTAIN, _POSSIBLE = pl.col("hit") == "certain", pl.col("hit") == "possible"
_MOST_PARTS = 20


@dataclass(frozen=True)
class Effects:
    """What bans would take.

    Attributes:
        parts: The chain table with ``hit``: ``certain``, ``possible`` (not told, control not certain), null.
        products: ``product``, ``product_name``, ``certain``, ``possible`` (parts), ``functions`` lost, and
            ``certified``: how many of the parts lost have another certificate in force.
        networks: ``network``, ``certain``, ``possible``, ``quantity`` (of all), ``share`` certain of it,
            ``share_most`` with what is possible.
        alternatives: ``function``, ``maker``, ``maker_name``, ``remains`` (``certain``, or ``possible`` where
            it may be hit, too), ``parts`` (the first part numbers): who else supplies a lost function.
        certificates: ``certificate``, ``laboratory``, ``expires``, ``in_force``, ``hit``, ``records``,
            ``products``: those that are hit.
        laboratories: ``laboratory``, ``certificates``: with certificates in force, not hit.
        named: Whether anything in the inputs is what is banned; a ban of a name that nothing bears may be a
            slip.
    """

    bans: tuple[Ban, ...]
    parts: pl.DataFrame
    products: pl.DataFrame
    networks: pl.DataFrame
    alternatives: pl.DataFrame
    certificates: pl.DataFrame
    laboratories: pl.DataFrame
    named: bool


def effects_of(reach: Reach) -> Effects:
    """What is lost of what is held, and what is left."""
    papers = reach.certificates.filter(pl.col("certificate").is_not_null()).with_columns(
        in_force=in_force(reach.on)
    )
    parts = reach.parts
    return Effects(
        bans=reach.bans,
        parts=parts,
        products=_products(parts, papers),
        networks=_networks(parts),
        alternatives=_alternatives(parts),
        certificates=_certificates(parts, papers),
        laboratories=_laboratories(papers),
        named=bool(parts.select(_CERTAIN.any()).item() or papers.select(_CERTAIN.any()).item()),
    )


def _products(parts: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    other = papers.filter(pl.col("hit").is_null() & pl.col("in_force"))
    held = other.select("record_id", other=pl.lit(value=True)).drop_nulls("record_id").unique()
    return (
        parts.filter(pl.col("hit").is_not_null())
        .join(held, on="record_id", how="left")
        .group_by("product", "product_name")
        .agg(
            certain=_CERTAIN.sum(),
            possible=_POSSIBLE.sum(),
            functions=pl.col("function").filter(_CERTAIN).drop_nulls().unique().sort(),
            certified=(_CERTAIN & pl.col("other").fill_null(value=False)).sum(),
        )
        .sort("certain", "possible", "product", descending=[True, True, False])
    )


def _networks(parts: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("quantity").clip(1)
    return (
        parts.group_by(pl.col("network").fill_null("not told"))
        .agg(
            certain=pl.col("quantity").filter(_CERTAIN).sum(),
            possible=pl.col("quantity").filter(_POSSIBLE).sum(),
            quantity=pl.col("quantity").sum(),
        )
        .with_columns(
            share=pl.col("certain") / whole, share_most=(pl.col("certain") + pl.col("possible")) / whole
        )
        .sort("certain", "possible", "network", descending=[True, True, False])
    )


def _alternatives(parts: pl.DataFrame) -> pl.DataFrame:
    lost = parts.filter(_CERTAIN & pl.col("function").is_not_null()).select("function").unique()
    left = pl.col("hit").is_null()
    return (
        parts.filter(~_CERTAIN.fill_null(value=False) & pl.col("known"))
        .join(lost, on="function", how="semi")
        .group_by("function", "maker")
        .agg(
            maker_name=pl.col("maker_name").min(),
            remains=pl.when(left.any()).then(pl.lit("certain")).otherwise(pl.lit("possible")),
            parts=pl.col("part").drop_nulls().unique().sort().head(_MOST_PARTS),
        )
        .select("function", "maker", "maker_name", "remains", "parts")
        .sort("function", "remains", "maker")
    )


def _certificates(parts: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    of = parts.select("record_id", "product").unique()
    return (
        papers.filter(pl.col("hit").is_not_null())
        .join(of, on="record_id", how="left")
        .group_by("certificate", "laboratory", "expires", "in_force", "hit")
        .agg(
            records=pl.col("record_id").drop_nulls().n_unique(),
            products=pl.col("product").drop_nulls().n_unique(),
        )
        .sort("hit", "certificate", "laboratory", "expires")
    )


def _laboratories(papers: pl.DataFrame) -> pl.DataFrame:
    left = papers.filter(pl.col("hit").is_null() & pl.col("in_force") & pl.col("laboratory").is_not_null())
    return (
        left.group_by(key=plain(pl.col("laboratory")))
        .agg(laboratory=pl.col("laboratory").min(), certificates=pl.col("certificate").n_unique())
        .select("laboratory", "certificates")
        .sort("certificates", "laboratory", descending=[True, False])
    )
