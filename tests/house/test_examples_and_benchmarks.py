"""The example inventories are what their script makes; the benchmark's inventory is the same each time."""

import csv
import hashlib
import subprocess
import sys
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]


def test_the_carrier_example_has_the_traits_that_it_is_there_to_show() -> None:
    content = (ROOT / "examples" / "rural-carrier.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(content.decode("utf-8-sig").splitlines())
    cells = {cell for row in rows for cell in row}
    assert {"Asset #", "Mfr", "Equip. Model", "MAC Addr"} <= set(header)
    assert 85 <= len(rows) <= 110
    assert all(len(row) == len(header) for row in rows)
    assert any(not any(row) for row in rows), "blank rows"
    assert rows[-1][0] == "TOTAL"
    assert {"12 pcs", "N/A", "华为", "Hauwei", "02:1A:7D:44:90:0B"} <= cells
    assert any(cell.startswith("=") for cell in cells), "cells that look like formulas"


def test_the_agency_example_has_its_sheets_and_a_hidden_one() -> None:
    book = openpyxl.load_workbook(ROOT / "examples" / "agency.xlsx")
    assert book.sheetnames == ["Cover", "Network", "CCTV", "Radios", "Surplus"]
    assert book["Surplus"].sheet_state == "hidden"
    assert book["Network"]["C4"].value == "Manufacturer"
    assert book["CCTV"]["B1"].value == "Make / Model"


def test_the_benchmark_inventory_is_the_same_each_time_and_has_its_rows(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a.csv", "b.csv"):
        generator = ROOT / "benchmarks" / "generate_inventory.py"
        subprocess.run([sys.executable, generator, tmp_path / name, "--rows", "2000"], check=True)
        hashes.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert len(hashes) == 1
    assert len(rows) == 2000
    assert any("\n" in row[header.index("Description")] for row in rows), "line breaks inside a cell"
