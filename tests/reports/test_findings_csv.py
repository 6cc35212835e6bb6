"""findings.csv: opens in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from clearband.reports.folder.findings_csv import flat, neutralised, write_findings_csv
from clearband.screening.findings import FINDINGS_SCHEMA, Findings
from clearband.screening.result import Screening

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "  =1",
    "\ufeff=1",
]


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    table = pl.DataFrame({"text": [text], "list": [[text, "b"]]})
    assert flat(table).rows() == [(f"'{text}", f"'{text}; b")]


@pytest.mark.parametrize("text", ["NE40E-X8A", "a=b", "'=1", "", "1-2", "（=）", "x\n=1", None])
def test_other_cells_stay_as_they_are(text: str | None) -> None:
    assert flat(pl.DataFrame({"text": [text]}, schema={"text": pl.String})).item() == text


def test_numbers_stay_numbers_and_lists_are_joined(harmful: Screening, tmp_path: Path) -> None:
    write_findings_csv(harmful.findings, tmp_path / "findings.csv")
    rows = read(tmp_path / "findings.csv")
    assert list(rows[0]) == list(FINDINGS_SCHEMA)
    by_id = {row["record_id"]: row for row in rows}
    assert by_id["A-002"]["quantity"] == "3"
    assert by_id["A-002"]["actors"] in {"federal-agency; federal-contractor", "usf-recipient"}
    assert by_id["?-1"]["directive"] == ""


def test_the_file_is_utf_8_with_bom_and_rfc_4180_line_ends(harmful: Screening, tmp_path: Path) -> None:
    write_findings_csv(harmful.findings, tmp_path / "findings.csv")
    content = (tmp_path / "findings.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrecord_id,")
    assert content.count(b"\r\n") == harmful.findings.whole().height + 1


def test_no_cell_of_a_harmful_inventory_begins_like_a_formula(harmful: Screening, tmp_path: Path) -> None:
    write_findings_csv(harmful.findings, tmp_path / "findings.csv")
    cells = [cell for row in read(tmp_path / "findings.csv") for cell in row.values()]
    assert not [
        cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    ]
    assert any(cell == "'=cmd|' /C calc'!A0" for cell in cells)


def test_many_slices_give_the_same_file_as_one(
    small: Screening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_findings_csv(small.findings, tmp_path / "one.csv")
    monkeypatch.setattr("clearband.reports.folder.findings_csv._RECORDS_AT_ONCE", 2)
    write_findings_csv(small.findings, tmp_path / "many.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "many.csv").read_bytes()


def test_no_findings_give_a_file_with_its_header(tmp_path: Path) -> None:
    write_findings_csv(Findings.of([]), tmp_path / "findings.csv")
    assert (tmp_path / "findings.csv").read_text("utf-8-sig").splitlines() == [",".join(FINDINGS_SCHEMA)]


@pytest.mark.parametrize("text", ["a;=HYPERLINK(1)", "a | =1+1", "x;@SUM(1)"])
def test_a_formula_behind_a_sign_that_splits_cells_elsewhere_gets_an_apostrophe(text: str) -> None:
    made_safe = pl.DataFrame({"site": [text]}).select(neutralised(pl.col("site"))).item()
    assert "'" in made_safe
    assert made_safe.replace("'", "") == text
