"""Lists that names are held against in these tests."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from itertools import product

import polars as pl
import pytest
import yaml

from clearband.matching import Matcher, at_large
from clearband.register import load_register
from clearband.register.name_table import name_table

SYLLABLES = ("ka", "ve", "lo", "mi", "dru", "sto", "ne", "ral", "qui", "zen", "tor", "bil")
Invented = Callable[[int], str]


def invented(number: int) -> str:
    """A word that no company bears, another one for each number below 20,736."""
    parts = []
    for _ in range(4):
        number, at = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return "".join(parts).capitalize()


def classes() -> dict[str, list[str]]:
    """The words of each class of the lexicon, with all spellings that are kept as one of them."""
    text = files("clearband.matching").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)
    return {
        name: sorted({spelling for word in words for spelling in (word, *data["same"].get(word, ()))})
        for name, words in data["classes"].items()
    }


def two_letters() -> list[str]:
    """Every string of two Latin letters."""
    return ["".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz", repeat=2)]


def matcher_of(names: list[str], entities: list[str] | None = None) -> Matcher:
    """A matcher for a list; each name is an organisation of its own unless said."""
    ids = entities or [f"E{at}" for at in range(len(names))]
    return Matcher.of(pl.Series(names, dtype=pl.String), pl.Series(ids, dtype=pl.String), at_large())


@pytest.fixture(scope="session")
def register_names() -> pl.DataFrame:
    """The names of the register."""
    return name_table(load_register())


@pytest.fixture(scope="session")
def register_matcher(register_names: pl.DataFrame) -> Matcher:
    return Matcher.of(register_names["name"], register_names["entity_id"], at_large())
