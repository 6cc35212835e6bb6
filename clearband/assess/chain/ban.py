"""What if a supplier, a country or a part is banned: what is lost where, and what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

import polars as pl

from clearband.errors import UsageError
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import nearest_or
from clearband.register import Register
from clearband.register.control import Strength

BanKind = Literal["supplier", "country", "part"]
_SIGNS: Final = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Ban:
    """What is banned: an organisation of the register with all it controls, a country, a part number."""

    kind: BanKind
    value: str


@dataclass(frozen=True)
class Effects:
    """What a ban would take.

    Attributes:
        parts: The chain table with ``hit``: ``certain``, ``possible`` (not told, control not certain), null.
        products: ``product``, ``product_name``, ``certain``, ``possible`` (parts), ``functions`` lost.
        networks: ``network``, ``certain``, ``possible``, ``quantity`` (of all), ``share`` certain of it.
        alternatives: ``function``, ``maker``, ``maker_name``: makers of a lost function, not hit.
    """

    ban: Ban
    parts: pl.DataFrame
    products: pl.DataFrame
    networks: pl.DataFrame
    alternatives: pl.DataFrame


def read_ban(word: str, register: Register) -> Ban:
    """A ban as written on the command line: ``supplier:huawei``, ``country:CN``, ``part:Hi1822``.

    Raises:
        UsageError: Another kind, an organisation that the register does not know, no country code.
    """
    kind, _, value = word.partition(":")
    value = value.strip()
    if kind not in get_args(BanKind) or not value:
        remedy = "write supplier:ID, country:CODE or part:NUMBER"
        raise UsageError(f'"{word}" is no ban', where="--ban", remedy=remedy)
    if kind == "supplier" and value not in register.organisations:
        near = nearest_or(value, register.organisations, "`clearband who NAME` shows its id")
        raise UsageError(f'"{value}" is no organisation of the register', where="--ban", remedy=near)
    if kind == "country":
        value = value.upper()
        if value not in country_codes():
            remedy = "write two letters, such as CN (ISO 3166-1 alpha-2)"
            raise UsageError(f'"{value}" is no country code', where="--ban", remedy=remedy)
    return Ban(cast(BanKind, kind), value)


def effects_of(chain: pl.DataFrame, ban: Ban, register: Register, on: date) -> Effects:
    """What a ban would take of what is held.

    A part whose maker, or country, is not told may be hit: it is ``possible``, never left out.

    Args:
        chain: `CHAIN_SCHEMA`.
        on: Day on which ownership is looked at.
    """
    parts = chain.with_columns(hit=_hit(chain, ban, register, on))
    certain, possible = pl.col("hit") == "certain", pl.col("hit") == "possible"
    products = (
        parts.filter(pl.col("hit").is_not_null())
        .group_by("product", "product_name")
        .agg(
            certain=certain.sum(),
            possible=possible.sum(),
            functions=pl.col("function").filter(certain).drop_nulls().unique().sort(),
        )
        .sort("certain", "possible", "product", descending=[True, True, False])
    )
    networks = (
        parts.group_by(pl.col("network").fill_null("not told"))
        .agg(
            certain=pl.col("quantity").filter(certain).sum(),
            possible=pl.col("quantity").filter(possible).sum(),
            quantity=pl.col("quantity").sum(),
        )
        .with_columns(share=pl.col("certain") / pl.col("quantity").clip(1))
        .sort("certain", "possible", "network", descending=[True, True, False])
    )
    lost = parts.filter(certain & pl.col("function").is_not_null()).select("function").unique()
    alternatives = (
        parts.filter(pl.col("hit").is_null() & pl.col("known"))
        .join(lost, on="function", how="semi")
        .select("function", "maker", "maker_name")
        .unique()
        .sort("function", "maker")
    )
    return Effects(ban, parts, products, networks, alternatives)


def _hit(chain: pl.DataFrame, ban: Ban, register: Register, on: date) -> pl.Expr:
    if ban.kind == "part":
        wanted = _SIGNS.sub("", ban.value.lower())
        same = pl.col("part").str.to_lowercase().str.replace_all(_SIGNS.pattern, "") == wanted
        return pl.when(same).then(pl.lit("certain")).when(pl.col("part").is_null()).then(pl.lit("possible"))
    if ban.kind == "country":
        there = (pl.col("made_in") == ban.value) | (pl.col("home") == ban.value)
        untold = pl.col("made_in").is_null() | pl.col("home").is_null()
        return pl.when(there).then(pl.lit("certain")).when(untold).then(pl.lit("possible"))
    makers = chain.filter("known")["maker"].unique().drop_nulls().to_list()
    stand = {maker: _stands(maker, ban.value, register, on) for maker in makers}
    told = pl.col("maker").replace_strict(stand, default=None, return_dtype=pl.String)
    return pl.when("known").then(told).otherwise(pl.lit("possible"))


def _stands(maker: str, banned: str, register: Register, on: date) -> str | None:
    if maker == banned:
        return "certain"
    chain = register.control.above(maker, on).get(banned)
    if chain is None:
        return None
    return "certain" if chain.strength is Strength.CONTROL else "possible"
