"""The same boxes in three inputs, from the command line: a list of assets, a NetBox, and a scan."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest

from clearband.facts.store import ROOT
from clearband.screening.merging import MERGES_SCHEMA
from tests.cli.conftest import CARRIER, Clearband

FOLDER = CARRIER.parent / "same-boxes"
INPUTS = (FOLDER / "assets.csv", FOLDER / "netbox.jsonl", FOLDER / "scan.xml")
ON = ("--as", "usf-recipient", "--on", "2026-11-22")
ROUTER = {"assets.csv:2", "netbox.jsonl:1", "scan.xml:5"}


def published(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text()))


def test_each_box_is_one_record_with_what_all_inputs_say(clearband: Clearband, tmp_path: Path) -> None:
    run = tmp_path / "run"
    ended = clearband("screen", *INPUTS, *ON, "--out", run, "--bom")
    assert ended.status == 0, ended.err
    assert "6 records were seen by more than one source, and counted once" in " ".join(ended.out.split())
    equipment = pl.read_parquet(run / "equipment.parquet")
    assert equipment.height == 14
    row = equipment.row(by_predicate=pl.col("record_id") == "R-101", named=True)
    assert {said["source"] for said in row["merged_from"]} == ROUTER
    assert (row["serial"], row["sys_name"]) == ("2102350GLX10F7000123", "mesa-core-a.example.net")
    assert len(row["macs"]) == 2
    assert row["unit_cost"] == 48000
    merges = pl.read_parquet(run / "merges.parquet")
    assert dict(merges.schema) == MERGES_SCHEMA
    assert merges["outcome"].to_list() == ["merged"] * 6 + ["kept-apart"]
    assert (run / "merges.csv").read_text("utf-8-sig").count("\n") == 8
    summary = json.loads((run / "summary.json").read_text())
    published("summary").validate(summary)
    published("run").validate(json.loads((run / "run.json").read_text()))
    assert summary["merged"]["kept_apart"] == [
        {"key": "site-and-name", "reason": "their serial numbers differ", "groups": 1, "records": 2}
    ]
    page = (run / "report.html").read_text()
    assert page.count("Seen by more than one source") == 2  # the contents, and the section
    assert page.count("same serial number 2102350GLX10F7000123") == 2  # the section, and the record
    bill = json.loads((run / "bom.cdx.json").read_text())
    assert "same serial number 2102350GLX10F7000123" in json.dumps(bill)


def test_explain_shows_who_said_what_whichever_of_the_ids_is_named(
    clearband: Clearband, tmp_path: Path
) -> None:
    clearband("screen", *INPUTS, *ON, "--out", tmp_path / "run")
    own, other = (clearband("explain", tmp_path / "run", name).out for name in ("R-106", "192.0.2.16"))
    assert own == other
    told = " ".join(own.split())
    assert "Seen by 3 sources, and one record: same MAC address 44:19:b6:20:10:06" in told
    assert "netbox.jsonl:6 says, as record device/16" in told
    apart = " ".join(clearband("explain", tmp_path / "run", "device/15").out.split())
    assert "Kept apart: same name ridge-agg-1 at Bitter Ridge" in apart


def test_no_merge_keeps_them_apart_and_the_record_of_the_run_says_so(
    clearband: Clearband, tmp_path: Path
) -> None:
    ended = clearband("screen", *INPUTS, *ON, "--no-merge", "--out", tmp_path / "run")
    assert ended.status == 0, ended.err
    assert not (tmp_path / "run" / "merges.csv").exists()
    equipment = pl.read_parquet(tmp_path / "run" / "equipment.parquet")
    assert (equipment.height, "merged_from" in equipment.columns) == (24, False)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["settings"]["reading"]["merge"] is False


def test_what_is_prohibited_apart_is_prohibited_together(clearband: Clearband, tmp_path: Path) -> None:
    found = {}
    for name, options in (("together", ()), ("apart", ("--no-merge",))):
        clearband("screen", *INPUTS, *ON, *options, "--out", tmp_path / name)
        table = pl.read_parquet(tmp_path / name / "equipment.parquet").filter(
            pl.col("answer") == "prohibited"
        )
        said = table.to_dicts()
        found[name] = {one["source"] for row in said for one in row.get("merged_from") or [row]}
    assert found["apart"] <= found["together"]


def test_an_earlier_run_keeps_what_was_merged(clearband: Clearband, tmp_path: Path) -> None:
    clearband("screen", *INPUTS, *ON, "--out", tmp_path / "run")
    ended = clearband("screen", "--again", tmp_path / "run", "--out", tmp_path / "later")
    assert ended.status == 0, ended.err
    assert "Nothing changes" in ended.out
    for name in ("equipment.parquet", "merges.parquet", "findings.csv"):
        assert (tmp_path / "later" / name).read_bytes() == (tmp_path / "run" / name).read_bytes()


def test_the_equipment_of_a_run_as_an_input_says_that_it_was_merged(
    clearband: Clearband, tmp_path: Path
) -> None:
    clearband("screen", *INPUTS, *ON, "--out", tmp_path / "run")
    ended = clearband("screen", tmp_path / "run" / "equipment.parquet", *ON)
    assert "it holds merged records" in " ".join(ended.out.split())


def test_one_input_has_nothing_to_merge(clearband: Clearband, tmp_path: Path) -> None:
    for options in ((), ("--no-merge",)):
        out = tmp_path / f"run{len(options)}"
        assert clearband("screen", INPUTS[0], *ON, *options, "--out", out).status == 0
    files = [{path.name: path.read_bytes() for path in (tmp_path / f"run{n}").iterdir()} for n in (0, 1)]
    assert {name for name in files[0] if files[0][name] != files[1][name]} <= {"run.json"}
    assert "merges.csv" not in files[0]


@pytest.mark.parametrize("stream", [True, False])
def test_merge_is_refused_where_nothing_is_merged(
    clearband: Clearband, tmp_path: Path, *, stream: bool
) -> None:
    given = ("--stream", INPUTS[0]) if stream else ("--again", tmp_path / "run")
    if not stream:
        clearband("screen", INPUTS[0], *ON, "--out", tmp_path / "run")
    ended = clearband("screen", *given, "--merge", "--out", tmp_path / "other")
    assert ended.status == 2
    assert "--merge does not go with" in ended.err


def test_another_day_tells_which_merged_records_would_be_stricter_apart(
    clearband: Clearband, tmp_path: Path
) -> None:
    # In 2010 nothing reached either; now the scan alone is prohibited, and both contradict each other.
    label = "Manufacturer,Model,MAC,Type\nNokia,7750 SR-1,48:cd:d3:8a:45:fe,router\n"
    scan = "sysDescr,MAC\nHuawei Versatile Routing Platform Software VRP,48:cd:d3:8a:45:fe\n"
    for name, text in (("label.csv", label), ("scan.csv", scan)):
        (tmp_path / name).write_text(text)
    inputs = (tmp_path / "label.csv", tmp_path / "scan.csv")
    asked = ("--as", "usf-recipient", "--action", "fund")
    clearband("screen", *inputs, *asked, "--on", "2010-01-01", "--out", tmp_path / "run")
    assert (tmp_path / "run" / "merges.csv").exists()
    ended = clearband(
        "screen", "--again", tmp_path / "run", "--on", "2026-11-22", "--out", tmp_path / "later"
    )
    assert "1 merged record would be judged more strictly apart now (label.csv!2)" in ended.one_line
    clearband("screen", *inputs, *asked, "--on", "2026-11-22", "--out", tmp_path / "anew")
    later, anew = (
        pl.read_parquet(tmp_path / name / "equipment.parquet")["answer"].to_list()
        for name in ("later", "anew")
    )
    assert (later, anew) == (["unidentified"], ["review", "prohibited"])
