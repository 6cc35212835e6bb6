"""``clearband data``: prices, programmes and markets as they are printed, each figure with its source."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband


@pytest.mark.parametrize(
    ("verb", "schema"),
    [("costs", "data-costs"), ("programme", "data-programmes"), ("market", "data-market")],
)
def test_the_json_has_its_published_form_and_every_source_it_cites(
    clearband: Clearband, verb: str, schema: str
) -> None:
    content = json.loads(clearband("data", verb, "--json").out)
    form = json.loads((ROOT / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.validator_for(form).validate(content)
    assert content["schema"] == f"clearband/{schema}/1"
    assert set(cited(content)) == set(content["sources"])
    assert all("what" in source for source in content["sources"].values())


def cited(value: object) -> list[str]:
    if isinstance(value, dict):
        own = value.get("sources")
        below = [name for key, one in value.items() for name in cited(one) if key != "sources"]
        return [*own, *below] if isinstance(own, list) else below
    return [name for one in value for name in cited(one)] if isinstance(value, list) else []


def test_what_nobody_published_is_null_in_the_json(clearband: Clearband) -> None:
    content = json.loads(clearband("data", "costs", "--json").out)
    core = next(item for item in content["items"] if item["id"] == "core_fcc_catalogue")
    assert (core["low"], core["average"], core["high"], core["verified"]) == (None, None, None, False)


def test_a_price_is_shown_with_grade_and_source(clearband: Clearband) -> None:
    out = clearband("data", "costs", "--part", "structural-study").out
    assert "low 5,100, high 12,300 USD 2018/tower" in out
    assert "[B inside-towers-2018-repack]" in out
    assert clearband("data", "costs", "--part", "core").out.endswith("no price is published\n")


def test_the_costs_mark_what_was_not_verified_and_tell_what_is_missing(
    clearband: Clearband,
) -> None:
    out = clearband("data", "costs").out
    assert "91,035 USD/pool" in out
    assert "cooling (?)  [C cell-free-fronthaul-paper]" in out
    assert "No price is published for: ran-catalogue, core," in out


def test_a_table_of_ones_own_goes_before_the_packaged_prices(clearband: Clearband, tmp_path: Path) -> None:
    table = tmp_path / "fcc.csv"
    table.write_text("id,unit,low,average,high,source\nran.rru,sector,1,2,3,my quote\n", encoding="utf-8")
    out = clearband("data", "costs", "--part", "radio-unit", "--prices", str(table)).out
    assert "low 1, average 2, high 3 USD/sector" in out
    assert "[own my quote]" in out
    table.write_text("id,unit,average\nran.rru,sector,dear\n", encoding="utf-8")
    ended = clearband("data", "costs", "--prices", str(table))
    assert ended.status == 3
    assert 'fcc.csv row 2: average "dear" is not an amount of money' in ended.one_line


def test_the_programme_is_replayed_with_what_is_computed_from_what(clearband: Clearband) -> None:
    out = clearband("data", "programme").out
    assert "3,080,000,000 USD: missing after the first money = approved - appropriation" in out
    assert "0 USD: missing after the later money = shortfall - top-up" in out
    assert "0.395: part of the approved estimate (2022-07-18)" in out


def test_what_an_applicant_may_draw_is_told_for_a_day(clearband: Clearband) -> None:
    before = clearband("data", "programme", "--approved", "1,000,000", "--on", "2024-12-31").out
    assert before.startswith("by 2024-12-31: 395,000 USD of 1,000,000 USD may be drawn in all")
    after = clearband("data", "programme", "--approved", "1000000", "--on", "2025-04-15").out
    assert "1,000,000 USD of 1,000,000 USD" in after


def test_shares_are_shown_with_the_bounds_of_concentration(clearband: Clearband) -> None:
    out = clearband("data", "market", "--market", "ran", "--year", "2019", "--region", "world").out
    assert "huawei                       32  [mobile-world-live-2021-ran]" in out
    assert "all others up to 4.5; concentration (HHI) 2,337 to 2,525" in out
    assert "2020" not in out.replace("2020-", "").split("Sources:")[0]


def test_an_estimate_of_a_bans_cost_says_who_paid(clearband: Clearband) -> None:
    out = clearband("data", "market").out
    line = next(one for one in out.splitlines() if "oxford-us-2019" in one)
    assert "500,000,000 to 1,500,000,000 USD a year" in line
    assert "paid by Huawei (has an interest)" in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("costs", "--part", "radios"), '"radios" is no part of a plan; nearest: radio-unit'),
        (("costs", "--json", "--part", "core"), "--json prints the packaged prices"),
        (("programme", "--approved", "much"), '--approved: "much" is no amount in USD'),
        (("programme", "--approved", "5 EUR"), '--approved: "5 EUR" is no amount in USD'),
        (("programme", "--on", "2024-01-01"), "--on and --customers are for --approved"),
        (("programme", "--approved", "5", "--json"), "--json prints the facts"),
        (("market", "--year", "1999"), "no such shares are published; published are: all-equipment 2015"),
        (("market", "--year", "2020", "--json"), "--json prints all"),
    ],
)
def test_words_that_do_not_fit_are_refused_on_one_line(
    clearband: Clearband, words: tuple[str, ...], said: str
) -> None:
    ended = clearband("data", *words)
    assert ended.status == 2
    assert said in ended.one_line
