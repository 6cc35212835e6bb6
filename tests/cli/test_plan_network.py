"""``clearband plan new``, ``check`` and ``generate`` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest

from clearband.facts.store import ROOT
from clearband.model.assessment import Subject
from tests.cli.conftest import AGENCY, CARRIER, Clearband
from tests.listing.made_list import MadeList, day
from tests.listing.made_repository import authority_text
from tests.planning.network_files import small, write_folder

PROFILE = CARRIER.parent / "profile.yaml"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Screened runs of the examples, and one asked as a British operator who uses and removes."""
    from clearband.cli.main import run

    folder = tmp_path_factory.mktemp("runs")
    day = ("--on", "2026-11-26")
    british = ("--as", "public-telecom-provider-uk", "--action", "use", "--action", "remove")
    for name, source, asked in (
        ("carrier", CARRIER, ("--profile", str(PROFILE))),
        ("agency", AGENCY, ("--profile", str(PROFILE))),
        ("british", CARRIER, british),
    ):
        with pytest.raises(SystemExit):
            run(["screen", str(source), *asked, *day, "--out", str(folder / name)])
    return folder


def new(clearband: Clearband, run: Path, out: Path, *more: str) -> pl.DataFrame:
    ended = clearband(
        "plan", "new", "--run", run, "--maker", "nokia", "--maker", "ericsson", "--from", "2027-Q1",
        "--out", out, *more,
    )  # fmt: skip
    assert ended.status == 0, ended.err
    return pl.read_csv(out / "installed.csv", infer_schema=False)


def test_a_network_begins_from_a_screened_run(clearband: Clearband, runs: Path, tmp_path: Path) -> None:
    items = new(clearband, runs / "carrier", tmp_path / "net")
    equipment = pl.read_parquet(runs / "carrier" / "equipment.parquet")
    both = items.join(equipment, left_on="item", right_on="record_id").with_columns(
        expected=pl.when(pl.col("answer").is_in(["prohibited", "not-yet"]))
        .then(pl.lit("yes"))
        .when(pl.col("answer").is_in(["review", "unidentified"]))
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("no"))
    )
    assert both.height == items.height > 50
    assert both["must_go"].to_list() == both["expected"].to_list()
    radio = items.filter(item="1001").row(0, named=True)
    assert (radio["site"], radio["role"], radio["product"], radio["quantity"]) == (
        "Dry Fork T1", "radio", "RRU3959", "3"
    )  # fmt: skip
    assert radio["why"] == "prohibited us-ndaa-fy2019-889-a1a purchase/huawei-zte-equipment 2019-08-13"
    checked = clearband("plan", "check", tmp_path / "net", "--json")
    assert checked.status == 0, checked.out
    found = json.loads(checked.out)
    assert {one["check"] for one in found["warnings"]} == {
        "no-supply-limit", "no-crews-limit", "no-money-limit", "nothing-presses", "unknown-items"
    }  # fmt: skip


def test_what_is_not_planned_or_taken_for_granted_is_told(
    clearband: Clearband, runs: Path, tmp_path: Path
) -> None:
    ended = clearband("plan", "new", "--run", runs / "agency", "--maker", "nokia", "--out", tmp_path / "net")
    lines = [line.strip() for line in ended.out.splitlines()]
    assert lines[1].startswith("30 records have no role in a network and are not planned: camera 10, dmr 8")
    assert '3 records without a site stand at the site "unknown"' in lines
    assert any("nothing asked forbids having them" in line for line in lines)
    assert any(line.startswith("down_share is 0.13") for line in lines)


def test_a_network_that_was_filled_in_is_not_begun_anew(
    clearband: Clearband, runs: Path, tmp_path: Path
) -> None:
    net = tmp_path / "net"
    new(clearband, runs / "carrier", net)
    (net / "crews.csv").write_text("region,quarter,hours\nall,,400\n")
    again = clearband("plan", "new", "--run", runs / "carrier", "--maker", "nokia", "--out", net)
    assert again.status == 3
    assert "holds a network already" in again.one_line
    assert "400" in (net / "crews.csv").read_text()


def test_days_of_removal_come_from_the_law(clearband: Clearband, runs: Path, tmp_path: Path) -> None:
    items = new(clearband, runs / "british", tmp_path / "net")
    radio = items.filter(item="1001").row(0, named=True)
    assert (radio["must_go"], radio["remove_by"]) == ("yes", "2027-12-31")
    assert "removal required (uk-designated-vendor-direction-huawei-2022)" in radio["why"]
    router = items.filter(item="1006").row(0, named=True)
    assert router["must_go"] == "unknown", "nobody said that it is part of a 5G network"
    assert "if so, out by 2027-12-31" in router["why"]
    assert "if so, before the plan begins, out by 2023-01-28" in router["why"]


def test_makers_that_must_go_are_not_bought_from(clearband: Clearband, runs: Path, tmp_path: Path) -> None:
    ended = clearband(
        "plan", "new", "--run", runs / "carrier", "--maker", "huawei", "--out", tmp_path / "net"
    )
    assert ended.status == 2
    assert "equipment of Huawei Technologies Co., Ltd. is what must go" in ended.one_line
    assert not (tmp_path / "net").exists()


def test_somebody_must_be_named_to_buy_from(clearband: Clearband, runs: Path, tmp_path: Path) -> None:
    ended = clearband("plan", "new", "--run", runs / "carrier", "--out", tmp_path / "net")
    assert ended.status == 2
    assert "nobody is named to buy from" in ended.one_line


