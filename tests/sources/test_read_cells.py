"""Cells with a type: what is read, and what is kept as invalid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest

from clearband.sources import ReadOptions
from tests.sources.conftest import Read


def column(
    read: Read, header: str, cells: list[str], field: str
) -> tuple[list[Any], list[list[tuple[str, str]]]]:
    """Values of one field, and (value, problem) pairs of each row."""
    text = f"Model\t{header}\n" + "".join(f"x\t{cell}\n" for cell in cells)
    equipment = read(text, "inventory.tsv").equipment
    invalid = [
        [(entry["value"], entry["problem"]) for entry in row or []] for row in equipment["invalid"].to_list()
    ]
    return equipment[field].to_list(), invalid


@pytest.mark.parametrize(
    "cell",
    [
        "84:16:23:22:53:1d",
        "84-16-23-22-53-1D",
        "8416.2322.531D",
        "841623-22531D",
        "8416:2322:531d",
        "84162322531d",
        "0x84162322531D",
        "84 16 23 22 53 1d",
    ],
)
def test_mac_addresses_are_read_in_every_notation(read: Read, cell: str) -> None:
    assert column(read, "MAC", [cell], "macs") == ([["84:16:23:22:53:1d"]], [[]])


def test_short_octets_are_padded(read: Read) -> None:
    assert column(read, "MAC", ["0:1b:2:3:4:5"], "macs")[0] == [["00:1b:02:03:04:05"]]


@pytest.mark.parametrize("joint", ["; ", ",", " ", " / ", "|"])
def test_several_addresses_stand_in_a_cell(read: Read, joint: str) -> None:
    values, _ = column(
        read, "MACs", [joint.join(["00:11:22:33:44:55", "0011.2233.4466", "001122-334455"])], "macs"
    )
    assert values == [["00:11:22:33:44:55", "00:11:22:33:44:66"]]


def test_a_bad_address_is_reported_and_the_good_ones_stay(read: Read) -> None:
    values, invalid = column(
        read, "MAC", ["00:11:22:33:44:55; 00:11:22:33:44:5G", "1.2E+11", "", "n/a"], "macs"
    )
    assert values == [["00:11:22:33:44:55"], None, None, None]
    assert invalid == [
        [("00:11:22:33:44:5G", "not a MAC address")],
        [("1.2E+11", "not a MAC address")],
        [],
        [],
    ]


@pytest.mark.parametrize("cell", ["00:11:22:ff:fe:33:44:55", "001122FFFE334455", "0011.22ff.fe33.4455"])
def test_an_eui64_is_not_a_mac_address(read: Read, cell: str) -> None:
    assert column(read, "MAC", [cell], "macs") == (
        [None],
        [[(cell, "an 8-byte EUI-64, not a 6-byte MAC address")]],
    )


@pytest.mark.parametrize("cell", ["00:00:00:00:00:00", "ff-ff-ff-ff-ff-ff"])
def test_addresses_that_no_device_has_are_no_signal(read: Read, cell: str) -> None:
    values, invalid = column(read, "MAC", [cell], "macs")
    assert values == [None]
    assert "not the address of a device" in invalid[0][0][1]


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        ("12", 12),
        ("12 pcs", 12),
        ("1,200", 1200),
        ("x4", 4),
        ("4x", 4),
        ("3 ea", 3),
        ("", 1),
        ("0", 0),
        ("12.0", 12),
        ("5 台", 5),
        ("1 200", 1200),
    ],
)
def test_quantities_are_read_with_their_units(read: Read, cell: str, quantity: int) -> None:
    assert column(read, "Qty", [cell], "quantity") == ([quantity], [[]])


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("two", "not a number"),
        ("1.5", "not a whole number"),
        ("-3", "a negative quantity"),
        ("?", "not a number"),
        ("9" * 30, "too large for a quantity"),
    ],
)
def test_a_quantity_that_cannot_be_read_is_null_and_reported(read: Read, cell: str, problem: str) -> None:
    assert column(read, "Qty", [cell], "quantity") == ([None], [[(cell, problem)]])


def test_a_table_without_quantities_counts_one_a_row(read: Read) -> None:
    assert read("Model\nS1\nS2\n").equipment["quantity"].to_list() == [1, 1]


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05",
        "2024-03-05 00:00",
        "2024-03-05T10:11:12Z",
        "2024/3/5",
        "20240305",
        "5.3.2024",
        "5 Mar 2024",
        "March 5, 2024",
        "05-Mar-2024",
        "5-Mar-24",
        "05 Mär. 24 10:11",
        "2024年3月5日",
    ],
)
def test_unambiguous_dates_are_read(read: Read, cell: str) -> None:
    assert column(read, "Install date", [cell], "installed_on") == ([date(2024, 3, 5)], [[]])


@pytest.mark.parametrize("other", ["04/04/2024", "25/12/2021", "12/25/2021"])
def test_an_ambiguous_date_is_reported_whatever_other_rows_say(read: Read, other: str) -> None:
    values, invalid = column(read, "Installed", ["01/12/2020", other], "installed_on")
    assert values[0] is None
    assert values[1] in (date(2024, 4, 4), date(2021, 12, 25))
    assert invalid == [[("01/12/2020", "ambiguous: day or month first? (--date-order)")], []]


@pytest.mark.parametrize(
    ("order", "expected"), [("day-first", date(2020, 12, 1)), ("month-first", date(2020, 1, 12))]
)
def test_the_user_says_the_order_of_day_and_month(
    read: Read, order: Literal["day-first", "month-first"], expected: date
) -> None:
    inventory = read(
        "Model,Installed\nS5720,01/12/2020\nC300,25/12/2021\n", options=ReadOptions(date_order=order)
    )
    assert inventory.equipment["installed_on"].to_list()[0] == expected


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "soon", "45356", "2024-03", "1492-10-12", "Mar-24", "32-Mar-24"]
)
def test_what_is_no_date_is_reported(read: Read, cell: str) -> None:
    values, invalid = column(read, "Installed", [cell], "installed_on")
    assert (values, len(invalid[0])) == ([None], 1)


@pytest.mark.parametrize(
    ("cell", "cost", "currency"),
    [
        ("$1,234.50", "1234.5", "USD"),
        ("EUR 12", "12", "EUR"),
        ("1.234,50 €", "1234.5", "EUR"),
        ("12,5", "12.5", None),
        ("1,234", "1234", None),
        ("CA$ 9.99", "9.99", "CAD"),
        ("1'000 CHF", "1000", "CHF"),
        ("12.400,00", "12400", None),
        ("1.234.567", "1234567", None),
        ("0.125", "0.125", None),
        ("1234.500", "1234.5", None),
        ("450,- €", "450", "EUR"),
        ("CHF 450.--", "450", "CHF"),
    ],
)
def test_money_is_read_with_its_currency(read: Read, cell: str, cost: str, currency: str | None) -> None:
    equipment = read(f"Model\tPrice\nx\t{cell}\n").equipment
    assert equipment.select("unit_cost", "currency").row(0) == (Decimal(cost), currency)


@pytest.mark.parametrize("cell", ["12.400", "1.234 €", "$12.400"])
def test_an_amount_that_may_be_a_thousand_times_as_much_is_not_guessed(read: Read, cell: str) -> None:
    values, invalid = column(read, "Price", [cell, "12.40"], "unit_cost")
    assert values == [None, Decimal("12.4")]
    assert "thousands or decimals" in invalid[0][0][1]


def test_the_currency_may_stand_in_the_header_or_in_its_own_column(read: Read) -> None:
    assert read("Model,Unit cost (EUR)\nx,3\ny,\n").equipment["currency"].to_list() == ["EUR", None]
    assert read("Model,Price,Currency\nx,3,usd\n").equipment["currency"].to_list() == ["USD"]


def test_an_ambiguous_currency_sign_keeps_the_amount_and_says_so(read: Read) -> None:
    values, invalid = column(read, "Price", ["¥ 300"], "unit_cost")
    assert values == [Decimal(300)]
    assert "ambiguous" in invalid[0][0][1]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("China", "CN"),
        ("PRC", "CN"),
        ("P.R. China", "CN"),
        ("cn", "CN"),
        ("中国", "CN"),
        ("Taiwan, R.O.C.", "TW"),
        ("Viet Nam", "VN"),
        ("Made in China", "CN"),
        ("USA", "US"),
        ("NO", "NO"),
        ("Republic of Korea", "KR"),
        ("unknown", None),
    ],
)
def test_countries_become_codes(read: Read, cell: str, code: str | None) -> None:
    assert column(read, "Country of origin", [cell], "made_in") == ([code], [[]])


@pytest.mark.parametrize("cell", ["Atlantis", "China / Vietnam", "NA"])
def test_a_country_that_is_not_clear_is_reported(read: Read, cell: str) -> None:
    values, invalid = column(read, "Country of origin", [cell], "made_in")
    assert (values, invalid[0][0][0]) == ([None], cell)


def test_invalid_names_the_inputs_column_and_the_warning_gives_an_example(read: Read) -> None:
    inventory = read("Model,How many\nx,two\n")
    assert inventory.equipment["invalid"][0].to_list() == [
        {"column": "How many", "value": "two", "problem": "not a number"}
    ]
    assert 'column "How many": 1 cell not a number, e.g. "two"; the rows are kept' in inventory.warnings[0]
