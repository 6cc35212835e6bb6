"""JSON, JSON Lines, Parquet and standard input."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import polars as pl
import pytest

from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources import read_inventory
from tests.sources.conftest import Read

RECORD = {
    "id": "r1",
    "source": "collector",
    "signals": {
        "manufacturer": "Huawei ",
        "part_number": "0235",
        "sysObjectID": ".1.3.6.1.4.1.2011.2.23",
        "sysDescr": "S5720\r\nVRP",
        "sysName": "sw1",
        "mac": ["84:16:23:22:53:1D", "bad"],
        "entPhysical": [{"mfg": "Huawei", "model": " S5720 ", "descr": "", "name": "0"}],
        "lldpNeighbors": [{"chassis_id": "c", "port_descr": "p", "sys_name": "n", "sys_descr": "Cisco"}],
        "banner": {"protocol": "ssh", "text": "SSH-2.0-HUAWEI"},
        "cpe": "cpe:2.3:h:x",
        "fcc_id": "QIS1",
        "colour": "grey",
    },
    "truth": {"manufacturer": "huawei", "covered": True},
}


def test_records_of_signals_fill_the_equipment_table(read: Read) -> None:
    equipment = read(
        json.dumps(RECORD) + "\n" + json.dumps({"id": "r2", "signals": {}}) + "\n", "a.jsonl"
    ).equipment
    row = equipment.row(0, named=True)
    assert (row["record_id"], row["source"], row["x_source"]) == ("r1", "a.jsonl:1", "collector")
    assert (row["manufacturer"], row["part_number"], row["x_colour"]) == ("Huawei", "0235", "grey")
    assert (row["sys_object_id"], row["sys_descr"], row["sys_name"]) == (
        "1.3.6.1.4.1.2011.2.23",
        "S5720\nVRP",
        "sw1",
    )
    assert row["macs"] == ["84:16:23:22:53:1d"]
    assert row["ent_physical"] == [
        {"mfg": "Huawei", "model": "S5720", "descr": None, "name": "0", "serial": None}
    ]
    assert row["neighbors"][0]["sys_descr"] == "Cisco"
    assert row["banners"] == [{"protocol": "ssh", "text": "SSH-2.0-HUAWEI"}]
    assert row["invalid"] == [{"column": "macs", "value": "bad", "problem": "not a MAC address"}]
    assert not [name for name in equipment.columns if "truth" in name]


def test_the_label_of_a_test_record_never_enters_the_table(read: Read) -> None:
    text = json.dumps([{"model": "x", "truth": {"manufacturer": "huawei"}}])
    assert "huawei" not in str(read(text, "a.json").equipment.rows())


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "stdin"])
def test_one_record_alone_is_read(read: Read, name: str) -> None:
    assert read(json.dumps(RECORD), name).equipment["record_id"].to_list() == ["r1"]


def test_flat_objects_are_mapped_like_a_table(read: Read) -> None:
    text = json.dumps(
        {"devices": [{"Mfr": "ZTE", "Model": "C300", "Qty": 3, "at": {"Site": "N"}, "ids": [1, 2]}]}
    )
    row = read(text, "a.json").equipment.row(0, named=True)
    assert (row["manufacturer"], row["model"], row["quantity"]) == ("ZTE", "C300", 3)
    assert (row["x_at.Site"], row["x_ids"], row["record_id"]) == ("N", "1\n2", "a.json!1")


def test_numbers_keep_their_digits(read: Read) -> None:
    row = read('[{"model": 1.10, "serial": 12345678901234567890}]', "a.json").equipment.row(0, named=True)
    assert (row["model"], row["serial"]) == ("1.10", "12345678901234567890")


def test_broken_surrogates_do_not_break_the_table(read: Read) -> None:
    assert read('[{"model": "a\\ud800b"}]', "a.json").equipment["model"].to_list() == ["a?b"]


def test_blank_lines_between_records_are_passed_over(read: Read) -> None:
    equipment = read('\n{"model": "a"}\n\n{"model": "b"}\n', "a.jsonl").equipment
    assert equipment["record_id"].to_list() == ["a.jsonl!2", "a.jsonl!4"]


def test_an_equipment_table_in_parquet_comes_back_as_it_was(read: Read) -> None:
    before = read(json.dumps(RECORD), "a.jsonl").equipment
    out = io.BytesIO()
    before.write_parquet(out)
    assert read(out.getvalue(), "b.parquet").equipment.equals(before)


def test_other_parquet_columns_are_mapped_by_their_names(read: Read) -> None:
    out = io.BytesIO()
    pl.DataFrame({"Mfr": ["ZTE"], "Model": [300], "MAC": [["0011.2233.4455"]], "Qty": [4]}).write_parquet(out)
    inventory = read(out.getvalue(), "b.parquet")
    assert inventory.equipment.select("manufacturer", "model", "macs", "quantity").row(0) == (
        "ZTE",
        "300",
        ["00:11:22:33:44:55"],
        4,
    )
    assert list(inventory.equipment.columns) == list(EQUIPMENT_SCHEMA)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_standard_input_is_recognised_by_its_content(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    out = io.BytesIO()
    frame = pl.DataFrame({"Make": ["ZTE"], "Model": ["C300"]})
    {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}[kind](out)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(out.getvalue())))
    inventory = read_inventory(["-"])
    assert inventory.inputs[0].format == kind
    assert inventory.equipment["manufacturer"].to_list() == ["ZTE"]
    assert inventory.equipment["record_id"][0].startswith("stdin!")
