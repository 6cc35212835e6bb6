"""Where records are, as far as the inventory has columns that say so."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.equipment import EXTRA_PREFIX

PLACE: Final = ("latitude", "longitude")
_HEADERS: Final = {
    "latitude": frozenset({"latitude", "lat", "sitelat", "sitelatitude", "gpslat", "gpslatitude"}),
    "longitude": frozenset(
        {"longitude", "lon", "long", "lng", "sitelon", "sitelong", "sitelongitude", "gpslon", "gpslongitude"}
    ),
}
_LIMIT: Final = {"latitude": 90.0, "longitude": 180.0}


def coordinates(schema: pl.Schema) -> dict[str, pl.Expr]:
    """Degrees (WGS 84) of each record, null where they are not given or cannot be.

    Args:
        schema: Of the equipment table, with the input's own columns.

    Returns:
        `PLACE`, or nothing where the input has not both columns.
    """
    found: dict[str, str] = {}
    for name in schema.names():
        if not name.startswith(EXTRA_PREFIX) or schema[name] != pl.String:
            continue
        header = "".join(letter for letter in name.removeprefix(EXTRA_PREFIX).casefold() if letter.isalpha())
        for place, headers in _HEADERS.items():
            if header in headers:
                found.setdefault(place, name)
    if set(found) != set(PLACE):
        return {}
    return {place: _degrees(found[place], _LIMIT[place]) for place in PLACE}


def _degrees(name: str, limit: float) -> pl.Expr:
    number = pl.col(name).str.strip_chars().str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(number.abs() <= limit).then(number)
