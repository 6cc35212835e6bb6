"""The equipment table: the contract between every source of inventories and everything that reads one.

One row is one piece of equipment, or one part of it (with ``parent_id``). Absent is null, never the empty
string. Columns of the input that are not part of the table are kept behind it under their own names with
the prefix ``x_``.
"""

from __future__ import annotations

from typing import Final

import polars as pl

ENT_PHYSICAL: Final = pl.List(
    pl.Struct(
        {"mfg": pl.String, "model": pl.String, "descr": pl.String, "name": pl.String, "serial": pl.String}
    )
)
"""Rows of ENTITY-MIB's ``entPhysicalTable`` (RFC 6933)."""

BANNERS: Final = pl.List(pl.Struct({"protocol": pl.String, "text": pl.String}))

NEIGHBORS: Final = pl.List(
    pl.Struct(
        {"chassis_id": pl.String, "port_descr": pl.String, "sys_name": pl.String, "sys_descr": pl.String}
    )
)
"""What the device says of other devices (LLDP, IEEE 802.1AB): never evidence for itself."""

INVALID: Final = pl.List(pl.Struct({"column": pl.String, "value": pl.String, "problem": pl.String}))
"""Cells that could not be read; the row is kept."""

EQUIPMENT_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "source": pl.String,
    "parent_id": pl.String,
    "manufacturer": pl.String,
    "brand": pl.String,
    "model": pl.String,
    "part_number": pl.String,
    "description": pl.String,
    "serial": pl.String,
    "macs": pl.List(pl.String),
    "sys_object_id": pl.String,
    "sys_descr": pl.String,
    "sys_name": pl.String,
    "ent_physical": ENT_PHYSICAL,
    "banners": BANNERS,
    "neighbors": NEIGHBORS,
    "fcc_id": pl.String,
    "cpe": pl.String,
    "purl": pl.String,
    "hw_version": pl.String,
    "firmware": pl.String,
    "made_in": pl.String,
    "category": pl.String,
    "site": pl.String,
    "region": pl.String,
    "network": pl.String,
    "owner": pl.String,
    "status": pl.String,
    "purpose": pl.String,
    "notes": pl.String,
    "quantity": pl.Int64,
    "acquired_on": pl.Date,
    "installed_on": pl.Date,
    "unit_cost": pl.Decimal(18, 4),
    "currency": pl.String,
    "invalid": INVALID,
}
"""Column name to type. ``macs`` are ``aa:bb:cc:dd:ee:ff``; ``made_in`` is ISO 3166-1 alpha-2; ``quantity``
defaults to 1; ``category`` is as stated by the source until identification maps it to an id."""

MERGED_FROM: Final = pl.List(
    pl.Struct({name: kind for name, kind in EQUIPMENT_SCHEMA.items() if name != "invalid"})
)
"""The records of several sources that became one, each as its source said it."""

MERGED_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "merged_from": MERGED_FROM,
    "merged_because": pl.String,
}
"""Columns of a table of which records were merged: what each source said, and why it is one thing; null for
records that one source told of. They stand behind those of `EQUIPMENT_SCHEMA`."""

EXTRA_PREFIX: Final = "x_"


def empty_equipment() -> pl.DataFrame:
    """An equipment table of no rows."""
    return pl.DataFrame(schema=EQUIPMENT_SCHEMA)
