"""What is wrong with a network is told by file, row, column, value and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearband.planning.network import read_network
from clearband.planning.network.problems import NetworkError
from tests.planning.network_files import small, write_folder, write_json, write_workbook


def told(path: Path) -> tuple[str, ...]:
    with pytest.raises(NetworkError) as caught:
        read_network(path)
    return caught.value.lines()


PLAIN = "is no number; write a plain number, like 1250.5"


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "said"),
    [
        ("installed", 0, "quantity", 0, '"0" is too small; write at least 1'),
        ("installed", 0, "quantity", 2.5, '"2.5" is no whole number; write a whole number'),
        ("installed", 1, "quantity", "two", '"two" is no whole number; write a whole number'),
        ("installed", 0, "remove_by", "31/12/2028", '"31/12/2028" is no date; write YYYY-MM-DD'),
        ("installed", 0, "remove_by", "2028-02-30", '"2028-02-30" is no date; write YYYY-MM-DD'),
        (
            *("installed", 3, "role", "backhaul"),
            '"backhaul" is not allowed here; write radio, baseband, core, transport, access, cpe',
        ),
        ("installed", 3, "role", None, "nothing stands here; fill it in"),
        ("installed", 0, "bands", "12;66", '"12;66" is no list of bands; write bands like B12;B66;n71'),
        ("installed", 0, "generation", "6G", '"6G" is no generation; write one of 2G, 3G, 4G, 5G'),
        ("sites", 2, "criticality", -1.5, '"-1.5" is too small; write more than 0'),
        ("sites", 0, "latitude", 140.5, '"140.5" is too large; at most 90'),
        ("products", 0, "price_average", "1,000", f'"1,000" {PLAIN}'),
        ("products", 0, "price_average", "nan", f'"nan" {PLAIN}'),
        ("products", 0, "price_average", -5.5, '"-5.5" is too small; write at least 0'),
        (
            *("products", 0, "approved", "maybe"),
            '"maybe" is not allowed here; write yes, conditional, no, unknown',
        ),
        ("supply", 1, "quarter", "Q2 2027", '"Q2 2027" is no quarter; write it like 2027-Q1'),
        ("sites", 1, "site", "S1", 'site "S1" stands in row 2 already; keep one row'),
        ("clusters", 1, "cluster", "C1", 'cluster "C1" stands in row 2 already; keep one row'),
        ("sites", 0, "site", "S" * 300, f'"{"S" * 59}…" is too long; at most 200 characters'),
    ],
)
def test_a_wrong_cell_is_one_line(
    tmp_path: Path, table: str, row: int, column: str, value: Any, said: str
) -> None:
    settings, tables = small()
    if isinstance(value, str):
        for one in tables[table]:
            one[column] = None if one[column] is None else str(one[column])
    tables[table][row][column] = value
    line = f"{table}.csv row {row + 2} column {column}: {said}"
    assert told(write_folder(tmp_path / "net", settings, tables))[0] == line


def test_money_before_the_first_quarter_and_money_told_in_part_are_refused(tmp_path: Path) -> None:
    settings, tables = small()
    tables["money"][0]["quarter"] = "2026-Q4"
    tables["money"][1]["amount"] = None
    assert told(write_folder(tmp_path / "net", settings, tables)) == (
        (
            "money.csv column quarter: money of One before the first quarter, 2027-Q1; "
            "give what is left of it in 2027-Q1"
        ),
        (
            'money.csv column amount: an amount of "One" is empty, and others are not; '
            "write 0, or how much; or leave all of them empty"
        ),
    )


def test_two_spellings_of_a_maker_for_one_quarter_are_refused(tmp_path: Path) -> None:
    settings, tables = small()
    tables["supply"][1] = {"maker": "NOKIA", "role": "radio", "quarter": None, "units": 7}
    assert told(write_folder(tmp_path / "net", settings, tables)) == (
        'supply.csv column maker: "Nokia" stands twice for one role and quarter; keep one row',
    )


def test_rows_are_named_as_a_person_sees_them_in_each_format(tmp_path: Path) -> None:
    settings, tables = small()
    tables["installed"][1]["quantity"] = 0
    where = [
        told(write_folder(tmp_path / "parquet", settings, tables, parquet=True))[0],
        told(write_json(tmp_path / "net.json", settings, tables))[0],
        told(write_workbook(tmp_path / "net.xlsx", settings, tables))[0],
    ]
    assert [line.partition(" column ")[0] for line in where] == [
        "installed.parquet row 2",
        "net.json installed row 2",
        "net.xlsx sheet installed row 3",
    ]


def test_the_first_twenty_are_told_and_the_others_counted(tmp_path: Path) -> None:
    settings, tables = small()
    item = tables["installed"][0]
    tables["installed"] = [{**item, "item": f"I{number}", "quantity": 0} for number in range(50)]
    lines = told(write_folder(tmp_path / "net", settings, tables))
    assert len(lines) == 21
    assert lines[19].startswith("installed.csv row 21 column quantity")
    assert lines[20] == "and 30 more; mend these first"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"quarters": 61}, 'quarters: "61" is more than 60; correct it'),
        ({"quarters": "many"}, 'quarters: "many" is no whole number; write digits'),
        ({"discount_rate": "high"}, 'discount_rate: "high" is no number; write a plain number'),
        (
            {"first_quarter": "2027"},
            'first_quarter: "2027" does not have the right form; write a quarter, like 2027-Q1',
        ),
        ({"unkown": "keep"}, '"unkown" is no key here; did you mean "unknown"?'),
        ({"unknown": "guess"}, 'unknown: "guess" is not allowed here; allowed are replace, keep'),
        ({"refunds": [{"share": 0.6, "lag": 1}, {"share": 0.6, "lag": 1}]},
         "refunds of every owner for ran add up to 1.2; at most the whole can come back"),
        ({"least_makers": [{"role": "radio", "makers": 3, "share": 0.4}]},
         "least_makers[0]: 3 makers with 0.4 each are more than the whole; lower makers or share"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_line(tmp_path: Path, change: dict[str, Any], line: str) -> None:
    settings, tables = small()
    lines = told(write_folder(tmp_path / "net", {**settings, **change}, tables))
    assert len(lines) == 1
    assert lines[0].startswith("network.yaml")
    assert lines[0].endswith(line)


def test_a_setting_of_a_workbook_and_of_json_is_named_with_its_place(tmp_path: Path) -> None:
    settings, tables = small()
    settings["refunds"][0]["share"] = 2
    line = 'refunds[0].share: "2" is more than 1; correct it'
    assert told(write_workbook(tmp_path / "net.xlsx", settings, tables)) == (
        f"net.xlsx sheet settings: {line}",
    )
    assert told(write_json(tmp_path / "net.json", settings, tables)) == (f"net.json settings: {line}",)
