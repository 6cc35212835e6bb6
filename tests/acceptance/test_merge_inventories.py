"""Real inventories cut in two, with other columns in each half, and put together again by merging.

The half of a buyer has makers, models, serial numbers and places; that of a discovery has what devices
answer: addresses, names, and serial numbers in another notation. The same numbers stand in docs/merging.md.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register
from clearband.screening.merging import merge_sources
from clearband.sources import Inventory, read_inventory
from clearband.sources.inventory import TableReport
from tests.merged_sources import asked, the_law

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the labelled inventories are not beside the repository"
)
BOUGHT = ("manufacturer", "model", "serial", "site", "category", "quantity", "unit_cost", "macs")
FOUND = ("serial", "sys_name", "site", "macs", "sys_descr", "banners", "firmware", "quantity")


def half(whole: pl.DataFrame, name: str, columns: tuple[str, ...], keep: pl.Expr) -> pl.DataFrame:
    table = whole.filter(keep).with_columns(
        record_id=pl.format("{}-{}", pl.lit(name), "row"), source=pl.format("{}.csv:{}", pl.lit(name), "row")
    )
    held = ("record_id", "source", *columns)
    return table.select(
        (pl.col(column) if column in held else pl.lit(None)).cast(kind).alias(column)
        for column, kind in EQUIPMENT_SCHEMA.items()
    )


def put_together(table: str) -> tuple[int, int, int]:
    """Boxes in both halves that share something; pairs that were merged; those of them that are right."""
    whole = read_inventory([CORPORA / "inventories" / table]).equipment.with_row_index("row")
    name = pl.coalesce("sys_name", "record_id") if "netbox" in table or "nmap" in table else pl.lit(None)
    whole = whole.with_columns(sys_name=name.cast(pl.String), parent_id=pl.lit(None, dtype=pl.String))
    bought = half(whole, "bought", (*BOUGHT, "sys_name"), pl.col("row") % 7 != 0)
    found = half(whole, "found", FOUND, pl.col("row") % 5 != 0).with_columns(
        serial=pl.col("serial").str.to_lowercase().str.replace(r"^(.{3})", "$1-")
    )
    reports = [
        TableReport(f"{n}.csv", None, "csv", rows_read=t.height)
        for n, t in (("bought", bought), ("found", found))
    ]
    merged = merge_sources(
        Inventory(pl.concat([bought, found]), tuple(reports)), asked(), load_register(), the_law()
    )
    both = whole.filter((pl.col("row") % 7 != 0) & (pl.col("row") % 5 != 0))
    sharing = pl.col("serial").is_not_null() | pl.col("macs").is_not_null()
    sharing |= pl.col("sys_name").is_not_null() & pl.col("site").is_not_null()
    table_of = merged.inventory.equipment
    pairs = table_of["merged_from"].drop_nulls().to_list() if "merged_from" in table_of.columns else []
    rows = [{said["source"].partition(":")[2] for said in pair} for pair in pairs]
    return both.filter(sharing).height, len(rows), sum(len(one) == 1 for one in rows)


INVENTORIES = ("agency-assets.xlsx", "carrier-rural.csv", "netbox-export.csv", "nmap.xml")


def test_halves_of_real_inventories_are_put_together_again() -> None:
    counts = [put_together(table) for table in INVENTORIES]
    sharing, merged, right = (sum(column) for column in zip(*counts, strict=True))
    print(dict(zip(INVENTORIES, counts, strict=True)), sharing, merged, right)
    assert right == merged, "two boxes became one"
    assert right >= 0.95 * sharing
