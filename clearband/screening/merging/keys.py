"""What records of one box share: serial number, MAC addresses, and the name at a site."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from clearband.identify.mac_addresses import NO_BLOCK
from clearband.identify.mac_columns import address_codes
from clearband.register import Register
from clearband.screening.boxes import has_parts, parents
from clearband.screening.merging.serials import serial_keys

_GENERIC: Final = (
    "localhost", "localdomain", "router", "switch", "host", "device", "unknown", "default", "none", "n/a",
    "test", "camera", "ap", "gateway", "firewall", "modem", "huawei", "quidway", "cisco", "mikrotik", "ubnt",
    "openwrt", "hp", "h3c", "zte", "noname", "hostname",
)  # fmt: skip
"""Names that a device has before somebody gives it one."""
_OF_AGENTS: Final = ("sys_name", "sys_descr", "sys_object_id", "banners")
"""What a device says of itself, and no part of it."""
_NO_NAME: Final = r"^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,}|^[^\p{L}]*$|^[a-z]+/\d+$"
"""An address, a number alone, or one of a kind (``device/17``)."""


def rows_of(equipment: pl.DataFrame, files: pl.Series) -> pl.DataFrame:
    """What of each record is compared.

    Args:
        equipment: The equipment table.
        files: The number of the file that each record is from, in the order in which they were named.

    Returns:
        ``row``, ``file``, ``serial`` (its key), ``name``, ``domain``, ``is_host`` (whether the name is the
        device's own and not an id), ``answers`` (whether it was seen to answer), ``site``, ``model``, ``box``
        (the row it is directly a part of, or null).
    """
    host = pl.col("sys_name")
    own = pl.col("record_id").str.replace(r"^.*!", "")
    name = pl.coalesce(host, own).str.to_lowercase().str.strip_chars(" \t.")
    numbered = (
        pl.col("record_id").str.contains("!", literal=True) & own.str.contains(r"^\d+$")
    ) & host.is_null()
    short = name.str.replace(r"\..*$", "")
    told = ~(numbered | name.str.contains(_NO_NAME) | short.is_in(_GENERIC) | (short.str.len_chars() < 3))
    boxes = _boxes(equipment)
    return equipment.select(
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
        file=files,
        serial=serial_keys(equipment["serial"], equipment.select("model", "part_number")),
        name=pl.when(told.fill_null(value=False)).then(short),
        domain=name.str.extract(r"^[^.]+\.(.+)$"),
        is_host=host.is_not_null(),
        answers=pl.any_horizontal(pl.col(_OF_AGENTS).is_not_null()),
        site=_folded("site"),
        model=pl.col("model").str.to_lowercase(),
        box=boxes,
    )


def _boxes(equipment: pl.DataFrame) -> pl.Series:
    """The row of what each record is directly a part of, shape (n,), null where it is of nothing."""
    none = pl.Series("box", [None], dtype=pl.UInt32).new_from_index(0, equipment.height)
    if not has_parts(equipment):
        return none
    edges = parents(equipment).unique("part", keep="first")
    return none.scatter(edges["part"], edges["box"])


def _folded(name: str) -> pl.Expr:
    text = pl.col(name).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return pl.when(text != "").then(text)


def serial_number_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """``row`` and ``key`` of records with a serial number."""
    return rows.select("row", key="serial").drop_nulls()


def address_keys(equipment: pl.DataFrame, register: Register) -> pl.DataFrame:
    """``row`` and ``key``, a row for each MAC address that tells an interface.

    Addresses of groups, of virtual routers and virtual machines, those that are administered locally, zeros,
    and those that examples and firmware make up are none.
    """
    with_some = equipment.select("macs").with_row_index("row").filter(pl.col("macs").list.len() > 0)
    each = with_some.explode("macs").unique(maintain_order=True).rename({"macs": "key"}).drop_nulls()
    numbers = pl.col("key").str.replace_all(":", "", literal=True).str.to_integer(base=16, strict=False)
    each = each.with_columns(number=numbers.cast(pl.Int64)).drop_nulls()
    if each.is_empty():
        return each.select("row", "key")
    # A block that nobody registered tells no maker, and an interface all the same.
    codes = address_codes(each["number"].to_numpy().astype(np.uint64), register)
    return each.filter(pl.Series(codes) >= NO_BLOCK).select("row", "key")


def name_at_site_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """``row`` and ``key`` of records with a name and a site."""
    both = rows.filter(pl.col("name").is_not_null() & pl.col("site").is_not_null())
    return both.select("row", key=pl.concat_str("site", pl.lit("\n"), "name"))


def name_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """``row`` and ``key`` of things with a name that are no parts, whatever their site."""
    return rows.filter(pl.col("box").is_null()).select("row", key="name").drop_nulls()
