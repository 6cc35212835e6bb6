"""The codes and names of countries, ISO 3166-1 alpha-2."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from clearband.facts import yaml_text
from clearband.facts.store import ROOT


@lru_cache(maxsize=1)
def countries() -> dict[str, Any]:
    """``codes``, separated by blanks, and ``names``: code to the names people write, separated by ``|``."""
    data: dict[str, Any] = yaml_text.load(ROOT / "countries.yaml")
    return data


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Every code in capital letters."""
    return frozenset(countries()["codes"].split())
