"""The worksheet for the yearly report to the FCC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli.conftest import CARRIER, Clearband, Finished
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of
from tests.cli.report.test_section_889 import choices_of

ASKS = "was it obtained on or after 2018-08-14? Only that is reported"


@pytest.mark.parametrize("run", ["carrier", "agency", "hostile"])
def test_every_record_stands_where_its_findings_put_it(
    run: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    folder: Path = request.getfixturevalue(run)
    tables = tables_of(filed("fcc-annual", "--run", folder))
    reached = pl.read_parquet(folder / "findings.parquet").filter(
        pl.col("clause").str.starts_with("annual-report"), directive="us-secure-networks-act"
    )
    covered = set(reached.filter(question=ASKS)["record_id"])
    assert {row["record"] for row in tables["covered"]} == covered
    unidentified = set(
        pl.read_parquet(folder / "equipment.parquet").filter(answer="unidentified")["record_id"]
    )
    undecided = {row["record"] for row in tables["open"]}
    assert (set(reached["record_id"]) | unidentified) - covered <= undecided
    assert not undecided & covered


def test_the_day_decides_and_each_listing_has_its_own(
    filed: Filed, finished: Finished, inventories: Any
) -> None:
    rows = [
        ("before", "Huawei", "NE40E", "router", "Hill", 1, "", "", "", "2018-08-13"),
        ("after", "ZTE", "ZXR10", "switch", "Hill", 1, "", "1200", "USD", "2018-08-14"),
        ("unknown", "ZTE", "ZXR10", "switch", "Hill", 1, "", "", "", ""),
        ("software", "Kaspersky", "Endpoint Security", "antivirus", "Hill", 1, "", "", "", "2022-05-23"),
    ]
    run = finished(
        inventories("days", rows),
        "--as", "advanced-communications-provider", "--action", "report", "--on", "2027-02-01"
    )  # fmt: skip
    made = filed("fcc-annual", "--run", run)
    found = {row["record"]: row for row in tables_of(made)["covered"]}
    assert {name: row["by its day"] for name, row in found.items()} == {
        "before": "before",
        "after": "on or after: reported",
        "unknown": None,
        "software": "before",
    }
    assert {row["reported from"] for name, row in found.items() if name != "software"} == {"2018-08-14"}
    assert found["software"]["reported from"] == "2022-05-24"
    assert found["after"]["cost of a unit in the inventory"] == "1200 USD"
    assert found["unknown"]["removal or replacement plan"] is None
    lines = {line["label"]: line["value"] for part in made["sections"] for block in part["blocks"]
             if block["kind"] == "lines" for line in block["lines"]}  # fmt: skip
    assert (lines["Due"], lines["About what was in the network on"]) == ("2027-03-31", "2026-12-31")
    assert lines["Title of the certifying official"] is None


@pytest.mark.parametrize(
    ("run", "state"), [("unknown", "open"), ("clear", "nothing-found"), ("empty", "nothing-asked")]
)
def test_no_run_certifies_that_there_is_none(
    run: str, state: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    (choice,) = choices_of(filed("fcc-annual", "--run", request.getfixturevalue(run))).values()
    assert choice["state"] == state
    assert choice["would_decide"]


@pytest.mark.parametrize("kind", ["fcc-annual", "reimbursement"])
def test_what_the_law_reaches_only_later_is_listed_and_speaks_for_no_certification(
    kind: str, filed: Filed, finished: Finished, inventories: Any
) -> None:
    rows = [("A", "Huawei", "NE40E", "router", "Hill", 1)]
    asked = ("--as", "advanced-communications-provider", "--action", "report", "--on", "2021-03-01")
    made = filed(kind, "--run", finished(inventories("listed-later", rows), *asked))
    (row,) = tables_of(made)["excepted"]
    assert (row["record"], row["state"]) == ("A", "not yet")
    assert {choice["state"] for choice in choices_of(made).values()} <= {"open"}


def test_what_comes_after_the_inventory_is_told(filed: Filed, carrier: Path) -> None:
    words = " ".join(texts_of(filed("fcc-annual", "--run", carrier)))
    assert "as of 2026-11-24: what comes or goes until 2026-12-31 is not in it" in words


def test_a_run_for_others_is_refused(clearband: Clearband, finished: Finished, tmp_path: Path) -> None:
    run = finished(CARRIER, "--as", "federal-agency", "--action", "procure", "--on", "2026-11-24")
    ended = clearband("report", "fcc-annual", "--run", run, "--out", tmp_path / "made.html")
    assert ended.status == 2
    assert "--as advanced-communications-provider" in ended.one_line


def test_the_pdf_holds_every_record(
    clearband: Clearband, filed: Filed, carrier: Path, tmp_path: Path
) -> None:
    made = tables_of(filed("fcc-annual", "--run", carrier))
    assert clearband("report", "fcc-annual", "--run", carrier, "--out", tmp_path / "made.pdf").status == 0
    found = squeezed("".join(pages_of(tmp_path / "made.pdf")))
    for row in (*made["covered"], *made["open"]):
        assert squeezed(str(row["record"])) in found
    assert clearband("report", "fcc-annual", "--run", carrier, "--out", tmp_path / "made.xlsx").status == 0
