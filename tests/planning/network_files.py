"""A small network, and how to write it in each format."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
import yaml

Tables = dict[str, list[dict[str, Any]]]

SETTINGS: dict[str, Any] = {
    "schema": "clearband/network/1",
    "title": "Two valleys",
    "currency": "USD",
    "first_quarter": "2027-Q1",
    "quarters": 8,
    "labour_rate": 100,
    "down_share": 0.5,
    "weights": {"core": 20},
    "caps": [{"role": "radio", "share": 0.9}, {"role": "baseband", "share": 0.8, "maker": "Nokia"}],
    "refunds": [{"share": 0.395, "lag": 2, "groups": ["ran", "core"], "not_before": "2027-Q3"}],
}


def rows(columns: str, *values: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows from the names of their columns and tuples of cells; a short tuple ends with empty cells."""
    names = columns.split()
    return [dict(zip(names, (*one, *[None] * (len(names) - len(one))), strict=True)) for one in values]


TABLES: Tables = {
    "sites": rows(
        "site cluster criticality latitude longitude",
        ("S1", "C1", 3, 40.5, -100.25),
        ("S2", "C1"),
        ("S3", "C2", 1.5),
        ("S4", "C3", 5),
    ),
    "clusters": rows(
        "cluster region market owner after",
        ("C1", "R1", "M1", "One", "C2"),
        ("C2", "R1", "M1", "One"),
        ("C3", "R1", "M1", "One"),
    ),
    "installed": rows(
        "item site role product maker quantity bands generation must_go remove_by yearly_cost why",
        ("I1", "S1", "radio", "RRU", "Huawei", 3, "B12;B66;n71", "4G", "yes", "2028-12-31", 300.5, 'a "no"'),
        ("I2", "S1", "baseband", "BBU", "Huawei", 1, None, "4G", "yes", "2028-12-31"),
        ("I3", "S2", "radio", "AirScale", "Nokia", 3, "B12", "5G", "no"),
        ("I4", "S3", "transport", None, None, 2, None, None, "unknown", None, None, "the plate is gone"),
        ("I5", "S4", "core", "Core", "ZTE", 1, None, None, "yes", "2028-03-31", 9000),
    ),
    "products": rows(
        "product maker role bands generations price_low price_average price_high yearly_cost install_hours "
        "lead_quarters approved price_source price_grade",
        *(
            (
                f"{maker} {role}", maker, role, bands, "4G;5G" if bands else None, 900, 1000.25, 1200, 50, 8,
                1, "yes", "made up", "D",
            )
            for maker in ("Nokia", "Ericsson")
            for role, bands in (
                ("radio", "B12;B66;n71"), ("baseband", None), ("core", None), ("transport", None)
            )
        ),
    ),
    "pairs": rows("radio baseband certificate", ("Nokia radio", "Ericsson baseband", "made up")),
    "supply": rows(
        "maker role quarter units", ("Nokia", "radio", None, 10), ("Nokia", "radio", "2027-Q2", 4)
    ),
    "crews": rows("region quarter hours", ("R1", None, 400)),
    "money": rows("owner quarter amount", ("One", "2027-Q1", 50000), ("One", "2027-Q3", 25000.5)),
}  # fmt: skip


def small() -> tuple[dict[str, Any], Tables]:
    """Settings and tables that a test may change."""
    return copy.deepcopy(SETTINGS), copy.deepcopy(TABLES)


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a table with types of its own."""
    return pl.DataFrame(rows, infer_schema_length=None)


def write_folder(
    folder: Path, settings: dict[str, Any], tables: Tables, *, parquet: bool = False, delimiter: str = ","
) -> Path:
    """As a folder of CSV or Parquet files."""
    folder.mkdir(exist_ok=True)
    (folder / "network.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for name, rows in tables.items():
        if parquet:
            frame(rows).write_parquet(folder / f"{name}.parquet")
        else:
            frame(rows).write_csv(folder / f"{name}.csv", separator=delimiter)
    return folder


def write_json(path: Path, settings: dict[str, Any], tables: Tables) -> Path:
    """As one JSON file."""
    path.write_text(json.dumps({"settings": settings, **tables}), encoding="utf-8")
    return path


def write_workbook(path: Path, settings: dict[str, Any], tables: Tables) -> Path:
    """As one workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("settings")
        for row, pair in enumerate([("key", "value"), *flat(settings)]):
            sheet.write_row(row, 0, pair)
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(rows[0]))
            for number, one in enumerate(rows, 1):
                sheet.write_row(number, 0, list(one.values()))
    return path


def flat(settings: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """Settings as rows: keys within others behind a point, entries of lists counted from 1."""
    found: list[tuple[str, Any]] = []
    for key, value in settings.items():
        if isinstance(value, dict):
            found += flat(value, f"{before}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value, 1):
                found += flat(one, f"{before}{key}.{number}.")
        else:
            found.append((f"{before}{key}", ";".join(value) if isinstance(value, list) else value))
    return found
