"""Names written without a gap in front of a model number: "HuaweiNE40E", "ZTEMF286"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import polars as pl

from clearband.identify.name_index import KnownName, name_index
from clearband.register import Register

_GROUPS: Final = frozenset({"covered", "affiliate", "listed"})
_AT_LEAST: Final = 3
_LOOKED_AT: Final = 60


def glued_name(text: str, register: Register) -> KnownName | None:
    """The name of a maker that a list names, glued to the model number behind it.

    Only such makers are looked for: a reader must not miss them, and a word that merely begins as their name
    does ("Huaweitech") has no number behind it.
    """
    names, pattern = _glued(register)
    found = pattern.match(text.lstrip()[:_LOOKED_AT])
    return names[found.group(1).lower()] if found else None


def may_have_glued_name(register: Register) -> pl.Expr:
    """Whether a text may have a `glued_name`, by the names alone, of a column ``text`` of heads of texts."""
    names, _ = _glued(register)
    return pl.col("text").str.contains(rf"(?i)^\s*(?:{'|'.join(names)})[a-z0-9]")


@lru_cache(maxsize=4)
def _glued(register: Register) -> tuple[dict[str, KnownName], re.Pattern[str]]:
    names = {
        name.words[0]: name
        for name in name_index(register).in_texts.values()
        if len(name.words) == 1
        and len(name.words[0]) >= _AT_LEAST
        and name.words[0].isascii()
        and name.words[0].isalpha()
        and not name.is_product_brand
        and register.organisations[name.entry.org_id].group in _GROUPS
    }
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return names, re.compile(
        rf"({'|'.join(longest_first)})(?=[a-z\d])(?=[a-z-]{{0,12}}\d)", re.IGNORECASE | re.ASCII
    )
