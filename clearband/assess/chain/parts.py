"""The chain as a table: every part with the product that it is in, how deep it lies, and who made it."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import Register

DEEPEST: Final = 64
"""Levels of parts within parts; a bill of materials that goes deeper has a circle in it."""

CHAIN_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "product": pl.String,
    "product_name": pl.String,
    "tier": pl.Int64,
    "maker": pl.String,
    "maker_name": pl.String,
    "known": pl.Boolean,
    "home": pl.String,
    "made_in": pl.String,
    "part": pl.String,
    "function": pl.String,
    "network": pl.String,
    "quantity": pl.Int64,
}
"""One row a record. ``product`` is the record at the top of the parts (itself, for what is part of nothing),
with its maker and model as ``product_name``; ``tier`` how many levels below it; ``known`` whether the maker
is an organisation of the register; ``home`` its country, ``made_in`` that of production, ISO 3166-1 alpha-2;
``part`` the part number, else the model; ``function`` the category of equipment, else the description;
``network`` the network, else the site, of a part that of its product. Null is *not told*."""

_USED: Final = (
    "record_id",
    "parent_id",
    "model",
    "part_number",
    "description",
    "made_in",
    "network",
    "site",
    "quantity",
)


def chain_of(equipment: pl.DataFrame, verdicts: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The chain table of an inventory or bill of materials.

    Args:
        equipment: The equipment table; ``parent_id`` says what a record is a part of.
        verdicts: What identification gives, in the same order.

    Returns:
        `CHAIN_SCHEMA`, in the order of the equipment.

    Raises:
        InputError: Parts that are within each other in a circle, or a part of a record that is not there.
    """
    absent = [name for name in _USED if name not in equipment.columns]
    empty = [pl.lit(None, EQUIPMENT_SCHEMA[name]).alias(name) for name in absent]
    records = equipment.with_columns(empty).select(_USED)
    known = (pl.col("maker_status") == "identified").fill_null(value=False)
    told = verdicts.select("maker", "maker_name", "category", known=known)
    records = pl.concat([records, told], how="horizontal")
    homes = {name: one.country for name, one in register.organisations.items()}
    country = pl.col("maker").replace_strict(homes, default=None, return_dtype=pl.String)
    made = records.join(_tops(records), on="record_id", how="left", maintain_order="left").with_columns(
        home=pl.when("known").then(country),
        part=pl.coalesce("part_number", "model"),
        function=pl.coalesce("category", pl.col("description").str.to_lowercase()),
        network=pl.coalesce("network", "site"),
        quantity=pl.col("quantity").fill_null(1),
    )
    maker, part = pl.col("maker_name").fill_null("maker unknown"), pl.col("part").fill_null("")
    tops = made.select(
        product="record_id",
        product_name=pl.concat_str(maker, part, separator=" ").str.strip_chars(),
        of_product="network",
    ).unique("product", keep="first")
    made = made.join(tops, on="product", how="left", maintain_order="left").with_columns(
        network=pl.coalesce("network", "of_product")
    )
    return made.select(pl.col(name).cast(kind) for name, kind in CHAIN_SCHEMA.items())


def _tops(records: pl.DataFrame) -> pl.DataFrame:
    """For each record the one at the top of its parts, and how many levels lie between (``tier``)."""
    parents = records.select("record_id", "parent_id").unique("record_id", keep="first")
    strays = parents.filter(pl.col("parent_id").is_not_null()).join(
        parents.select(parent_id="record_id"), on="parent_id", how="anti"
    )
    if strays.height:
        child, parent = strays.row(0)
        raise InputError(
            f'it is a part of "{parent}", which is not there',
            where=child,
            remedy="give the file that holds it, or leave the column out with --map COLUMN=ignore",
        )
    up = parents.rename({"record_id": "product", "parent_id": "above"})
    tops = parents.select("record_id", product="record_id", tier=pl.lit(0, pl.Int64))
    for _ in range(DEEPEST):
        tops = tops.join(up, on="product", how="left", maintain_order="left")
        if tops["above"].null_count() == tops.height:
            return tops.drop("above")
        inside = pl.col("above").is_not_null()
        tops = tops.with_columns(
            product=pl.coalesce("above", "product"), tier=pl.col("tier") + inside.cast(pl.Int64)
        ).drop("above")
    circle = tops.row(0, named=True)["record_id"]
    raise InputError(
        f"parts lie within each other deeper than {DEEPEST} levels, or in a circle",
        where=circle,
        remedy="correct the column that says what a record is a part of",
    )
