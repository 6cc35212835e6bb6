"""Why records that share a key are not one thing all the same."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import polars as pl

from clearband.screening.merging.links import Key
from clearband.screening.merging.serials import is_strong

Akin = Callable[[str, str], bool]


class Why(StrEnum):
    """Why records are kept apart, in words."""

    TWICE = "one source has it more than once"
    CHAIN = "they hang together with two records of one source"
    SERIALS = "their serial numbers differ"
    MAKERS = "their makers differ"
    MODELS = "their models differ"
    DOMAINS = "their domains differ"
    SITES = "their sites differ"
    PLACES = "their names and sites differ"
    NOT_SURE = "the number is short, and the maker of one is not known"
    NO_SITE = "a site is not stated, and nothing else tells that it is the same device"
    MILDER = "together they would be judged more mildly than one of them alone"
    BOXES = "they lie in different boxes"
    PART = "one is a part, and another answers as a device"


_NUMBERS: Final = r"\d{2,}"
_LONG: Final = 6
"""Signs of a name with a number that few devices have."""


def contradictions(members: pl.DataFrame, kind: Key, are_akin: Akin) -> pl.DataFrame:
    """The groups that cannot be one thing, or may be another: ``group`` and ``why``.

    Args:
        members: ``group`` and what is known of each member: the columns of
            `clearband.screening.merging.keys.rows_of`, ``maker`` and ``speaks_for``.
        kind: The key that brought them together.
        are_akin: Whether two makers are of one house.
    """
    found = [_several(members, Why.CHAIN, pl.len() > pl.col("file").n_unique())]
    # Whoever is told already is not looked at again: a chain of a million members has too many pairs.
    members = members.join(found[0], on="group", how="anti")
    if kind is not Key.SERIAL:
        found.append(_several(members, Why.SERIALS, _differs("serial")))
    if kind is Key.ADDRESS:
        # An address that is wrong on many devices may stand in the list of each site once.
        found.append(_several(members, Why.PLACES, _differs("site") & _differs("name", "is_host")))
        # An address of a card's interface is what the box with the card answers from.
        part = (pl.col("box").is_not_null() & ~pl.col("answers")).any()
        found.append(_several(members, Why.PART, part & (pl.col("box").is_null() & pl.col("answers")).any()))
    else:
        found.append(_different_makers(members, are_akin))
    if kind is Key.SERIAL:
        unsure = pl.col("maker").is_null().any() & ~is_strong(pl.col("serial")).all()
        found.append(_several(members, Why.NOT_SURE, unsure))
    # Of a maker that is known a model may go by its name and by the number it is ordered by.
    unknown = members if kind is not Key.SERIAL else _with_unknown_makers(members)
    if kind is not Key.ADDRESS:
        found.append(_differing(unknown, "model", Why.MODELS, _are_models_alike))
    if kind in (Key.PLACE, Key.NAME):
        found.append(_differing(members, "domain", Why.DOMAINS, _are_domains_alike))
    if kind is Key.NAME:
        found.append(_several(members, Why.SITES, _differs("site")))
        found.append(_several(members, Why.NO_SITE, ~_is_told_by_name()))
    return pl.concat(found).unique("group", keep="first", maintain_order=True)


def _several(members: pl.DataFrame, why: Why, holds: pl.Expr) -> pl.DataFrame:
    """Groups of whose members something holds."""
    groups = members.group_by("group", maintain_order=True).agg(holds.alias("holds"))
    return groups.filter("holds").select("group", why=pl.lit(why.value))


def _with_unknown_makers(members: pl.DataFrame) -> pl.DataFrame:
    """The groups in which the maker of a member is not known."""
    return members.filter(pl.col("maker").is_null().any().over("group"))


def _differs(column: str, where: str | None = None) -> pl.Expr:
    """Whether a group has several values in a column, among members of which something holds."""
    values = pl.col(column) if where is None else pl.col(column).filter(pl.col(where))
    return values.drop_nulls().n_unique() > 1


def _is_told_by_name() -> pl.Expr:
    """Where no site says so: a host's own name that is none of many, and makers that are known and agree."""
    host = pl.col("name").filter("is_host")
    distinct = (host.str.contains(r"\d") & (host.str.len_chars() >= _LONG)).all()
    whole = pl.col("domain").filter("is_host").is_not_null().all()
    return pl.col("is_host").any() & pl.col("maker").is_not_null().all() & (distinct | whole)


def _pairs(members: pl.DataFrame, column: str) -> pl.DataFrame:
    """``group``, ``one``, ``other``: each two different values that a group has in a column."""
    values = members.select("group", one=column).drop_nulls().unique()
    values = values.filter(pl.col("group").is_duplicated())
    pairs = values.join(values.rename({"one": "other"}), on="group")
    return pairs.filter(pl.col("one") < pl.col("other"))


def _differing(
    members: pl.DataFrame, column: str, why: Why, are_alike: Callable[[pl.DataFrame], pl.Series]
) -> pl.DataFrame:
    pairs = _pairs(members, column)
    return _told(pairs.filter(~are_alike(pairs)), why)


def _told(pairs: pl.DataFrame, why: Why) -> pl.DataFrame:
    return pairs.sort("group").select("group", why=pl.lit(why.value)).unique("group", maintain_order=True)


def _different_makers(members: pl.DataFrame, are_akin: Akin) -> pl.DataFrame:
    """Groups with makers of different houses, unless what one says speaks for the other's maker, too."""
    pairs = _pairs(members, "maker")
    distinct = pairs.select("one", "other").unique(maintain_order=True)
    akin = [are_akin(one, other) for one, other in distinct.iter_rows()]
    strange = distinct.filter(~pl.Series(akin, dtype=pl.Boolean))
    pairs = pairs.join(strange, on=["one", "other"])
    says = members.select("group", one="maker", other="speaks_for").drop_nulls().explode("other").unique()
    for columns in ({"one": "one", "other": "other"}, {"one": "other", "other": "one"}):
        pairs = pairs.join(says.rename(columns), on=["group", "one", "other"], how="anti")
    return _told(pairs, Why.MAKERS)


def _are_models_alike(pairs: pl.DataFrame) -> pl.Series:
    """Models that have a number in common, or of which one is in the other, or that have no numbers."""
    plain = [pl.col(name).str.replace_all(r"[^\p{L}\p{N}]+", "") for name in ("one", "other")]
    numbers = [pl.col(name).str.extract_all(_NUMBERS) for name in ("one", "other")]
    within = plain[0].str.contains(plain[1], literal=True) | plain[1].str.contains(plain[0], literal=True)
    common = numbers[0].list.set_intersection(numbers[1]).list.len() > 0
    no_numbers = (numbers[0].list.len() == 0) | (numbers[1].list.len() == 0)
    return pairs.select((within | common | no_numbers).alias("alike")).to_series()


def _are_domains_alike(pairs: pl.DataFrame) -> pl.Series:
    one, other = pl.col("one"), pl.col("other")
    return pairs.select((one.str.ends_with(other) | other.str.ends_with(one)).alias("alike")).to_series()
