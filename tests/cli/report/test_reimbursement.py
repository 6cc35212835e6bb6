"""The worksheet for a request to the reimbursement programme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.planning.checking import read_plan
from clearband.planning.checking.held import hold
from clearband.planning.network import read_network
from clearband.planning.prices import packaged_prices
from clearband.reports.plan.money import spending
from clearband.reports.plan.work_orders import purchases
from tests.cli.conftest import CARRIER, Clearband, Finished
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of
from tests.planning.checking import by_hand, made_up

ASKS = "do you take part in the reimbursement programme? Only participants owe removal"


@pytest.fixture
def planned(tmp_path: Path) -> tuple[Path, Path]:
    """A network, and a plan for it."""
    made = made_up.network()
    plan = made_up.plan(made)
    plan.claims = by_hand.claims(made, plan)
    return made.write(tmp_path / "net"), plan.write(tmp_path / "plan")


@pytest.mark.parametrize("run", ["carrier", "hostile"])
def test_every_record_stands_where_its_findings_put_it(
    run: str, request: pytest.FixtureRequest, filed: Filed
) -> None:
    folder: Path = request.getfixturevalue(run)
    tables = tables_of(filed("reimbursement", "--run", folder))
    reached = pl.read_parquet(folder / "findings.parquet").filter(directive="us-fcc-reimbursement-program")
    covered = set(reached.filter(question=ASKS)["record_id"])
    equipment = pl.read_parquet(folder / "equipment.parquet")
    assert {row["record"] for row in tables["equipment"]} == covered
    unidentified = set(equipment.filter(answer="unidentified")["record_id"])
    assert {row["record"] for row in tables["open"]} == (set(reached["record_id"]) | unidentified) - covered
    (radio,) = [row for row in tables["cost lines"] if row["line"] == "Radio unit"]
    radios = equipment.filter(
        pl.col("record_id").is_in(covered), pl.col("category").is_in(["rru", "aau", "enb"])
    )
    assert radio["units in the data"] == (f"{radios['quantity'].sum():,}" if radios.height else None)
    for row in tables["cost lines"]:
        assert row["quantity claimed"] is row["estimate or actual cost"] is row["support"] is None


def test_the_day_obtained_decides_and_is_not_made_up(
    filed: Filed, finished: Finished, inventories: Any
) -> None:
    rows = [
        ("in time", "Huawei", "RRU3959", "rru", "Hill", 2, "", "", "", "2020-06-30"),
        ("late", "Huawei", "RRU3959", "rru", "Hill", 1, "", "", "", "2020-07-01"),
        ("not said", "ZTE", "ZXR10", "switch", "Hill", 1, "", "", "", ""),
    ]
    asked = ("--as", "advanced-communications-provider", "--action", "remove", "--on", "2026-11-24")
    made = filed("reimbursement", "--run", finished(inventories("obtained", rows), *asked))
    found = {row["record"]: row["by the last day"] for row in tables_of(made)["equipment"]}
    assert found == {"in time": "yes", "late": "no", "not said": None}
    words = " ".join(texts_of(made))
    assert "3 records are of Huawei or ZTE for certain (4 units)." in words
    assert "For 1 the data does not say when it was obtained." in words


def test_the_lines_are_those_of_the_catalogue_and_own_prices_go_first(
    filed: Filed, carrier: Path, tmp_path: Path
) -> None:
    prices = packaged_prices()
    lines = tables_of(filed("reimbursement", "--run", carrier))["cost lines"]
    assert [row["line"] for row in lines] == list(prices.role_names.values())
    for role, row in zip(prices.roles, lines, strict=True):
        best = prices.of(role)
        assert row["item of the catalogue"] == (f"{best.id}: {best.item}" if best else "no price was read")
        assert row["low"] != "0"
    own = tmp_path / "own.csv"
    own.write_text(
        "id,category,item,unit,low,average,high,source\nran.rru,RAN,radio,sector,1,2,3,ours\n",
        encoding="utf-8",
    )
    (radio,) = [
        row
        for row in tables_of(filed("reimbursement", "--run", carrier, "--prices", own))["cost lines"]
        if row["line"] == "Radio unit"
    ]
    assert (radio["low"], radio["average"], radio["high"], radio["grade"]) == ("1", "2", "3", "own")


def test_a_plan_alone_or_beside_a_run_gives_its_spending_and_purchases(
    filed: Filed, carrier: Path, planned: tuple[Path, Path]
) -> None:
    network, plan = planned
    held = hold(read_network(network), read_plan(plan))
    totals = dict(spending(held).group_by("kind").agg(pl.col("amount").sum()).iter_rows())
    for more in ((), ("--run", carrier)):
        made = filed("reimbursement", "--plan", plan, "--network", network, "--on", "2026-11-24", *more)
        tables = tables_of(made)
        assert {row["kind"]: row["amount"] for row in tables["plan spending"]} == {
            kind: f"{amount:,.2f}" for kind, amount in totals.items()
        }
        assert len(tables["plan purchases"]) == purchases(held).height
        assert made["rests_on"]["plan_sha256"]
        assert ("equipment" in tables) == bool(more)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "add --run DIR"), (("--plan", "x"), "--plan and --network go together")],
)
def test_too_little_is_refused(
    arguments: tuple[str, ...], said: str, clearband: Clearband, tmp_path: Path
) -> None:
    ended = clearband("report", "reimbursement", *arguments, "--out", tmp_path / "made.html")
    assert ended.status == 2
    assert said in ended.one_line


def test_a_run_for_others_is_refused(clearband: Clearband, finished: Finished, tmp_path: Path) -> None:
    run = finished(CARRIER, "--as", "federal-agency", "--action", "procure", "--on", "2026-11-24")
    ended = clearband("report", "reimbursement", "--run", run, "--out", tmp_path / "made.html")
    assert ended.status == 2
    assert "--as advanced-communications-provider" in ended.one_line


def test_the_pdf_and_the_workbook_are_whole(
    clearband: Clearband, filed: Filed, carrier: Path, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    arguments = ("reimbursement", "--run", carrier, "--plan", planned[1], "--network", planned[0])
    made = tables_of(filed(*arguments))
    for form in ("pdf", "xlsx", "html"):
        assert clearband("report", *arguments, "--out", tmp_path / f"made.{form}").status == 0
    found = squeezed("".join(pages_of(tmp_path / "made.pdf")))
    for row in (*made["equipment"], *made["open"]):
        assert squeezed(str(row["record"])) in found
