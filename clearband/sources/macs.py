"""MAC addresses in any notation, a whole column at once (the values are nearly all different).

IEEE 802 EUI-48: ``aa:bb:cc:dd:ee:ff``, ``AA-BB-CC-DD-EE-FF``, ``aabb.ccdd.eeff``, ``AABBCC-DDEEFF``,
``aabbccddeeff``, ``0xaabbccddeeff``, ``0:1b:2:3:4:5`` and space-separated octets; several in a cell,
separated by semicolon, comma, bar, slash, space or line break.
"""

from __future__ import annotations

import polars as pl

from clearband.sources.per_distinct import PLACEHOLDERS, Parsed, no_bad

_OCTETS = r"[0-9a-f]{2}(?:[:\-][0-9a-f]{2}){5}"
_SPACED = r"[0-9a-f]{2}(?: [0-9a-f]{2}){5}"
_QUADS = r"[0-9a-f]{4}[.:\-][0-9a-f]{4}[.:\-][0-9a-f]{4}"
_HALVES = r"[0-9a-f]{6}[.:\-][0-9a-f]{6}"
_BARE = r"(?:0x)?[0-9a-f]{12}"
_SHORT = r"[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}"
_CANONICAL = r"^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$"
_ONE = rf"^(?:{_OCTETS}|{_SPACED}|{_QUADS}|{_HALVES}|{_BARE}|{_SHORT})$"
_EUI64 = (
    r"^(?:(?:0x)?[0-9a-f]{16}|[0-9a-f]{2}(?:[:\- ][0-9a-f]{2}){7}|[0-9a-f]{4}(?:[.:\-][0-9a-f]{4}){3}"
    r"|[0-9a-f]{8}[.:\-][0-9a-f]{8})$"
)
_TELLING = rf"^(?:{_OCTETS}|{_SPACED}|{_QUADS}|{_HALVES}|0x[0-9a-f]{{12}})(?:[;,|\s/]|$)"
_SEPARATORS = r"[;,|/\s]+"


def looks_like_macs(cells: pl.Series) -> float:
    """Share of non-null cells that start with a MAC address in a notation that nothing else has.

    Twelve bare hexadecimal digits do not count: serial numbers look the same.
    """
    known = cells.drop_nulls()
    if not len(known):
        return 0.0
    return float(known.str.to_lowercase().str.contains(_TELLING).mean())  # type: ignore[arg-type]


def readable_share(cells: pl.Series) -> float:
    """Share of non-null cells that can be read as at least one MAC address, bare digits included."""
    known = cells.drop_nulls()
    return 1 - parse_macs(known).values.null_count() / len(known) if len(known) else 0.0


def _canonical(text: pl.Expr) -> pl.Expr:
    """Canonical form of lower-case cells known to hold one address in a notation other than ``_SHORT``."""
    digits = text.str.replace(r"^0x", "").str.replace_all(r"[^0-9a-f]", "")
    pairs = [digits.str.slice(at, 2) for at in range(0, 12, 2)]
    return pl.concat_str(pairs, separator=":")


def _pad_short(cell: str) -> str:
    return ":".join(part.zfill(2) for part in cell.split(":"))


def _one_each(cells: pl.Series) -> pl.DataFrame:
    """Columns ``low`` and ``mac`` (null when the cell is not exactly one address)."""
    frame = cells.str.to_lowercase().to_frame("low")
    frame = frame.with_columns(
        pl.when(pl.col("low").str.contains(_CANONICAL)).then(pl.col("low")).alias("mac"),
    )
    rest = pl.col("mac").is_null() & pl.col("low").is_not_null()
    if not frame.select(rest.any()).item():
        return frame
    frame = frame.with_columns(one=rest & pl.col("low").str.contains(_ONE))
    others = frame.with_row_index("row").filter(pl.col("one"))
    if not others.height:
        return frame.drop("one")
    short = others["low"].str.contains(rf"^{_SHORT}$")
    if short.any():
        padded = others["low"].map_elements(_pad_short, return_dtype=pl.String)
        others = others.with_columns(low=pl.when(short).then(padded).otherwise(pl.col("low")))
    others = others.select("row", _canonical(pl.col("low")).alias("found"))
    joined = frame.with_row_index("row").join(others, on="row", how="left", maintain_order="left")
    return joined.select("low", mac=pl.coalesce("mac", "found"))


def _problem(token: pl.Expr, mac: pl.Expr) -> pl.Expr:
    """What is wrong with each lower-case token; null when it is a usable address or a placeholder."""
    return (
        pl.when(mac == "00:00:00:00:00:00")
        .then(pl.lit("all zeros, not the address of a device"))
        .when(mac == "ff:ff:ff:ff:ff:ff")
        .then(pl.lit("the broadcast address, not the address of a device"))
        .when(mac.is_not_null() | token.is_null() | token.is_in(list(PLACEHOLDERS)))
        .then(pl.lit(None, dtype=pl.String))
        .when(token.str.contains(_EUI64))
        .then(pl.lit("an 8-byte EUI-64, not a 6-byte MAC address"))
        .otherwise(pl.lit("not a MAC address"))
    )


def parse_macs(cells: pl.Series) -> Parsed:
    """Read a column of cells that hold MAC addresses.

    Returns:
        ``values``: list of canonical addresses, in the cell's order without repetition, null when none;
        ``bad``: each piece of a cell that is not a usable address.
    """
    frame = _one_each(cells).with_columns(cell=cells)
    whole = pl.col("low").str.contains(_EUI64) | pl.col("low").is_in(list(PLACEHOLDERS))
    is_several = pl.col("mac").is_null() & pl.col("low").is_not_null() & ~whole
    frame = frame.with_columns(several=is_several, problem=_problem(pl.col("low"), pl.col("mac")))
    good = pl.col("mac").is_not_null() & pl.col("problem").is_null()
    values = frame.select(pl.when(good).then(pl.concat_list("mac")).alias("macs"))["macs"]
    bad = (
        frame.with_row_index("row")
        .filter(pl.col("problem").is_not_null() & ~pl.col("several"))
        .select(pl.col("row").cast(pl.UInt32), pl.col("cell").alias("value"), "problem")
    )
    if not frame["several"].any():
        return Parsed(values, bad if bad.height else no_bad())
    pieces = (
        frame.with_row_index("row")
        .filter(pl.col("several"))
        .select(
            pl.col("row").cast(pl.UInt32),
            pl.col("cell").str.replace_all(_SEPARATORS, "\n").str.split("\n").alias("value"),
        )
        .explode("value")
        .filter(pl.col("value") != "")
    )
    pieces = pieces.with_columns(_one_each(pieces["value"]))
    pieces = pieces.with_columns(problem=_problem(pl.col("low"), pl.col("mac")))
    grouped = (
        pieces.filter(pl.col("mac").is_not_null() & pl.col("problem").is_null())
        .group_by("row", maintain_order=True)
        .agg(pl.col("mac").unique(maintain_order=True).alias("several_macs"))
    )
    rows = pl.DataFrame({"macs": values}).with_row_index("row").with_columns(pl.col("row").cast(pl.UInt32))
    values = rows.join(grouped, on="row", how="left", maintain_order="left").select(
        pl.coalesce("macs", "several_macs").alias("macs")
    )["macs"]
    broken = pieces.filter(pl.col("problem").is_not_null()).select("row", "value", "problem")
    return Parsed(values, pl.concat([bad, broken]).sort("row", maintain_order=True))
