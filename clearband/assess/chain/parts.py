"""The chain as a table: every part with the product that it is in, how deep it lies, and who made it."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from clearband.assess.chain.within import tops_of
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import Register
from clearband.register.control import Strength

CHAIN_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "product": pl.String,
    "product_name": pl.String,
    "parent": pl.String,
    "tier": pl.Int64,
    "maker": pl.String,
    "maker_name": pl.String,
    "group": pl.String,
    "known": pl.Boolean,
    "home": pl.String,
    "made_in": pl.String,
    "part": pl.String,
    "fcc_id": pl.String,
    "function": pl.String,
    "network": pl.String,
    "quantity": pl.Int64,
}
"""One row a record and product that it is in. ``product`` is the record at the top of the parts (itself, for
what is part of nothing), with its maker and model as ``product_name``; ``tier`` how many levels below it;
``parent`` the record that it is in; ``known`` whether the maker is an organisation of the register; ``group``
who controls that maker on the day, else the maker; ``home`` its country, ``made_in`` that of production, ISO
3166-1 alpha-2; ``part`` the part number, else the model; ``function`` the category of equipment (of a broad
one what the input calls the part), else the description; ``network`` the network, else the site, of a part
that of its product. Null is *not told*."""

_USED: Final = (
    "record_id",
    "source",
    "parent_id",
    "manufacturer",
    "model",
    "part_number",
    "description",
    "category_stated",
    "fcc_id",
    "made_in",
    "network",
    "site",
    "quantity",
)

_BROAD: Final = ("semiconductor", "module-card")
"""Categories of which not every member does what another does: a memory is no processor. What the input calls
the thing goes before them."""


def chain_of(equipment: pl.DataFrame, verdicts: pl.DataFrame, register: Register, on: date) -> pl.DataFrame:
    """The chain table of an inventory or bill of materials.

    Args:
        equipment: The equipment table; ``parent_id`` says what a record is a part of, ``category_stated``
            (where it is there) what the input called it.
        verdicts: What identification gives, in the same order.
        on: Day on which ownership is looked at.

    Returns:
        `CHAIN_SCHEMA`, in the order of the equipment.

    Raises:
        InputError: Parts that lie within each other in a circle, or that hang on nothing, see `tops_of`.
    """
    absent = [name for name in _USED if name not in equipment.columns]
    empty = [pl.lit(None, EQUIPMENT_SCHEMA.get(name, pl.String)).alias(name) for name in absent]
    records = equipment.with_columns(empty).select(_USED)
    known = (pl.col("maker_status") == "identified").fill_null(value=False)
    told = verdicts.select("maker", "maker_name", "category", known=known)
    records = pl.concat([records, told], how="horizontal")
    homes = {name: one.country for name, one in register.organisations.items()}
    country = pl.col("maker").replace_strict(homes, default=None, return_dtype=pl.String)
    groups = groups_of(records.filter("known")["maker"].unique().drop_nulls().to_list(), register, on)
    group = pl.col("maker").replace_strict(groups, default=pl.col("maker"), return_dtype=pl.String)
    records = records.with_columns(
        home=pl.when("known").then(country),
        group=group,
        part=pl.coalesce("part_number", "model"),
        function=pl.coalesce(
            pl.when(pl.col("category").is_in(_BROAD)).then(_words("category_stated")),
            "category",
            _words("description"),
        ),
        network=pl.coalesce("network", "site"),
        quantity=pl.col("quantity").fill_null(1),
    )
    maker, part = pl.col("maker_name").fill_null("maker unknown"), pl.col("part").fill_null("")
    tops = records.select(
        product="record_id",
        product_name=pl.concat_str(maker, part, separator=" ").str.strip_chars(),
        of_product="network",
    ).unique("product", keep="first")
    made = (
        tops_of(records)
        .join(records.with_row_index("at"), on="at", how="left", maintain_order="left")
        .join(tops, on="product", how="left", maintain_order="left")
        .with_columns(network=pl.coalesce("network", "of_product"))
    )
    return made.select(pl.col(name).cast(kind) for name, kind in CHAIN_SCHEMA.items())


def groups_of(makers: list[str], register: Register, on: date) -> dict[str, str]:
    """Who is at the top of each maker on a day; the maker itself, where nobody or several are."""
    found = {}
    for maker in makers:
        over = {name for name, one in register.control.above(maker, on).items() if _controls(one.strength)}
        tops = {
            name
            for name in over
            if not any(_controls(one.strength) for one in register.control.above(name, on).values())
        }
        found[maker] = tops.pop() if len(tops) == 1 else maker
    return found


def _words(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase()


def _controls(strength: Strength) -> bool:
    return strength is Strength.CONTROL