def test_the_check_has_a_schema_and_a_status(clearband: Clearband, tmp_path: Path) -> None:
    settings, tables = small()
    schema = json.loads((ROOT / "schemas" / "plan-check.schema.json").read_text(encoding="utf-8"))
    tables["installed"][0]["bands"] = "B41"
    ended = clearband("plan", "check", write_folder(tmp_path / "net", settings, tables), "--json")
    found = json.loads(ended.out)
    jsonschema_rs.validator_for(schema).validate(found)
    assert ended.status == 3
    assert found["can_be_planned"] is False
    assert [one["check"] for one in found["errors"]] == ["not-covered"]


def test_wrong_cells_are_a_line_each(clearband: Clearband, tmp_path: Path) -> None:
    settings, tables = small()
    tables["installed"][0]["quantity"] = 0
    tables["sites"][0]["criticality"] = -1
    ended = clearband("plan", "check", write_folder(tmp_path / "net", settings, tables))
    assert ended.status == 3
    assert ended.err.splitlines() == [
        'clearband: sites.csv row 2 column criticality: "-1.0" is too small; write more than 0',
        'clearband: installed.csv row 2 column quantity: "0" is too small; write at least 1',
    ]


def test_the_settings_of_an_example_fit_the_published_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "network.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.validator_for(schema).validate(small()[0])


def test_a_network_is_made_up(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("plan", "generate", "--sites", 50, "--seed", 4, "--out", tmp_path / "net")
    assert ended.status == 0
    assert "50 sites in" in ended.out
    assert clearband("plan", "check", tmp_path / "net").status == 0
    assert "--sites: 5 is out of range" in clearband(
        "plan", "generate", "--sites", 5, "--out", tmp_path / "no"
    ).one_line  # fmt: skip


def test_an_approved_list_says_who_may_be_bought_from(
    clearband: Clearband, runs: Path, tmp_path: Path
) -> None:
    made = MadeList()
    for month, name, maker, category in (
        ("02", "olts", "calix", "olt"),
        ("03", "routers", "juniper", None),
        ("04", "cameras", "axis", "camera"),
        ("05", "gone", "adtran", "olt"),
    ):
        subject = Subject("product-line", name, name, maker, "T2", "US", category)
        made.step("draft", f"2026-{month}-01", entry=name, subject=subject)
        made.listed(entry=name, on=f"2026-{month}-28")
    made.step("suspend", "2026-05-29", entry="gone", reply_until=day("2026-06-30"))
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "authority.yaml").write_text(authority_text(made.replay.authority), encoding="utf-8")
    (folder / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in made.lines))
    ended = clearband(
        "plan", "new", "--run", runs / "carrier", "--approved", folder, "--on", "2026-06-01",
        "--out", tmp_path / "net",
    )  # fmt: skip
    assert ended.status == 0, ended.err
    products = pl.read_csv(tmp_path / "net" / "products.csv")
    assert products.filter(pl.col("maker").str.contains("Calix"))["role"].to_list() == ["access"]
    assert products.filter(pl.col("maker").str.contains("Juniper")).height == 5, "of every role that goes"
    assert products["maker"].n_unique() == 2
    assert products["price_source"].str.ends_with("may be bought, says the approved list").all()


def test_a_formula_in_an_inventory_is_no_formula_in_the_tables(clearband: Clearband, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_text(
        "id,Mfr,Model,Type,Site\n1,Huawei,=1+1,router,@north\n2,Nokia,7750 SR,router,@north\n"
    )
    assert clearband("screen", inventory, "--on", "2026-11-26", "--out", tmp_path / "run").status == 0
    items = new(clearband, tmp_path / "run", tmp_path / "net")
    assert items["product"].to_list() == ["'=1+1", "7750 SR"]
    assert clearband("plan", "check", tmp_path / "net").status == 0, "and sites are found under their names"


def test_prices_of_a_table_go_before_the_packaged_ones(
    clearband: Clearband, runs: Path, tmp_path: Path
) -> None:
    table = tmp_path / "prices.csv"
    table.write_text("id,unit,low,average,high,source\nran.bbu,site,21000,25000,31000,our tender\n")
    new(clearband, runs / "carrier", tmp_path / "net", "--prices", str(table))
    products = pl.read_csv(tmp_path / "net" / "products.csv").filter(maker="Nokia Corporation")
    baseband = products.filter(role="baseband").row(0, named=True)
    assert [baseband[f"price_{level}"] for level in ("low", "average", "high")] == [21000, 25000, 31000]
    assert (baseband["price_grade"], "our tender" in baseband["price_source"]) == ("own", True)
    radio = products.filter(role="radio").row(0, named=True)
    assert (radio["price_average"], radio["price_grade"]) == (5500, "C"), "radio unit and antenna"
    assert "low and high are an illustration" in radio["price_source"]


def test_a_network_in_which_nothing_must_go_has_an_empty_plan(clearband: Clearband, tmp_path: Path) -> None:
    net = tmp_path / "net"
    assert clearband("plan", "generate", "--sites", "50", "--out", net).status == 0
    installed = pl.read_csv(net / "installed.csv", infer_schema=False)
    installed.with_columns(must_go=pl.lit("no"), remove_by=None).write_csv(net / "installed.csv")
    plan = tmp_path / "plan"
    ended = clearband("plan", "solve", net, "--out", plan, "--quiet")
    assert ended.status == 0
    assert "0 items in 0 units of work" in ended.out
    assert clearband("plan", "check-solution", net, plan).status == 0
    assert "a little more of no limit would save" in clearband("plan", "explain", net, plan, "--quiet").out
    assert "nothing must go" in clearband("plan", "frontier", net).out
    ended = clearband("plan", "compare", net, "--only", "as-told", "--json")
    assert json.loads(ended.out)["scenarios"][0]["cost"] == 0
