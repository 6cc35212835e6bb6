"""ENTITY-MIB (RFC 6933): which row is the device, and which are parts that anybody may have made.

An optical module, a fan or a disk names its own maker. Where the chassis names none, such a row is no
substitute for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

_PART: Final = (
    r"(?i)\b(x?sfp\w*|xfp|qsfp\w*|cfp\w*|gbic|transceiver|optics?|optical|fans?|fan ?tray|power[ -]?supply|"
    r"psu|sensor|disks?|drives?|ssd|hdd|dimm|battery|(network|wireless) adapter|modem)\b"
)
_DEVICE: Final = r"(?i)\b(chassis|switch|router|firewall|gateway|shelf|server|stack)\b"


@dataclass(frozen=True, slots=True)
class EntityRows:
    """What the rows of each record say.

    Attributes:
        mfg: Maker that the device's row names, shape (n,).
        model: Model of that row, shape (n,).
        parts: Makers that other rows name with what they are, ``list<string>``, shape (n,).
    """

    mfg: pl.Series
    model: pl.Series
    parts: pl.Series


def read_entity_rows(rows: pl.Series) -> EntityRows:
    """Tell the device from its parts: the first row with a maker that is no optical module or the like.

    Args:
        rows: ``ENT_PHYSICAL`` lists, shape (n,).
    """
    if rows.null_count() == len(rows):
        none = pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
        no_parts = pl.Series([None], dtype=pl.List(pl.String)).new_from_index(0, len(rows))
        return EntityRows(none, none, no_parts)
    each = (
        pl.DataFrame({"row": pl.int_range(len(rows), dtype=pl.UInt32, eager=True), "entry": rows})
        .explode("entry")
        .unnest("entry")
        .filter(pl.col("mfg").is_not_null())
    )
    told = pl.concat_str("descr", "name", separator=" ", ignore_nulls=True)
    is_part = told.str.contains(_PART) & ~told.str.contains(_DEVICE)
    device = (
        each.filter(~is_part.fill_null(value=False))
        .group_by("row", maintain_order=True)
        .agg(pl.col("mfg", "model").first())
    )
    other = pl.col("mfg").str.to_lowercase() != pl.col("mfg_device").str.to_lowercase()
    parts = (
        each.join(device, on="row", how="left", suffix="_device", maintain_order="left")
        .filter(other.fill_null(value=True))
        .select("row", part=pl.concat_str("mfg", "model", told, separator=" ", ignore_nulls=True))
        .group_by("row", maintain_order=True)
        .agg(pl.col("part").unique(maintain_order=True))
    )
    every = pl.DataFrame({"row": pl.int_range(len(rows), dtype=pl.UInt32, eager=True)})
    joined = every.join(device, on="row", how="left", maintain_order="left")
    listed = every.join(parts, on="row", how="left", maintain_order="left")
    return EntityRows(joined["mfg"], joined["model"], listed["part"])
