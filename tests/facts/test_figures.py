"""Files of prices, programmes and markets: what is refused, where, and what the facts must keep."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clearband.errors import FactsError
from clearband.facts.store import compiled
from tests.facts.changed import compiled_with

COSTS = """title: Test
items:
- id: test.radio
  category: RAN
  item: radio unit
  unit: sector
  average: 100
  currency: USD
  grade: C
  verified: true
  sources: [pysim5g]
"""
MARKET = """title: Test
shares:
- {market: ran, year: 2030, region: world, maker: huawei, value: 30, verified: true, sources: [itwire-2025]}
- {market: ran, year: 2030, region: world, maker: nokia, low: 10, high: 20, verified: true, sources: [iana]}
"""
PROGRAMME = """id: test
title: Test
jurisdiction: US
currency: USD
as_of: '2026'
rules: []
events:
- id: grants
  date: '2022'
  event: approved
  what: Grants.
  figures:
  - {id: approved, what: approved, value: 100, unit: USD}
  - {id: asked, what: asked, value: 200, unit: USD}
  verified: true
  sources: [fcc-21-86]
applicants:
- {name: Acme, requested: 100, vendor: nokia, verified: true, sources: [fcc-21-86]}
"""


def refused(tmp_path: Path, name: str, text: str) -> str:
    """What is said of the packaged facts with one more file."""
    with pytest.raises(FactsError) as error:
        compiled_with(tmp_path, {name: text})
    return str(error.value)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("average: 100", "average: a hundred"), 7, '"a hundred" is no number; write digits'),
        (("average: 100", "average: -1"), 7, "is less than 0"),
        (
            ("average: 100", "average: 100\n  high: 90"),
            3,
            "test.radio: low, average and high are out of order",
        ),
        (("grade: C", "grade: D"), 3, "grade D means derived by a formula"),
        (("  average: 100\n", ""), 3, "test.radio: no figure is given; write verified: false"),
        (("  currency: USD\n", ""), 3, "money has a currency and a fraction none"),
        (
            ("grade: C", "grade: D\n  formula: {total: 1000, over: 9, of: towers}"),
            3,
            "test.radio: the formula gives 111; correct average",
        ),
        (("[pysim5g]", "[pysim6g]"), 11, '"pysim6g" is no source; nearest: pysim5g'),
        (
            ("[pysim5g]", "[fcc-cost-catalogue-2021]"),
            10,
            "none of its sources was read; write verified: false",
        ),
        (("test.radio", "ran.rru"), 3, '"ran.rru" stands twice'),
    ],
)
def test_a_bad_cost_item_is_refused_where_it_stands(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    said = refused(tmp_path, "costs/zz_test.yaml", COSTS.replace(*change))
    assert f"costs/zz_test.yaml line {line}" in said
    assert message in said


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            ("maker: huawei", "maker: hauwei"),
            3,
            '"hauwei" is no organisation of the register; nearest: huawei',
        ),
        (("region: world", "region: wrold"), 3, '"wrold" is no region; nearest: world'),
        (("value: 30", "value: 130"), 3, "is more than 100"),
        (("low: 10, high: 20", "low: 20, high: 10"), 4, "low 20 is above high 10"),
        (("low: 10, high: 20", "value: 15, low: 10"), 4, "a number or a range is wanted here"),
        (("maker: nokia", "maker: nokia, largest: 2"), 4, "write one of maker, makers and largest"),
        (("maker: nokia", "maker: huawei"), 4, "the share of huawei stands twice"),
        (("2030, region: world, maker: huawei", "2020, region: world, maker: huawei"), 3, "stands twice"),
    ],
)
def test_a_bad_share_is_refused_where_it_stands(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    said = refused(tmp_path, "market/zz_test.yaml", MARKET.replace(*change, 1))
    assert f"market/zz_test.yaml line {line}" in said
    assert message in said


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            ("vendor: nokia", "vendor: nokai"),
            18,
            '"nokai" is no organisation of the register; nearest: nokia',
        ),
        (("id: asked", "id: approved"), 14, '"approved" stands twice'),
        (("currency: USD", "currency: dollars"), 4, '"dollars" does not have the right form'),
        (
            ("events:", "directive: us-fcc-reimbursment\nevents:"),
            7,
            '"us-fcc-reimbursment" is no measure; nearest: us-fcc-reimbursement-program',
        ),
    ],
)
def test_a_bad_programme_is_refused_where_it_stands(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    said = refused(tmp_path, "programmes/zz_test.yaml", PROGRAMME.replace(*change))
    assert f"programmes/zz_test.yaml line {line}" in said
    assert message in said


def test_a_range_has_no_midpoint_and_an_open_end_stays_open() -> None:
    shares = [row for file in compiled().read("market") for row in file["shares"]]

    def of(year: int, maker: str) -> dict[str, Any]:
        return next(
            row
            for row in shares
            if (row["market"], row["year"], row["period"], row.get("maker"))
            == ("all-equipment", year, "year", maker)
        )

    assert (of(2019, "huawei")["low"], of(2019, "huawei")["high"]) == ("28", "29")
    assert "value" not in of(2019, "huawei")
    assert of(2020, "samsung-networks")["high"] == "3"
    assert "low" not in of(2020, "samsung-networks")
    seven = next(row for row in shares if row.get("largest") == 7 and row["year"] == 2020)
    assert seven["low"] == "80"
    assert "high" not in seven


def test_what_was_not_read_or_was_rewritten_is_not_verified() -> None:
    gaps = [row for file in compiled().read("market") for row in file["price_gaps"]]
    assert [row["id"] for row in gaps if not row["verified"]] == ["below-rivals-us-rural-2019"]
    items = [row for file in compiled().read("costs") for row in file["items"]]
    unread = [row for row in items if row["id"].endswith("_fcc_catalogue")]
    assert len(unread) == 7
    assert not any(row["verified"] or {"low", "average", "high"} & row.keys() for row in unread)


def test_every_ban_estimate_says_whose_it_is_and_the_interested_say_who_paid() -> None:
    costs = [row for file in compiled().read("market") for row in file["ban_costs"]]
    assert len(costs) == 17
    assert all(row["by"] for row in costs)
    assert all("funded_by" in row for row in costs if row["interested"])
    paid_by_huawei = [row for row in costs if row.get("funded_by") == "Huawei"]
    assert {row["region"] for row in paid_by_huawei} == {"eight-countries", "us", "ca", "uk", "fr"}


def test_a_derived_price_is_the_quotient_of_what_was_published() -> None:
    items = {row["id"]: row for file in compiled().read("costs") for row in file["items"]}
    derived = [row for row in items.values() if row["grade"] == "D"]
    assert len(derived) == 7
    asked = items["site.turnkey.union.2022"]
    assert Decimal(asked["average"]) == round(Decimal(688_000_000) / 418)
