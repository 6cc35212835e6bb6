"""Who made the hardware, where a column of its own says so beside the name on the box ("OEM", "Make")."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.sources.per_distinct import PLACEHOLDERS

_NOBODY: Final = PLACEHOLDERS | frozenset(
    """same|as above brand|same as manufacturer|same as make|same as brand|same as vendor|see manufacturer
    |see brand|see make|own|own brand|own make|own design|self|itself|in-house|in house|inhouse|not oem|no oem
    |original|genuine|branded|oem|odm|yes|no|y|n|x|true|false|0|1|ja|nein|oui|non|si|sí|não|tak|nie|да|нет|是|否
    |gleich|wie hersteller|s. hersteller|siehe hersteller|eigen|eigene|eigenfertigung|selbst|idem|identique
    |même|propre|interne|mismo|el mismo|propio|o mesmo|próprio|stesso|lo stesso|proprio|ten sam|własny
    |тот же|он же|собственный|同|同左|相同|自有|自产|自研|本厂|同じ|自社|なし|无|無|none known|not known
    |blank|empty|tbc|tba|./.|.|/|*|k.a.|k. a.|n.v.|нет данных|н/д|n/d|s/d|n.d.|nd""".replace(
        "\n    ", ""
    ).split("|")
)
"""Cells of such a column that name nobody else, in lower case."""


def _names_nobody(cells: pl.Series) -> pl.Series:
    return cells.is_null() | cells.str.to_lowercase().is_in(list(_NOBODY))


def names_makers(cells: pl.Series) -> bool:
    """Whether a column headed "OEM" holds names at all, and not only yes and no."""
    return not bool(_names_nobody(cells).all()) if len(cells) else False


_SELLERS_FROM: Final = 3
"""Records of differing names from which on a second column may be one of sellers."""


def names_sellers(makers: pl.Series, others: pl.Series) -> bool:
    """Whether a second column ("Vendor") mostly names others than the makers: who sold the things."""
    first = [pl.col(name).str.to_lowercase().str.extract(r"([^\W_]+)") for name in ("maker", "other")]
    frame = pl.DataFrame({"maker": makers, "other": others, "nobody": _names_nobody(makers)})
    both = frame.filter(~pl.col("nobody") & pl.col("other").is_not_null())
    different = both.filter(first[0].ne_missing(first[1]))
    return len(different) >= _SELLERS_FROM and 2 * len(different) > len(both)


def makers_or_others(makers: pl.Series, others: pl.Series) -> pl.Series:
    """The manufacturer of each row, and where none is named, what the second column says."""
    frame = pl.DataFrame({"maker": makers, "other": others, "nobody": _names_nobody(makers)})
    other = pl.coalesce("other", "maker")
    return frame.select(maker=pl.when("nobody").then(other).otherwise("maker"))["maker"]


def makers_and_brands(
    real: pl.Series, other: pl.Series, brands: pl.Series | None
) -> tuple[pl.Series, pl.Series]:
    """Manufacturers and brands, row by row.

    Args:
        real: The column of real makers.
        other: The manufacturer column.
        brands: A third column that names brands.

    Returns:
        The real maker or else the manufacturer; and the brand, which is the manufacturer column's word where
        a real maker stands beside it and no other brand is given.
    """
    frame = pl.DataFrame({"real": real, "other": other, "nobody": _names_nobody(real)}).with_columns(
        brand=pl.lit(None, dtype=pl.String) if brands is None else brands
    )
    chosen = frame.select(
        maker=pl.when("nobody").then(pl.coalesce("other", "real")).otherwise("real"),
        brand=pl.when("nobody").then("brand").otherwise(pl.coalesce("brand", "other")),
    )
    return chosen["maker"], chosen["brand"]
