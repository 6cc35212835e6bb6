"""``clearband identify``: its forms of output and its options."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from clearband.cli.identify import command
from clearband.errors import OutputError, UsageError
from clearband.model.evidence import VERDICT_SCHEMA

INVENTORY = (
    "Asset,Manufacturer,Model,MAC\n"
    "A-1,Huawei,CE6820H-48S6CQ,\n"
    'A-2,"=HYPERLINK(""http://x"",""Acme"")",X1,\n'
    "A-3,Juniper,MX80,94:18:82:00:00:01\n"
    "A-4,,,\n"
)


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    return path


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_csv_has_each_column_once_and_no_cell_that_a_spreadsheet_runs(
    inventory: Path, tmp_path: Path
) -> None:
    out = tmp_path / "makers.csv"
    run(inventory, "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(rows[0]) == sorted(VERDICT_SCHEMA)
    assert [row["maker"] for row in rows][:1] == ["huawei"]
    assert json.loads(rows[0]["evidence"].split("; {")[0])["maker"] == "huawei"
    assert rows[1]["maker_name"].startswith("'=")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


def test_parquet_holds_the_verdicts_as_they_are(inventory: Path, tmp_path: Path) -> None:
    out = tmp_path / "makers.parquet"
    run(inventory, "--out", out)
    verdicts = pl.read_parquet(out)
    assert set(verdicts.columns) == set(VERDICT_SCHEMA)
    assert verdicts.columns[:6] == ["record_id", "maker", "brand", "category", "confidence", "evidence"]
    assert verdicts["maker_name"][1].startswith("=")


def test_json_lines_are_the_same_in_a_file_and_on_standard_output(inventory: Path, tmp_path: Path) -> None:
    out = tmp_path / "makers.jsonl"
    run(inventory, "--out", out, "--on", "2026-11-01")
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["maker_status"] for row in rows] == ["identified", "named", "identified", "unidentified"]
    assert run(inventory, "--on", "2026-11-01") == out.read_text(encoding="utf-8")


def test_ownership_is_that_of_the_day(inventory: Path, tmp_path: Path) -> None:
    """Juniper became part of HPE in July 2025: its box with HPE's address contradicted itself before."""
    contradicts = []
    for day in ("2024-01-01", "2026-01-01"):
        out = tmp_path / f"{day}.parquet"
        run(inventory, "--on", day, "--out", out)
        contradicts.append(pl.read_parquet(out)["contradiction"][2])
    assert contradicts == [True, False]


def test_a_file_that_cannot_be_finished_is_not_begun(
    inventory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "made" / "makers.csv"
    out.parent.mkdir()
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    with pytest.raises(OutputError, match="the disk is full"):
        run(inventory, "--out", out)
    assert [path.name for path in out.parent.iterdir()] == ["makers.csv"]
    assert out.read_text(encoding="utf-8") == "old"


def test_another_form_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        run(tmp_path / "absent.csv", "--out", tmp_path / "makers.xlsx")
