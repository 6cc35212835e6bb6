"""Quantities as people write them: ``12``, ``12 pcs``, ``1,200``, ``x4``, ``3 ea``."""

from __future__ import annotations

import re

import polars as pl

from clearband.sources.per_distinct import Parsed, parse_distinct

_MOST = 10**12
_UNITS = (
    r"pcs?|pieces?|pce|ea|each|units?|nos?|sets?|items?|off|stk|stück|st|pi[eè]ces?|uds?|unidades?"
    r"|个|台|套|件|只|部"
)
_QUANTITY = re.compile(
    rf"(?:(?:x|×|\*)\s*)?(?P<number>\d{{1,3}}(?:[,' \u00a0]\d{{3}})+|\d+)(?:[.]0+|,0{{1,2}})?\s*"
    rf"(?:x|×|(?:{_UNITS})\.?)?",
    re.IGNORECASE,
)
_COMMON = rf"(?i)^(?:x\s*)?([0-9]{{1,12}})\s*(?:(?:{_UNITS})\.?)?$"
"""What nearly all cells look like, for a whole column at once."""


def parse_quantity(cell: str) -> tuple[int | None, str | None]:
    """One cell: the number, or what is wrong."""
    match = _QUANTITY.fullmatch(cell)
    if match is None:
        if re.fullmatch(r"-\s*\d+(\.0+)?", cell):
            return None, "a negative quantity"
        if re.fullmatch(r"\d+[.,]\d+", cell):
            return None, "not a whole number"
        return None, "not a number"
    number = int(re.sub(r"\D", "", match["number"])) if len(match["number"]) < 40 else _MOST + 1
    return (number, None) if number <= _MOST else (None, "too large for a quantity")


def parse_quantities(cells: pl.Series) -> Parsed:
    """Read a quantity column (Int64): blank is 1, what cannot be read is null and reported."""
    frame = pl.DataFrame({"cell": cells}).with_columns(
        plain=pl.col("cell").str.extract(_COMMON).cast(pl.Int64)
    )
    others = frame.select(pl.when(pl.col("plain").is_null()).then(pl.col("cell")))["cell"]
    odd = parse_distinct(others, parse_quantity, pl.Int64)
    blank = pl.col("cell").is_null()
    values = frame.with_columns(odd=odd.values).select(
        pl.when(blank).then(1).otherwise(pl.coalesce("plain", "odd")).cast(pl.Int64).alias("quantity")
    )["quantity"]
    return Parsed(values, odd.bad)
