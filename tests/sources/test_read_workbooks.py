"""Workbooks: every sheet, as a person sees it."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.sources.conftest import Read
from tests.sources.ole import xls

Workbook = Callable[..., bytes]
HEADER = ["Asset Tag", "Manufacturer", "Model", "Serial"]


def test_every_sheet_with_a_table_is_read_and_the_others_are_explained(
    read: Read, workbook: Workbook
) -> None:
    content = workbook(
        {
            "Cover": [["Asset register"], ["Do not edit"]],
            "Empty": [],
            "Sites": [["Colour", "Weight"], ["red", 3]],
            "Switches": [["Switches"], [], HEADER, ["A1", "Huawei", "S5720", "1"]],
            "Routers": [HEADER, ["A1", "Nokia", "7750", "2"], ["TOTAL", 1, None, None]],
        }
    )
    inventory = read(content, "register.xlsx")
    assert inventory.equipment["record_id"].to_list() == ["Switches!A1", "Routers!A1"]
    assert inventory.equipment["source"].to_list() == ["register.xlsx!Switches:4", "register.xlsx!Routers:2"]
    reasons = {report.sheet: report.skipped for report in inventory.tables}
    assert reasons["Empty"] == "the sheet is empty"
    assert '"Colour", "Weight"' in (reasons["Sites"] or "")
    assert inventory.tables[3].header_row == 3


def test_records_without_an_id_are_named_by_file_sheet_and_row(read: Read, workbook: Workbook) -> None:
    content = workbook({"S 1": [[], ["Make", "Model"], ["ZTE", "C300"]]})
    assert read(content, "a.xlsx").equipment["record_id"].to_list() == ["a.xlsx!S 1!3"]


def test_numbers_and_dates_read_as_a_person_sees_them(read: Read, workbook: Workbook) -> None:
    rows: list[list[Any]] = [
        ["Model", "Serial", "Qty", "Installed", "Unit cost", "Ready"],
        [9605, 210235384810001, 3, datetime.date(2024, 3, 5), 12.5, True],
    ]
    row = read(workbook({"S": rows}), "a.xlsx").equipment.row(0, named=True)
    assert (row["model"], row["serial"], row["quantity"]) == ("9605", "210235384810001", 3)
    assert row["installed_on"] == datetime.date(2024, 3, 5)
    assert (float(row["unit_cost"]), row["x_Ready"]) == (12.5, "TRUE")


def test_numbers_that_lost_digits_are_warned_of(read: Read, workbook: Workbook) -> None:
    inventory = read(workbook({"S": [["Model", "Serial"], ["x", 12345678901234567890]]}), "a.xlsx")
    assert "1 number has more digits than a spreadsheet number can hold" in inventory.warnings[0]
    assert inventory.warnings[0].endswith("B2")


def test_hidden_sheets_are_read_and_said_to_be_hidden(read: Read, workbook: Workbook) -> None:
    def hide(book: Any) -> None:
        book["Old"].sheet_state = "veryHidden"

    content = workbook({"Now": [["Model"], ["S1"]], "Old": [["Model"], ["S2"]]}, hide)
    inventory = read(content, "a.xlsx")
    assert inventory.equipment["model"].to_list() == ["S1", "S2"]
    assert [report.hidden for report in inventory.tables] == [False, True]
    assert "hidden in the workbook" in inventory.warnings[0]


def test_cells_merged_downwards_count_for_each_row(read: Read, workbook: Workbook) -> None:
    def merge(book: Any) -> None:
        book["S"].merge_cells("A1:B1")
        book["S"].merge_cells("A3:A5")

    rows = [["Title", None], ["Site", "Model"], ["North", "S1"], [None, "S2"], [None, None], ["South", "S3"]]
    inventory = read(workbook({"S": rows}, merge), "a.xlsx")
    assert inventory.equipment["site"].to_list() == ["North", "North", "South"]
    assert inventory.tables[0].blank_rows == 1
    assert "merged cells" in inventory.warnings[0]


def test_a_table_away_from_the_corner_keeps_its_row_numbers(read: Read, workbook: Workbook) -> None:
    def place(book: Any) -> None:
        for cell, value in {"D7": "Make", "E7": "Model", "D8": "ZTE", "E8": "C300"}.items():
            book["S"][cell] = value

    inventory = read(workbook({"S": []}, place), "a.xlsx")
    assert inventory.equipment["source"].to_list() == ["a.xlsx!S:8"]


def test_old_workbooks_are_read(read: Read) -> None:
    inventory = read(xls([["Make", "Model", "Serial"], ["ZTE", "C300", 210235384810001.0]]), "old.xls")
    assert inventory.tables[0].format == "xls"
    assert inventory.equipment.select("manufacturer", "model", "serial").row(0) == (
        "ZTE",
        "C300",
        "210235384810001",
    )


def test_open_document_sheets_are_read(read: Read) -> None:
    def row(*cells: str) -> str:
        inner = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{row("Make", "Model")}{row("ZTE", "C300")}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    inventory = read(out.getvalue(), "a.ods")
    assert inventory.equipment.select("manufacturer", "model").row(0) == ("ZTE", "C300")


def test_a_formula_like_text_stays_text(read: Read, workbook: Workbook) -> None:
    def write(book: Any) -> None:
        book["S"]["A2"].value = '=HYPERLINK("http://x","y")'
        book["S"]["A2"].data_type = "s"

    assert read(workbook({"S": [["Model"], ["x"]]}, write), "a.xlsx").equipment["model"].to_list() == [
        '=HYPERLINK("http://x","y")'
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.xls"])
def test_a_workbook_under_another_name_is_read_with_a_warning(
    read: Read, workbook: Workbook, name: str
) -> None:
    inventory = read(workbook({"S": [["Model"], ["x"]]}), name)
    assert "but the content is xlsx" in inventory.warnings[0]
