"""The profile file: who we are, what we do, and what our equipment is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from clearband.errors import UsageError
from clearband.facts import yaml_text
from clearband.model.days import day_of

_KEYS = {"name", "actors", "actions", "on", "known_on", "found_on", "purposes"}
PLACES = ("site", "network", "owner")
"""Columns of a record that a rule on purposes may look at, besides its category."""
_RULE_KEYS = {"purpose", "category", *PLACES}


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """What the items that match are used for, where the inventory does not say.

    Attributes:
        purpose: A word of the purposes vocabulary, or plain text that maps to one.
        where: Column (site, network, category, owner) to a pattern with ``*`` and ``?``, matched without
            regard to case; all must match.
    """

    purpose: str
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who we are. Options of the command line go before it.

    Attributes:
        actors: Actor words of the vocabulary.
        actions: Action words.
        on: The day the question is about.
        known_on: The day whose knowledge is used.
        found_on: The day on which items were found.
        purposes: Rules, the first that matches winning.
    """

    name: str | None = None
    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    on: date | None = None
    known_on: date | None = None
    found_on: date | None = None
    purposes: tuple[PurposeRule, ...] = ()


def read_profile(path: Path) -> Profile:
    """Read a profile file (YAML).

    Raises:
        UsageError: A key is not known, or a value does not fit.
        FactsError: The file cannot be read.
    """
    return profile_of(yaml_text.load(path), str(path))


def profile_of(raw: Any, where: str) -> Profile:
    """The profile in a YAML document that was read.

    Args:
        where: Its name for messages.

    Raises:
        UsageError: A key is not known, or a value does not fit.
    """
    if not isinstance(raw, dict):
        raise UsageError(
            "a profile is a list of keys and values",
            where=where,
            remedy=f"it may hold {', '.join(sorted(_KEYS))}",
        )
    _refuse_unknown(raw, _KEYS, where)
    return Profile(
        name=_text(raw.get("name"), "name", where),
        actors=_words(raw.get("actors"), "actors", where),
        actions=_words(raw.get("actions"), "actions", where),
        on=_day(raw.get("on"), "on", where),
        known_on=_day(raw.get("known_on"), "known_on", where),
        found_on=_day(raw.get("found_on"), "found_on", where),
        purposes=tuple(_rule(rule, where) for rule in _list(raw.get("purposes"), "purposes", where)),
    )


def apply_purposes(equipment: pl.DataFrame, rules: tuple[PurposeRule, ...]) -> pl.DataFrame:
    """Fill the purpose of records that state none from the first rule that matches."""
    if not rules:
        return equipment
    filled: Any = None
    for rule in rules:
        matches = pl.lit(value=True)
        for column, pattern in rule.where:
            matches &= _matches(pl.col(column), pattern)
        filled = (pl if filled is None else filled).when(matches).then(pl.lit(rule.purpose))
    return equipment.with_columns(pl.coalesce("purpose", filled.otherwise(None)).alias("purpose"))


def pattern_matches(texts: pl.Series, pattern: str) -> pl.Series:
    """Whether texts match the pattern of a rule, shape (n,)."""
    return texts.to_frame("text").select(_matches(pl.col("text"), pattern)).to_series()


def _matches(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.fill_null("").str.to_lowercase().str.contains(_wildcards(pattern.lower()))


def _wildcards(pattern: str) -> str:
    """A pattern with ``*`` and ``?`` as a regular expression of the column engine."""
    signs = {"*": ".*", "?": "."}
    return "(?s)^" + "".join(signs.get(sign) or re.escape(sign) for sign in pattern) + "$"


def _refuse_unknown(raw: dict[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise UsageError(
            f'the key "{unknown[0]}" is not known',
            where=where,
            remedy=f"known keys are {', '.join(sorted(known))}",
        )


def _list(value: Any, key: str, where: str) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise UsageError(f"{key} must be a list", where=where, remedy=f"write {key}: [..]")


def _words(value: Any, key: str, where: str) -> tuple[str, ...]:
    words = _list([value] if isinstance(value, str) else value, key, where)
    if not all(isinstance(word, str) for word in words):
        raise UsageError(f"{key} must be a list of words", where=where)
    return tuple(words)


def _text(value: Any, key: str, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise UsageError(f"{key} must be text", where=where)


def _day(value: Any, key: str, where: str) -> date | None:
    if value is None:
        return None
    try:
        return day_of(str(value))
    except ValueError as error:
        raise UsageError(f'{key}: "{value}" {error}', where=where, remedy="write YYYY-MM-DD") from None


def _rule(raw: Any, where: str) -> PurposeRule:
    if not isinstance(raw, dict) or not isinstance(raw.get("purpose"), str):
        raise UsageError(
            "each entry of purposes needs a purpose",
            where=where,
            remedy='for example {site: "County jail*", purpose: public-safety}',
        )
    _refuse_unknown(raw, _RULE_KEYS, where)
    conditions = {key: value for key, value in raw.items() if key != "purpose"}
    if not all(isinstance(value, str) for value in conditions.values()):
        raise UsageError("the conditions of a purpose are patterns", where=where)
    return PurposeRule(raw["purpose"], tuple(sorted(conditions.items())))
