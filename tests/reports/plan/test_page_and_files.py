"""The folder of a report: harmless whatever names say, readable without seeing, whole or not there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from clearband.errors import OutputError
from clearband.reports.plan import work_orders, write, write_plan_report
from tests.planning.checking import by_hand
from tests.planning.checking.rows import MadePlan, MadeUp
from tests.reports.plan.conftest import Report, Reported

HOSTILE = {
    "north": "<script>alert(1)</script>",
    "alpha": '=cmd|"/c calc"!A0',
    "Boreal": "+Boreal & <b>Söhne</b>",
    "a1-1": "@site",
}


def renamed(value: Any) -> Any:
    """The same with hostile names for harmless ones."""
    if isinstance(value, dict):
        return {key: renamed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one) for one in value]
    if isinstance(value, str):
        for old, new in HOSTILE.items():
            value = re.sub(rf"^{old}(?= |$)", lambda _, new=new: new, value)
    return value


@pytest.fixture
def hostile(report: Report, made: MadeUp, plan: MadePlan) -> Reported:
    made = MadeUp(renamed(made.settings), renamed(made.tables))
    plan = MadePlan(renamed(plan.work))
    plan.claims = by_hand.claims(made, plan)
    return report(made, plan)


def svg_files(reported: Reported) -> list[Path]:
    return sorted((reported.out / "charts").glob("*.svg"))


def test_names_are_text_on_the_page_and_in_the_charts(hostile: Reported) -> None:
    assert not hostile.told.summary.broken
    assert not hostile.page.all("script")
    assert not hostile.page.all("b")
    assert "<script>alert(1)</script>" in hostile.page.by_id("regions-s").words()
    for path in svg_files(hostile):
        assert not ET.parse(path).findall(".//{*}script")


def test_names_are_text_in_the_workbook(hostile: Reported) -> None:
    book = openpyxl.load_workbook(hostile.out / "work-orders.xlsx")
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                texts.add(cell.value)
    assert '=cmd|"/c calc"!A0' in texts


def test_many_orders_are_a_csv_without_formulas(hostile: Reported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_orders, "MOST_ROWS", 100)
    told = write_plan_report(hostile.network, hostile.plan, hostile.out)
    assert "work-orders.csv" in told.files
    orders = pl.read_csv(hostile.out / "work-orders.csv", infer_schema=False)
    assert set(orders["owner"]) == {"'" + HOSTILE["alpha"], "beta"}
    book = openpyxl.load_workbook(hostile.out / "work-orders.xlsx")
    assert book.sheetnames == ["summary", "quarters", "purchases"]


def test_each_item_is_installed_and_then_taken_down(reported: Reported, plan: MadePlan) -> None:
    book = openpyxl.load_workbook(reported.out / "work-orders.xlsx")
    assert book.sheetnames == ["summary", "quarters", "purchases", "visits", "orders"]
    head, *rows = book["orders"].iter_rows(values_only=True)
    orders = [dict(zip(head, row, strict=True)) for row in rows]
    assert len(orders) == 2 * len(plan.work)
    planned = {row["item"]: row for row in plan.work}
    for order in orders:
        row = planned[str(order["item"])]
        assert order["quarter"] == row["quarter" if order["do"] == "install" else "removed"]
        assert order["new product"] == row["product"]
        assert (order["old product"] or "") == row["old_product"]
        assert order["quantity"] == row["quantity"]
    assert [order["quarter"] for order in orders] == sorted(str(order["quarter"]) for order in orders)
    for sheet, hours in (("quarters", 5), ("visits", 6)):
        sums = sum(row[hours] for row in list(book[sheet].iter_rows(values_only=True))[1:])
        assert sums == pytest.approx(sum(order["hours"] for order in orders))
    purchases = list(book["purchases"].iter_rows(values_only=True))[1:]
    assert sum(row[4] for row in purchases) == sum(row["quantity"] for row in plan.work)
    assert all(str(ordered) <= str(needed) for needed, ordered, *_ in purchases)


def test_every_chart_says_what_it_shows_and_has_its_numbers(reported: Reported) -> None:
    charts = [one for one in reported.page.all("svg") if "chart" in (one.attributes["class"] or "")]
    assert len(charts) == len(svg_files(reported)) == 10
    for chart in charts:
        title, description = chart.children[:2]
        assert (title.tag, description.tag) == ("title", "desc")
        assert title.words()
        assert description.words()
        named = f"{title.attributes['id']} {description.attributes['id']}"
        assert chart.attributes["aria-labelledby"] == named
    names = [one.attributes["id"] for one in reported.page.elements if "id" in one.attributes]
    assert len(names) == len(set(names))
    assert len(reported.page.all("details")) == len(charts)


def test_the_page_allows_its_own_style_and_nothing_else(reported: Reported) -> None:
    (policy,) = (
        one.attributes["content"]
        for one in reported.page.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert not any("style" in one.attributes for one in reported.page.elements)


def test_the_same_plan_gives_the_same_bytes(reported: Reported) -> None:
    def content() -> dict[str, bytes]:
        return {name: (reported.out / name).read_bytes() for name in reported.told.files}

    before = content()
    write_plan_report(reported.network, reported.plan, reported.out)
    assert content() == before


def test_a_folder_of_something_else_is_left_alone(reported: Reported, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "plan.html").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="no earlier report of a plan"):
        write_plan_report(reported.network, reported.plan, other)
    assert (other / "plan.html").read_text(encoding="utf-8") == "mine"


def test_nothing_is_left_when_it_cannot_be_written(
    reported: Reported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "page", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match="the disk is full"):
        write_plan_report(reported.network, reported.plan, tmp_path / "new")
    assert sorted(tmp_path.iterdir()) == before
