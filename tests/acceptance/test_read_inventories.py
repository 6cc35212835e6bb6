"""The inventories of people and tools, as they come, with ids that an independent list states."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from clearband.sources import read_inventory

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "inventories"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not beside the repository")


def row_ids(name: str) -> list[str]:
    with (FOLDER / f"{name}.truth.csv").open(encoding="utf-8") as file:
        return [row["row_id"] for row in csv.DictReader(file)]


def row(equipment: pl.DataFrame, record_id: str) -> dict[str, object]:
    return equipment.row(by_predicate=pl.col("record_id") == record_id, named=True)


def test_a_carriers_list_keeps_its_asset_numbers_and_finds_its_columns() -> None:
    inventory = read_inventory([FOLDER / "carrier-rural.csv"])
    equipment = inventory.equipment
    assert equipment["record_id"].to_list() == row_ids("carrier-rural")
    zte = row(equipment, "BF-1027")
    assert (zte["manufacturer"], zte["model"], zte["macs"]) == ("Z.T.E.", "zxhn f660", ["84:16:23:22:53:1d"])
    assert (zte["site"], zte["quantity"], zte["category"]) == ("Cañon Verde", 12, "ONT")
    assert row(equipment, "BF-1030")["notes"] == "Hikvision DVR on this drop removed"
    assert row(equipment, "BF-1255")["macs"] == ["e8:04:62:78:f2:00"]
    assert equipment["invalid"].null_count() == equipment.height
    assert inventory.tables[0].blank_rows > 0


def test_an_agencys_register_is_read_sheet_by_sheet_without_titles_and_totals() -> None:
    inventory = read_inventory([FOLDER / "agency-assets.xlsx"])
    equipment = inventory.equipment
    assert equipment["record_id"].to_list() == row_ids("agency-assets")
    huawei = row(equipment, "Network!NE01021")
    assert (huawei["manufacturer"], huawei["model"]) == ("HUAWEI", "SmartAX MA5616")
    assert (huawei["macs"], huawei["site"], huawei["notes"]) == (["a8:0c:63:61:ac:42"], "Pine Hollow", "OK")
    camera = row(equipment, "CCTV!CC11014")
    assert (camera["manufacturer"], camera["model"]) == (None, "HIKVISION DS-2CD2032-I")
    assert (camera["macs"], camera["site"]) == (["c4:2f:90:db:ae:77"], "Windmill Rd")
    radio = row(equipment, "Radios!RA21021")
    assert (radio["brand"], radio["model"], radio["category"]) == ("Hytera", "rd985s", None)
    reports = {report.sheet: report for report in inventory.tables}
    assert reports["Cover"].skipped
    assert [reports[name].total_rows for name in ("Network", "CCTV", "Radios")] == [1, 1, 1]
    together = {column.column: column.note for column in reports["CCTV"].columns}
    assert together["Make / Model"] == "vendor and model together"


def test_a_netbox_export_is_named_by_its_device_names() -> None:
    equipment = read_inventory([FOLDER / "netbox-export.csv"]).equipment
    assert equipment["record_id"].to_list() == row_ids("netbox-export")
    device = row(equipment, "dm-akron-distri001")
    assert (device["manufacturer"], device["model"]) == ("Huawei", "BBU3910")
    assert (device["category"], device["site"], device["x_Asset tag"]) == (
        "Distribution Switch",
        "DM-Akron",
        "90001",
    )


def test_labelled_records_are_read_without_their_labels() -> None:
    for path in sorted(FOLDER.parent.glob("*.jsonl")):
        equipment = read_inventory([path]).equipment
        assert equipment.height == sum(1 for line in path.read_bytes().splitlines() if line.strip())
        assert not [name for name in equipment.columns if "truth" in name]
