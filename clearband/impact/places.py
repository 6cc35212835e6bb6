"""Which regions of the market facts a country lies in, and whose law holds there."""

from __future__ import annotations

from typing import Final

from clearband.errors import UsageError
from clearband.facts.country_codes import country_codes
from clearband.facts.problems import nearest_or
from clearband.impact.market import market_rows

_MEMBERS: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EU: Final = frozenset(_MEMBERS.split())
_EUROPE: Final = _EU | frozenset({"UK", "NO", "CH", "IS", "LI"})
_WIDER: Final[dict[str, frozenset[str]]] = {
    "eu": _EU,
    "europe": _EUROPE,
    "north-america": frozenset({"US", "CA"}),
    "asia-oceania": frozenset({"AU", "NZ", "JP", "IN", "KR", "CN", "TW", "SG"}),
    "china": frozenset({"CN"}),
    "us-rural": frozenset({"US"}),
}
"""Regions of the facts that are no country, and countries in them. Members of the European Union are those of
its treaties; the sources do not say exactly which states they mean by a wider region."""
_SPELT: Final = {"GB": "UK", "EL": "GR"}


def country_code(text: str) -> str:
    """A country as the facts write it: two letters, UK for the United Kingdom.

    Raises:
        UsageError: It is no code of a country; names the nearest.
    """
    code = text.strip().upper()
    code = _SPELT.get(code, code)
    known = sorted({*country_codes(), "UK"} - _SPELT.keys())
    if code not in known:
        raise UsageError(
            f'"{text}" is no code of a country',
            where="--country",
            remedy=nearest_or(code, known, "write its two letters, such as US or DE"),
        )
    return code


def jurisdictions_of(country: str) -> tuple[str, ...]:
    """Whose law holds in a country, as directive files write it."""
    return (country, "EU") if country in _EU else (country,)


def regions_of(country: str) -> tuple[str, ...]:
    """The regions of the facts that are the country, lie in it, or hold it; the nearest first."""
    own = [region for region in _region_ids() if region == country.lower()]
    wider = [region for region in _region_ids() if country in _WIDER.get(region, ())]
    return tuple(dict.fromkeys([*own, *sorted(wider, key=lambda region: len(_WIDER[region]))]))


def related(region: str) -> tuple[str, ...]:
    """A region, those within it, and those that hold it."""
    inside = _WIDER.get(region, frozenset({region.upper()}))
    if region == "world":
        return tuple(_region_ids())
    found = [
        other
        for other in _region_ids()
        if other == region or inside & _WIDER.get(other, frozenset({other.upper()}))
    ]
    return tuple(found)


def _region_ids() -> list[str]:
    return [row["id"] for row in market_rows("regions")]
