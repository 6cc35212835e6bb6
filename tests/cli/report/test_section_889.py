"""The worksheet for the representations of FAR 52.204-24."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from clearband.reports.filings.sorted_out import units
from tests.cli.conftest import CARRIER, Clearband, Finished
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of

SURE = ("far-52-204-24-25-26", "us-ndaa-fy2019-889-a1a", "us-ndaa-fy2019-889-a1b")


def choices_of(filed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        block["title"]: block
        for part in filed["sections"]
        for block in part["blocks"]
        if block["kind"] == "choice"
    }


def by_findings(run: Path, answer: str) -> set[str]:
    """Records with such an answer under section 889, straight from the findings."""
    found = pl.read_parquet(run / "findings.parquet").filter(
        pl.col("directive").is_in(SURE), pl.col("answer") == answer
    )
    return set(found["record_id"])


@pytest.mark.parametrize("run", ["carrier", "agency", "hostile"])
def test_every_record_stands_where_its_findings_put_it(
    run: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    folder: Path = request.getfixturevalue(run)
    tables = tables_of(filed("section-889", "--run", folder))
    covered = {row["record"] for row in tables["equipment"]} | {row["record"] for row in tables["services"]}
    assert covered == by_findings(folder, "prohibited")
    equipment = pl.read_parquet(folder / "equipment.parquet")
    unidentified = set(equipment.filter(answer="unidentified")["record_id"])
    undecided = {row["record"] for row in tables["open"]}
    assert undecided == (by_findings(folder, "review") | unidentified) - covered
    assert all(row["what would decide"] for row in tables["open"])
    rest = equipment.filter(~pl.col("record_id").is_in(covered | undecided))
    assert sum(int(str(row["records"])) for row in tables["not reached"]) == rest.height
    assert rest["maker"].null_count() == 0


def test_a_record_tells_where_it_is_from_and_nothing_that_nobody_said(filed: Filed, carrier: Path) -> None:
    row = next(
        row
        for row in tables_of(filed("section-889", "--run", carrier))["equipment"]
        if row["record"] == "1001"
    )
    assert row == {
        "record": "1001",
        "from": "rural-carrier.csv:2",
        "entity that produced it": "Huawei Technologies Co., Ltd.",
        "its UEI": None,
        "its CAGE code": None,
        "OEM or distributor": None,
        "brand": None,
        "model number": "RRU3959",
        "part number": None,
        "item description": "Remote radio unit",
        "units": "3",
        "site": "Dry Fork T1",
        "purpose stated": None,
        "provide (d)(1)": "covered since 2019-08-13",
        "use (d)(2)": "covered since 2020-08-13",
        "law": "1",
        "proposed use, and factors": None,
    }


def test_what_is_covered_speaks_for_yes_and_what_is_open_against_no(filed: Filed, carrier: Path) -> None:
    for choice in choices_of(filed("section-889", "--run", carrier)).values():
        assert choice["state"] == "speaks-for-yes"
        assert any("While any is, the data does not speak for a negative" in line for line in choice["says"])
        assert any("what is it used for?" in line for line in choice["would_decide"])


@pytest.mark.parametrize(
    ("run", "state", "said"),
    [
        ("unknown", "open", "3 records are open (3 units)"),
        ("clear", "nothing-found", "None is open among what was read"),
        ("empty", "nothing-asked", "nothing was screened, and the data says nothing"),
    ],
)
def test_no_run_suggests_a_negative_representation(
    run: str, state: str, said: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    choices = choices_of(filed("section-889", "--run", request.getfixturevalue(run)))
    assert len(choices) == 2
    for choice in choices.values():
        assert choice["state"] == state
        assert choice["would_decide"]
        words = " ".join((*choice["says"], *choice["would_decide"]))
        assert said in words
        assert "does not use" not in words
        assert "will not provide" not in words


def test_a_maker_that_only_a_note_names_is_told_where_nothing_is_open(filed: Filed, clear: Path) -> None:
    for choice in choices_of(filed("section-889", "--run", clear)).values():
        assert any(
            line.startswith("1 record with a maker named where a name is no") for line in choice["says"]
        )


def test_an_unknown_maker_is_not_asked_for_as_if_one_clause_were_all(filed: Filed, unknown: Path) -> None:
    for row in tables_of(filed("section-889", "--run", unknown))["open"]:
        assert "other clauses may name other makers; what would help: " in str(row["what would decide"])


def test_units_that_could_not_be_read_are_told_and_not_left_out_of_the_sum_without_a_word() -> None:
    assert units(pl.DataFrame({"quantity": [2, 1]})) == "3 units"
    told = units(pl.DataFrame({"quantity": [2, None, None]}))
    assert told == "2 units, and 2 records whose quantity could not be read"


def test_a_run_that_asked_only_one_limb_leaves_the_other_open(filed: Filed, finished: Finished) -> None:
    run = finished(CARRIER, "--as", "federal-contractor", "--action", "use", "--on", "2026-11-24")
    made = filed("section-889", "--run", run)
    choices = choices_of(made)
    assert choices["Providing (part A)"]["state"] == "nothing-asked"
    assert choices["Using (part B)"]["state"] == "speaks-for-yes"
    covered = tables_of(made)["equipment"]
    assert {row["record"] for row in covered} == by_findings(run, "prohibited")
    assert {row["provide (d)(1)"] for row in covered} == {"open"}


def test_a_run_for_others_is_refused(clearband: Clearband, finished: Finished, tmp_path: Path) -> None:
    run = finished(CARRIER, "--as", "usf-recipient", "--action", "fund", "--on", "2026-11-24")
    ended = clearband("report", "section-889", "--run", run, "--out", tmp_path / "made.html")
    assert ended.status == 2
    assert "--as federal-contractor" in ended.one_line


def test_a_later_law_and_an_exception_are_told_and_not_counted_as_covered(
    filed: Filed, finished: Finished, inventories: Any
) -> None:
    rows = [
        ("A", "Huawei", "NE40E", "router", "Hill", 1, "no user data"),
        ("B", "ZTE", "ZXR10", "switch", "Hill", 1, ""),
    ]
    early = finished(
        inventories("early", rows), "--as", "federal-contractor", "--action", "use", "--on", "2020-08-01"
    )
    made = tables_of(filed("section-889", "--run", early))
    assert {row["record"]: row["use (d)(2)"] for row in made["equipment"]}["B"] == "not yet since 2020-08-13"
    late = finished(
        inventories("late", rows), "--as", "federal-contractor", "--action", "use", "--on", "2026-11-24"
    )
    made = tables_of(filed("section-889", "--run", late))
    assert {row["record"]: str(row["use (d)(2)"])[:7] for row in made["equipment"]} == {
        "A": "exempt ",
        "B": "covered",
    }


@pytest.mark.parametrize(
    ("purpose", "on", "state", "said"),
    [
        ("no user data", "2026-11-24", "speaks-for-yes", "The words of the representation know no exception"),
        ("", "2020-08-01", "open", "1 record is reached only from a later day"),
    ],
)
def test_neither_an_exception_nor_a_later_day_speaks_for_a_negative(
    purpose: str, on: str, state: str, said: str, filed: Filed, finished: Finished, inventories: Any
) -> None:
    only = inventories(f"only {on}", [("A", "Huawei", "NE40E", "router", "Hill", 1, purpose)])
    run = finished(only, "--as", "federal-contractor", "--action", "use", "--on", on)
    using = choices_of(filed("section-889", "--run", run))["Using (part B)"]
    assert using["state"] == state
    assert any(said in line for line in using["says"])
    assert not any("None is open" in line for line in using["says"])
    assert using["would_decide"]


def test_the_pdf_and_the_workbook_hold_every_record(
    clearband: Clearband, filed: Filed, hostile: Path, tmp_path: Path
) -> None:
    made = filed("section-889", "--run", hostile)
    records = {row["record"] for name in ("equipment", "services", "open") for row in tables_of(made)[name]}
    assert len(records) > 20
    assert clearband("report", "section-889", "--run", hostile, "--out", tmp_path / "made.xlsx").status == 0
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "made.xlsx").read_bytes()))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert records <= cells
    clearband("report", "section-889", "--run", hostile, "--out", tmp_path / "made.pdf")
    pages = pages_of(tmp_path / "made.pdf")
    found = squeezed("".join(pages))
    for name in ("equipment", "open"):
        for row in tables_of(made)[name]:
            assert squeezed(f"{row['record']} {row['from']}") in found
    assert "DRAFT — not a filing" in min(pages, key=lambda page: page.count("DRAFT"))


def test_no_name_of_a_person_is_asked_for_and_no_signature(filed: Filed, carrier: Path) -> None:
    words = " ".join(texts_of(filed("section-889", "--run", carrier))).lower()
    assert "signature" not in words
    assert "signed by" not in words
