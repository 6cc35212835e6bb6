"""Screening in parts, from the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest

from clearband.errors import OutputError
from clearband.facts.store import ROOT
from clearband.runs.journal import begun_on
from tests.cli.conftest import CARRIER, Clearband, Finished

ON = ("--on", "2026-11-01")


def test_parts_are_written_and_told(clearband: Clearband, tmp_path: Path) -> None:
    out = tmp_path / "run"
    ended = clearband("screen", "--stream", CARRIER, *ON, "--out", out)
    assert ended.status == 0, ended.err
    assert ended.err == ""
    assert {path.name for path in out.iterdir()} == {
        "parts", "counts", "cases.parquet", "findings.parquet", "invalid.parquet", "summary.json", "run.json",
    }  # fmt: skip
    summary = json.loads((out / "summary.json").read_text())
    schema = json.loads((ROOT / "schemas" / "summary.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(summary)
    for entry in summary["answers"]:
        assert f"{entry['records']}" in ended.out


def test_every_record_has_a_case_and_every_case_its_findings(clearband: Clearband, tmp_path: Path) -> None:
    out = tmp_path / "run"
    clearband("screen", "--stream", CARRIER, *ON, "--out", out)
    rows = pl.read_parquet(out / "parts" / "*.parquet")
    cases = pl.read_parquet(out / "cases.parquet")
    findings = pl.read_parquet(out / "findings.parquet")
    joined = rows.join(cases, left_on="clearband_case", right_on="case", how="left")
    assert joined["records"].null_count() == 0
    assert cases["records"].sum() == rows.height
    prohibited = cases.filter(pl.col("answer") == "prohibited")
    assert set(prohibited["combination"]) <= set(findings["combination"])


def test_progress_as_lines_of_json(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband(
        "screen",
        "--stream",
        CARRIER,
        *ON,
        "--out",
        tmp_path / "run",
        "--progress",
        "json",
        "--chunk-rows",
        "30",
    )
    lines = [json.loads(line) for line in ended.err.splitlines()]
    assert len(lines) > 2
    rows = [line["rows"] for line in lines]
    assert rows == sorted(rows)
    assert sum(lines[-1]["answers"].values()) <= rows[-1]


def test_the_summary_as_json_and_fail_on(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband(
        "screen", "--stream", CARRIER, *ON, "--out", tmp_path / "run", "--json", "--fail-on", "prohibited"
    )
    assert ended.status == 1
    assert json.loads(ended.out) == json.loads((tmp_path / "run" / "summary.json").read_text())


def test_a_record_is_explained_as_in_a_run_in_memory(
    clearband: Clearband, finished: Finished, tmp_path: Path
) -> None:
    whole = finished(CARRIER, *ON)
    clearband("screen", "--stream", CARRIER, *ON, "--out", tmp_path / "run", "--chunk-rows", "20")
    for record in ("1001", "1002", "1010", "1033"):
        assert clearband("explain", tmp_path / "run", record).out == clearband("explain", whole, record).out
    by_row = clearband("explain", tmp_path / "run", "rural-carrier.csv!2")
    assert "Record 1001" in by_row.out
    assert "there is no record 9999999" in clearband("explain", tmp_path / "run", "9999999").one_line


def test_an_inventory_is_screened_again_and_what_changed_is_told(
    clearband: Clearband, tmp_path: Path
) -> None:
    inventory = tmp_path / "list.csv"
    inventory.write_text("Asset,Maker,Model\nA-1,Huawei,S5720\nA-2,Nokia,AirScale\n")
    first, again = tmp_path / "first", tmp_path / "again"
    clearband("screen", "--stream", inventory, "--on", "2026-11-01", "--out", first)
    inventory.write_text("Asset,Maker,Model\nA-1,Huawei,S5720\nA-2,Huawei,S5720\n")
    ended = clearband("screen", "--stream", inventory, "--again", first, "--out", again)
    assert ended.status == 0, ended.err
    assert "0 of 1 parts taken over; the same facts, day and settings" in ended.out
    assert "not-covered → prohibited: 1" in ended.out
    assert "changes.parquet" in ended.out
    assert pl.read_parquet(again / "changes.parquet")["record_id"].to_list() == ["A-2"]
    assert json.loads((again / "run.json").read_text())["settings"]["on"] == "2026-11-01"
    same = clearband("screen", "--stream", "--again", again, "--out", tmp_path / "same")
    assert "1 of 1 parts taken over" in same.out
    assert "Nothing changes." in same.out
    assert "Record A-2" in clearband("explain", tmp_path / "same", "A-2").out


@pytest.mark.parametrize("lost", ["layout", "id_column", "outputs"])
def test_a_damaged_record_of_a_run_is_told(clearband: Clearband, tmp_path: Path, lost: str) -> None:
    out = tmp_path / "run"
    inventory = tmp_path / "list.csv"
    inventory.write_text("Asset,Maker,Model\nA-1,Huawei,S5720\n")
    clearband("screen", "--stream", inventory, *ON, "--out", out)
    record = json.loads((out / "run.json").read_text())
    del record[lost]
    (out / "run.json").write_text(json.dumps(record))
    for command in (("explain", out, "A-1"), ("screen", "--stream", "--again", out, "--out", tmp_path / "x")):
        ended = clearband(*command)
        assert ended.status == 3
        assert "run.json: " in ended.one_line
        assert lost in ended.one_line


def test_the_folder_for_the_parts_may_not_lie_in_the_inventory(clearband: Clearband, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    (inventory / "a.csv").write_bytes(CARRIER.read_bytes())
    ended = clearband("screen", "--stream", inventory, *ON, "--out", inventory / "run")
    assert ended.status == 2
    assert "the folder for the parts lies in the inventory" in ended.one_line
    assert [path.name for path in inventory.iterdir()] == ["a.csv"]


def test_a_run_that_goes_on_another_day_asks_about_the_day_on_which_it_began(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    (begun / ".unfinished").mkdir(parents=True)
    (begun / ".unfinished" / "run.json").write_text('{"settings": {"on": "2026-11-01"}}')
    assert begun_on(begun) == date(2026, 11, 1)
    assert begun_on(tmp_path / "none") is None
    (begun / ".unfinished" / "run.json").write_text('{"settings": {"on": "tomorrow"}}')
    with pytest.raises(OutputError, match="the unfinished run in it cannot be read"):
        begun_on(begun)


def test_a_record_is_explained_with_the_files_that_the_run_had(clearband: Clearband, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    rows = "".join(f"{99000 + at},Maker {at} Ltd\n" for at in range(2000))
    numbers.write_text("number,organisation\n" + rows)
    inventory = tmp_path / "[list].csv"
    inventory.write_text("Asset,Maker,Model,sysObjectID\nA-1,,,1.3.6.1.4.1.99999.1\n")
    out, listed = tmp_path / "run[1]", ("--enterprise-numbers", numbers)
    assert clearband("screen", "--stream", inventory, *ON, "--out", out, *listed).status == 0
    told = clearband("explain", out, "A-1")
    assert told.status == 3
    assert "name the same with --enterprise-numbers" in told.one_line
    assert "Record A-1" in clearband("explain", out, "A-1", *listed).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--stream", CARRIER), "--stream needs a folder for its parts; name one with --out DIR"),
        ((CARRIER, "--resume"), "--resume goes with --stream only"),
        ((CARRIER, "--columns", "ids"), "--columns goes with --stream only"),
        (("--stream", "--again", "x", "--delimiter", ";", "--out", "y"), "do not go with --again alone"),
        (("--stream", CARRIER, "--out", "y", "--approved", "x"), "--approved does not go with --stream"),
    ],
)
def test_options_that_do_not_go_together(
    clearband: Clearband,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = clearband("screen", *arguments)
    assert ended.status == 2
    assert said in ended.one_line
    assert list(tmp_path.iterdir()) == []


def _started(inventory: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "clearband", "screen", "--stream", str(inventory), *ON, "--chunk-rows", "4",
         "--out", str(out), *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "POLARS_MAX_THREADS": "1"},
    )  # fmt: skip


def _wait_for_a_part(process: subprocess.Popen[bytes], out: Path) -> None:
    journal = out / ".unfinished" / "journal.jsonl"
    while process.poll() is None and not (journal.exists() and b"\n" in journal.read_bytes()):
        time.sleep(0.01)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_process_that_is_stopped_goes_on(clearband: Clearband, tmp_path: Path) -> None:
    """Of two makers, for which the law is soon asked, in forty parts."""
    inventory = tmp_path / "inventory.parquet"
    makers = {"Maker": ["Huawei", "Nokia"] * 80, "Model": ["S5720", "AirScale"] * 80}
    pl.DataFrame(makers).write_parquet(inventory)
    clearband("screen", "--stream", inventory, *ON, "--chunk-rows", "4", "--out", tmp_path / "alone")
    expected = _files(tmp_path / "alone")
    assert len([name for name in expected if name.startswith("parts/")]) == 40
    interrupted, killed = _started(inventory, tmp_path / "sigint"), _started(inventory, tmp_path / "sigkill")
    for process, sent in ((interrupted, signal.SIGINT), (killed, signal.SIGKILL)):
        out = tmp_path / sent.name.lower()
        _wait_for_a_part(process, out)
        process.send_signal(sent)
        _, err = process.communicate()
        if sent == signal.SIGINT and process.returncode:
            assert process.returncode == 130
            assert b"--resume goes on" in err
            assert err.count(b"\n") == 1
        # One that was killed while it removed the folder at its end is finished.
        if (out / ".unfinished" / "run.json").exists():
            resumed = clearband(
                "screen", "--stream", inventory, *ON, "--chunk-rows", "4", "--out", out, "--resume"
            )
            assert resumed.status == 0, resumed.err
            assert "were done before" in resumed.out
        found = {name: content for name, content in _files(out).items() if not name.startswith(".unfinished")}
        assert found == expected


@pytest.mark.parametrize("order", ["day-first", "month-first"])
def test_dates_and_purposes_are_read_as_in_memory(clearband: Clearband, tmp_path: Path, order: str) -> None:
    """Honor belonged to Huawei until November 2020; a phone of 11/12/2020 is of either time."""
    inventory = tmp_path / "list.csv"
    rows = ["A-1,Honor,20,11/10/2020,North gate", "A-2,Honor,20,10/12/2020,Lab", "A-3,Hikvision,DS-2CD,,Lab"]
    inventory.write_text("Asset,Maker,Model,Installed,Site\n" + "".join(f"{row}\n" for row in rows))
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "actors: [federal-agency]\npurposes:\n"
        '  - {site: "*gate", purpose: physical-security-of-government-facilities}\n'
        "  - {site: Lab, purpose: critical-infrastructure}\n"
    )
    asked = ("screen", inventory, *ON, "--profile", profile, "--date-order", order, "--json", "--out")
    whole = clearband(*asked, tmp_path / "whole")
    parts = clearband(*asked, tmp_path / "parts", "--stream")
    assert (whole.status, parts.status) == (0, 0), whole.err + parts.err
    assert json.loads(parts.out) == json.loads(whole.out)
    told = pl.read_parquet(tmp_path / "whole" / "equipment.parquet")["answer"].to_list()
    found = pl.read_parquet(tmp_path / "parts" / "parts" / "*.parquet")["clearband_answer"]
    assert found.cast(pl.String).to_list() == told
