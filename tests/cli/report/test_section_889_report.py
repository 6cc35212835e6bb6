"""Drafts of the reports of FAR 52.204-25(d)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import CARRIER, Clearband, Finished
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of


def lines_of(filed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        line["label"]: line
        for part in filed["sections"]
        for block in part["blocks"]
        if block["kind"] == "lines"
        for line in block["lines"]
    }


@pytest.mark.parametrize(
    ("found", "first", "second"),
    [
        # Thanksgiving lies between; a Friday before a weekend; the holidays of the turn of the year.
        ("2026-11-24", "Wed 2026-11-25", "Thu 2026-12-10"),
        ("2026-11-20", "Mon 2026-11-23", "Tue 2026-12-08"),
        ("2026-12-24", "Mon 2026-12-28", "Tue 2027-01-12"),
    ],
)
def test_the_days_are_business_days(found: str, first: str, second: str, filed: Filed, carrier: Path) -> None:
    lines = lines_of(filed("section-889-report", "--run", carrier, "--found", found))
    assert lines["Found on"]["value"] == found
    assert lines["First report, within 1 business day"]["value"] == first
    assert lines["Second report, within 10 business days of the first"]["value"] == second


def test_a_day_that_nobody_named_is_not_said(filed: Filed, carrier: Path, finished: Finished) -> None:
    made = filed("section-889-report", "--run", carrier)
    assert lines_of(made)["Found on"]["value"] is None
    assert "counted from 2026-11-24" in lines_of(made)["First report, within 1 business day"]["basis"]
    assert any("of a business day it says nothing that was found" in text for text in texts_of(made))
    run = finished(
        CARRIER, "--as", "federal-contractor", "--action", "use", "--on", "2026-11-24",
        "--found-on", "2026-11-20",
    )  # fmt: skip
    assert lines_of(filed("section-889-report", "--run", run))["Found on"]["value"] == "2026-11-20"


@pytest.mark.parametrize("run", ["carrier", "hostile", "unknown", "empty"])
def test_the_items_are_those_of_the_worksheet_and_what_no_inventory_says_is_empty(
    run: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    folder = request.getfixturevalue(run)
    report = filed("section-889-report", "--run", folder)
    worksheet = tables_of(filed("section-889", "--run", folder))
    tables = tables_of(report)
    reported = {row["record"] for row in tables["items"]} | {row["record"] for row in tables["excepted"]}
    assert reported == {row["record"] for name in ("equipment", "services") for row in worksheet[name]}
    assert tables["open"] == worksheet["open"]
    for row in tables["items"]:
        assert {
            row[name] for name in ("supplier name", "supplier UEI", "supplier CAGE code", "contract or order")
        } == {None}
        assert row["mitigation undertaken or recommended"] is None
    lines = lines_of(report)
    for label in ("Contract number", "Order number(s), if applicable", "First report submitted on"):
        assert lines[label]["value"] is None
    assert lines["Additional efforts that will be made to prevent it in future"]["value"] is None


def test_the_pdf_and_the_workbook_hold_every_item(
    clearband: Clearband, filed: Filed, carrier: Path, tmp_path: Path
) -> None:
    items = tables_of(filed("section-889-report", "--run", carrier))["items"]
    for form in ("pdf", "xlsx", "html"):
        ended = clearband(
            "report", "section-889-report", "--run", carrier, "--out", tmp_path / f"made.{form}"
        )
        assert ended.status == 0, ended.err
    found = squeezed("".join(pages_of(tmp_path / "made.pdf")))
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "made.xlsx").read_bytes()))["items"]
    assert [cell.value for cell in sheet["A"][2:]] == [row["record"] for row in items]
    for row in items:
        assert squeezed(f"{row['record']} {row['from']}") in found
