"""Unit prices: what the facts give, what nobody published, and a table of one's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from clearband.errors import InputError, UsageError
from clearband.planning.prices import load_prices

HEADER = "id,category,item,unit,low,average,high,source\n"


def table(tmp_path: Path, rows: str, header: str = HEADER) -> str:
    path = tmp_path / "prices.csv"
    path.write_text(header + rows, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("part", "item", "low", "average", "high", "grade"),
    [
        ("radio-unit", "ran.rru", None, 4000, None, "C"),
        ("baseband", "ran.bbu", None, 10000, None, "C"),
        ("antenna", "ran.antenna", None, 1500, None, "C"),
        ("cell-site-router", "tr.router", None, 2000, None, "C"),
        ("hub", "tr.hub", None, 15000, None, "C"),
        ("install-labour", "labour.install.normal", None, 15000, None, "C"),
        ("scarce-install-labour", "labour.install.shortage", 22000, None, 30000, "C"),
        ("travel", "labour.transport", None, 10000, None, "C"),
        ("structural-study", "tower.structural_study", 5100, None, 12300, "B"),
        ("power", "power.system", None, 5000, None, "C"),
        ("rent-in-parallel", "rent.model", None, 9600, None, "C"),
        ("whole-site", "site.turnkey.programme.approved", None, 592857, None, "D"),
    ],
)
def test_a_part_of_a_plan_has_the_price_that_was_published_and_no_other(
    part: str, item: str, low: int | None, average: int | None, high: int | None, grade: str
) -> None:
    price = load_prices().of(part)
    assert price is not None
    assert (price.id, price.low, price.average, price.high, price.grade) == (item, low, average, high, grade)
    assert price.sources


@pytest.mark.parametrize("part", ["core", "decommissioning", "site-survey", "bridging"])
def test_a_part_that_nobody_published_a_price_for_has_none(part: str) -> None:
    assert load_prices().of(part) is None


def test_an_unknown_part_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='"radio-units" is no part of a plan; nearest: radio-unit'):
        load_prices().of("radio-units")


def test_a_row_of_ones_own_table_takes_the_place_of_the_item_with_its_id(tmp_path: Path) -> None:
    path = table(tmp_path, 'ran.rru,,Remote radio,sector,"$3,100",4200,5500,FCC catalogue p. 3\n')
    price = load_prices(path).of("radio-unit")
    assert price is not None
    assert (price.low, price.average, price.high) == (Decimal(3100), Decimal(4200), Decimal(5500))
    assert (price.own, price.grade, price.category, price.sources) == (
        True,
        None,
        "RAN",
        ("FCC catalogue p. 3",),
    )
    packaged = load_prices().of("radio-unit")
    assert packaged is not None
    assert packaged.average == 4000


def test_an_empty_cell_of_ones_own_row_is_not_filled_from_the_packaged_price(tmp_path: Path) -> None:
    price = load_prices(table(tmp_path, "tower.structural_study,,,,,9000,,\n")).of("structural-study")
    assert price is not None
    assert (price.low, price.average, price.high) == (None, Decimal(9000), None)
    assert price.sources == ("prices.csv",)


def test_a_row_with_the_id_of_a_part_prices_what_nobody_published(tmp_path: Path) -> None:
    path = table(
        tmp_path, "core,core,Packet core,each,900000,,1500000,quote\nmy.crane,labour,Crane,day,,700,,\n"
    )
    prices = load_prices(path)
    core = prices.of("core")
    assert core is not None
    assert (core.low, core.average, core.high, core.currency) == (900000, None, 1500000, "USD")
    assert prices.items["my.crane"].unit == "day"


def test_an_own_row_for_a_later_item_of_a_part_goes_before_the_packaged_first(tmp_path: Path) -> None:
    price = load_prices(table(tmp_path, "labour.install.model,,,,,8000,,\n")).of("install-labour")
    assert price is not None
    assert (price.id, price.own) == ("labour.install.model", True)


def test_a_workbook_is_read_like_a_text_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Catalogue of 2021"])
    sheet.append(["ID", "Category", "Item", "Unit", "Low", "Average", "High", "Source", "Currency", "Year"])
    sheet.append(["ran.bbu", "RAN", "Baseband", "site", 8000, None, 22000, "p. 4", "EUR", 2021])
    book.save(tmp_path / "prices.xlsx")
    price = load_prices(str(tmp_path / "prices.xlsx")).of("baseband")
    assert price is not None
    assert (price.low, price.average, price.high) == (8000, None, 22000)
    assert (price.currency, price.year_of_money) == ("EUR", 2021)


def test_every_sheet_of_a_workbook_with_prices_is_read_and_the_others_are_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in {
        "Notes": [["Read me"], ["Prices of 2021"]],
        "RAN": [["id", "unit", "low", "high"], ["ran.rru", "sector", 1000, 2000]],
        "Transport": [["id", "unit", "average"], ["tr.hub", "site", 9000]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "prices.xlsx")
    prices = load_prices(tmp_path / "prices.xlsx")
    assert (prices.items["ran.rru"].low, prices.items["tr.hub"].average) == (1000, 9000)
    book["Transport"].append(["ran.rru", "sector", 5])
    book.save(tmp_path / "prices.xlsx")
    with pytest.raises(InputError, match=r'prices\.xlsx sheet Transport row 3: "ran.rru" stands twice'):
        load_prices(tmp_path / "prices.xlsx")


def test_json_is_refused_for_its_numbers_would_not_be_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "prices.json").write_text('[{"id": "ran.rru", "average": 4000}]', encoding="utf-8")
    with pytest.raises(InputError, match="a table of prices is no JSON; give it as CSV, Excel or Parquet"):
        load_prices(tmp_path / "prices.json")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "ran.rru,,,sector,,dear,,\n",
            'prices.csv row 2: average "dear" is not an amount of money; write digits',
        ),
        ("ran.rru,,,sector,5,4,,\n", 'row 2: low, average and high of "ran.rru" are out of order'),
        ("ran.rru,,,site,,4000,,\n", 'row 2: "ran.rru" is priced by site, and by sector in the catalogue'),
        ("new.thing,,,,,4000,,\n", 'row 2: "new.thing" has no unit; say what it is a price of'),
        (",,Radio,sector,,4000,,\n", "row 2: the row has no id"),
        ("ran.rru,,,,,1,,\nran.rru,,,,,2,,\n", 'row 3: "ran.rru" stands twice'),
        ("ran.rru,,,,,-5,,\n", 'row 2: average "-5" is not an amount of money'),
        ("", "the table has no rows"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_on_one_line(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        load_prices(table(tmp_path, rows))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("header", "rows"),
    [("name,price\n", "radio,4\n"), ("id,unit\n", "ran.rru,sector\n"), ("hello\n", "world\n")],
)
def test_a_table_without_the_columns_is_refused_and_told_which(
    tmp_path: Path, header: str, rows: str
) -> None:
    with pytest.raises(
        InputError, match=r"no table of prices was found .*name the columns id, category, item"
    ):
        load_prices(table(tmp_path, rows, header))


def test_a_currency_in_a_cell_must_be_that_of_its_row(tmp_path: Path) -> None:
    header = "id,unit,average,currency\n"
    with pytest.raises(InputError, match='average "€5" is not in USD'):
        load_prices(table(tmp_path, "ran.rru,sector,€5,USD\n", header))
    price = load_prices(table(tmp_path, "ran.rru,sector,€5,\n", header)).of("radio-unit")
    assert price is not None
    assert price.currency == "EUR"
