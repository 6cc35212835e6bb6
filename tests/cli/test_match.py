"""``clearband match``: names against a list, its forms of output, and bad input."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import polars as pl
import pytest

from tests.cli.conftest import EXAMPLES, Clearband

SUPPLIERS, LIST = EXAMPLES / "suppliers.csv", EXAMPLES / "screening-list.csv"
SCHEMAS = EXAMPLES.parent / "clearband" / "facts" / "schemas"


def schema(name: str) -> Any:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_suppliers_are_found_on_the_list_under_any_of_its_names(clearband: Clearband) -> None:
    ended = clearband("match", SUPPLIERS, "--against", LIST)
    found = {row["query_id"]: row["entity_id"] for row in rows(ended.out)}
    assert ended.status == 0
    assert found == {
        "S-002": "x1",
        "S-003": "x2",
        "S-005": "x3",
        "S-007": "x1",
        "S-008": "x4",
        "S-009": "x4",
        "S-012": "x2",
        "S-014": "x5",
    }
    assert "1 Individual, 1 Vessel" in ended.err


def test_every_row_says_why(clearband: Clearband) -> None:
    told = {row["query_id"]: row for row in rows(clearband("match", SUPPLIERS, "--against", LIST).out)}
    assert told["S-009"]["why"] == (
        "in common: lumenar = lumenara (misspelt), photonic = photonics (misspelt), international; "
        "legal form alike: ltd / limited"
    )
    assert told["S-002"]["name"] in ("Zavod Vostokradio", "AO Zavod Vostokradio", "Востокрадио")


def test_all_lists_every_name_asked_with_what_is_below_the_threshold(clearband: Clearband) -> None:
    ended = clearband("match", SUPPLIERS, "--against", LIST, "--all")
    verdicts = {row["query_id"]: row["verdict"] for row in rows(ended.out) if row["rank"] in (1, None)}
    assert list(verdicts) == [f"S-{number:03}" for number in range(1, 17)]
    assert (verdicts["S-001"], verdicts["S-013"], verdicts["S-016"]) == ("none", "possible", "none")


def test_rows_and_summary_fit_their_published_schemas(clearband: Clearband, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    ended = clearband("match", SUPPLIERS, "--against", LIST, "--all", "--explain", "--out", out, "--json")
    row, summary = schema("match-row"), schema("match-summary")
    told = rows(out.read_text(encoding="utf-8"))
    assert [error.message for one in told for error in row.iter_errors(one)] == []
    assert [error.message for error in summary.iter_errors(json.loads(ended.out))] == []
    assert ended.err == ""
    assert json.loads(ended.out)["counts"]["matched"] == 8
    assert all(one["features"] for one in told if one["rank"])


def test_features_add_up_in_the_order_of_their_weight(clearband: Clearband) -> None:
    told = rows(clearband("match", SUPPLIERS, "--against", LIST, "--explain").out)
    moved = [abs(feature["moved"]) for feature in told[0]["features"]]
    assert moved == sorted(moved, reverse=True)


def test_all_forms_of_output_hold_the_same_rows(clearband: Clearband, tmp_path: Path) -> None:
    for end in ("parquet", "jsonl", "csv"):
        clearband("match", SUPPLIERS, "--against", LIST, "--all", "--out", tmp_path / f"m.{end}")
    lines = rows((tmp_path / "m.jsonl").read_text(encoding="utf-8"))
    assert pl.read_parquet(tmp_path / "m.parquet").to_dicts() == lines
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [float(cell["score"] or -1) for cell in cells] == [one["score"] or -1 for one in lines]
    assert [cell["name"] for cell in cells] == [one["name"] or "" for one in lines]


def test_no_cell_of_the_csv_is_a_formula(clearband: Clearband, tmp_path: Path) -> None:
    clearband("match", SUPPLIERS, "--against", LIST, "--all", "--out", tmp_path / "m.csv")
    text = (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ',"=HYPERLINK' not in text


def test_the_same_bytes_come_out_twice(clearband: Clearband, tmp_path: Path) -> None:
    for name in ("a.parquet", "b.parquet", "a.csv", "b.csv"):
        clearband("match", SUPPLIERS, "--against", LIST, "--all", "--out", tmp_path / name)
    for end in ("parquet", "csv"):
        assert (tmp_path / f"a.{end}").read_bytes() == (tmp_path / f"b.{end}").read_bytes()


def test_a_threshold_decides_what_is_a_match(clearband: Clearband) -> None:
    strict = rows(clearband("match", SUPPLIERS, "--against", LIST, "--threshold", "0.99985").out)
    loose = rows(clearband("match", SUPPLIERS, "--against", LIST, "--threshold", "0.05").out)
    assert {row["query_id"] for row in strict} < {row["query_id"] for row in loose}
    assert min(row["score"] for row in strict) >= 0.99985
    assert "S-013" in {row["query_id"] for row in loose}


def test_a_limit_keeps_the_best(clearband: Clearband) -> None:
    told = rows(clearband("match", SUPPLIERS, "--against", "register", "--all", "--limit", "1").out)
    assert {row["rank"] for row in told} <= {1, None}


def test_the_register_is_a_list_at_hand(clearband: Clearband) -> None:
    ended = clearband(
        "match", "-", "--against", "register", stdin=b"Hangzhou Hikvison Digital\nNobody & Sons\n"
    )
    (row,) = rows(ended.out)
    assert (row["entity_id"], row["query_id"]) == ("hikvision", "1")


def test_what_was_read_is_told_before_what_was_found(clearband: Clearband, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Ref key;Company\nr1;Vostokradio\n", encoding="utf-8")
    (tmp_path / "q.csv").write_text("No;Supplier\n1;Vostokradio\n;\n3;Other\n", encoding="utf-8")
    told = clearband("match", tmp_path / "q.csv", "--against", tmp_path / "l.csv", "--all")
    lines = told.err.splitlines()
    assert lines[0] == 'q.csv: names from the column "Supplier", ids from "No".'
    assert lines[1] == 'l.csv: names from the column "Company", ids from the numbers of the rows.'
    assert "3 names (2 distinct, 1 blank)" in lines[2]
    assert 'l.csv: "Ref key" looks like ids and was not used; say --list-id-column' in lines[-1]
    assert [(row["query_id"], row["verdict"]) for row in rows(told.out)] == [
        ("1", "match"),
        ("row 3", "none"),
        ("3", "none"),
    ]


@pytest.mark.parametrize(("on", "status"), [("match", 1), ("possible", 1)])
def test_a_pipeline_can_fail_on_a_match(clearband: Clearband, on: str, status: int) -> None:
    assert clearband("match", SUPPLIERS, "--against", LIST, "--fail-on", on).status == status


def test_fail_on_possible_sees_what_is_below_the_threshold(clearband: Clearband, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Lumenara\n", encoding="utf-8")
    for on, status in (("match", 0), ("possible", 1)):
        assert clearband("match", tmp_path / "one.txt", "--against", LIST, "--fail-on", on).status == status


def test_without_numba_one_line_says_what_to_install(
    clearband: Clearband, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    ended = clearband("match", SUPPLIERS, "--against", LIST, "--out", tmp_path / "m.csv")
    assert "pip install '.[match]'" in ended.one_line
    assert (ended.status, list(tmp_path.iterdir())) == (2, [])


@pytest.mark.parametrize(
    ("arguments", "says", "status"),
    [
        (["--out", "m.xlsx"], ".parquet, .jsonl, .csv", 2),
        (["--json"], "--out FILE", 2),
        (["--threshold", "2"], "--threshold", 2),
        (["--limit", "0"], "--limit", 2),
        (["--list-format", "pdf"], "followthemoney", 2),
        (["--name-column", "Firma"], "Supplier name", 2),
        (["--list-name-column", "Firma"], "entity_number", 2),
        (["--encoding", "klingon"], "klingon", 3),
        (["--delimiter", ";;"], "--delimiter", 2),
    ],
)
def test_a_wrong_word_is_one_line(clearband: Clearband, arguments: list[str], says: str, status: int) -> None:
    ended = clearband("match", SUPPLIERS, "--against", LIST, *arguments)
    assert says in ended.one_line
    assert ended.status == status


def test_inputs_that_cannot_be_used_leave_nothing_behind(clearband: Clearband, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "1", "name": "Acme"}\n{"id"\n', encoding="utf-8")
    for arguments in (
        (bad, "--against", LIST),
        (SUPPLIERS, "--against", bad),
        (SUPPLIERS, "--against", "no.csv"),
    ):
        ended = clearband("match", *arguments, "--out", tmp_path / "m.csv")
        assert ended.one_line
        assert ended.status == 3
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jsonl"]


def test_an_input_is_never_written_over(clearband: Clearband, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST.read_bytes())
    ended = clearband("match", SUPPLIERS, "--against", path, "--out", path)
    assert "it is an input" in ended.one_line
    assert path.read_bytes() == LIST.read_bytes()
    assert "standard input" in clearband("match", "-", "--against", "-").one_line


def test_an_output_that_cannot_be_written_is_one_line(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("match", SUPPLIERS, "--against", LIST, "--out", tmp_path / "not" / "there.csv")
    assert ended.one_line
    assert ended.status == 3
