"""``clearband impact``: what a draft would do, each number with its source, nothing cleared in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import CARRIER, EXAMPLES, Clearband
from tests.cli.test_data import cited
from tests.reports.reading_pages import Element, read_page

DRAFT = EXAMPLES / "draft-ban.yaml"
NOW = ("--on", "2026-11-26")
SCHEMA = json.loads((ROOT / "schemas" / "impact.schema.json").read_text(encoding="utf-8"))


def told(clearband: Clearband, *arguments: object) -> dict[str, Any]:
    ended = clearband("impact", *map(str, arguments), *NOW, "--json")
    assert ended.status == 0, ended.err
    content: dict[str, Any] = json.loads(ended.out)
    jsonschema_rs.validator_for(SCHEMA).validate(content)
    parts = {key: one for key, one in content.items() if key != "sources"}
    assert set(cited(parts)) == set(content["sources"])
    return content


def inventory(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text("\n".join(["Asset,Type,Manufacturer,Model,Qty,Site", *rows]) + "\n", encoding="utf-8")
    return path


KNOWN = ("1,RRU,Huawei,RRU3959,3,Hill", "2,BBU,Huawei,BBU3900,1,Hill", "3,Router,Nokia,7750 SR-1,1,Pop")


def test_records_that_go_by_the_draft_are_told_by_site_and_day(clearband: Clearband, tmp_path: Path) -> None:
    found = told(clearband, DRAFT, "--inventory", inventory(tmp_path, *KNOWN), "--no-plan")["inventory"]
    assert (found["new"], found["open"], found["already"], found["freed"]) == (2, 0, 0, 0)
    assert [(one["site"], one["units"], one["out_by"]) for one in found["sites"]] == [
        ("Hill", 4, "2029-12-31")
    ]
    assert [(one["due"], one["certain"]) for one in found["deadlines"]] == [("2029-12-31", 2)]
    assert found["on"] == "2030-01-01"


def test_what_must_go_by_law_as_it_is_is_no_cost_of_the_draft(clearband: Clearband, tmp_path: Path) -> None:
    arguments = ("--inventory", inventory(tmp_path, *KNOWN), "--as", "federal-agency", "--action", "procure")
    draft = tmp_path / "agency.yaml"
    text = DRAFT.read_text(encoding="utf-8").replace("advanced-communications-provider", "federal-agency")
    draft.write_text(text, encoding="utf-8")
    found = told(clearband, draft, *arguments, "--no-plan")["inventory"]
    assert (found["new"], found["already"], found["changed"]) == (0, 2, 0)


def test_a_draft_without_effect_says_so(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("impact", str(DRAFT), "--inventory", str(inventory(tmp_path, KNOWN[2])), *NOW)
    assert "The draft has no effect here: no answer changes" in ended.out
    assert "No plan: nothing has to go by the draft." in ended.out


def test_unknown_records_stay_unknown_with_what_would_decide(clearband: Clearband, tmp_path: Path) -> None:
    mine = inventory(tmp_path, *KNOWN, "4,RRU,,,2,Hill", "5,Switch,,,1,Pop")
    found = told(clearband, DRAFT, "--inventory", mine, "--no-plan")["inventory"]
    assert (found["new"], found["open"]) == (2, 2)
    assert sum(one["records"] for one in found["questions"]) == found["open"]
    assert all("who made it" in one["question"] for one in found["questions"])
    assert {one["site"]: one["open_records"] for one in found["sites"]} == {"Hill": 1, "Pop": 1}


def test_what_would_decide_is_the_name_of_something_or_a_sentence_of_its_own(
    clearband: Clearband, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("Asset,Type,Manufacturer,Model,Notes\n1,RRU,,,\n2,RRU,,,swap with the Huawei one\n")
    asked = told(clearband, DRAFT, "--inventory", mine, "--no-plan")["inventory"]["questions"]
    ends = sorted(one["question"].rpartition("; ")[2] for one in asked)
    assert ends[0].startswith("it would help to know: the manufacturer")
    assert ends[1].startswith("only a note or the like names Huawei")


def test_a_maker_to_buy_from_that_nobody_knows_is_told(clearband: Clearband, tmp_path: Path) -> None:
    mine = ("--inventory", inventory(tmp_path, *KNOWN))
    plan = told(clearband, DRAFT, *mine, "--maker", "Radioworks of Fargo", "--maker", "nokai")["inventory"][
        "plan"
    ]
    assert plan["buys_from"] == ["Radioworks of Fargo", "Nokia Corporation"]
    assert [line for line in plan["told"] if "does not know" in line] == [
        "the register does not know Radioworks of Fargo: the draft may mean it all the same"
    ]


def test_the_way_out_has_a_price_for_what_is_certain_and_one_for_what_is_open(
    clearband: Clearband, tmp_path: Path
) -> None:
    mine = inventory(tmp_path, *KNOWN, "4,Router,,,2,Pop")
    plan = told(clearband, DRAFT, "--inventory", mine)["inventory"]["plan"]
    costs = {(one["price"], one["what"]): float(one["cost"]) for one in plan["costs"]}
    assert costs["low", "certain"] < costs["average", "certain"] < costs["high", "certain"]
    assert costs["average", "with-open"] > costs["average", "certain"]
    assert all(float(one["bound"]) <= float(one["cost"]) for one in plan["costs"])
    radio = next(one for one in plan["prices"] if one["role"] == "radio")
    assert (radio["units"], radio["grade"]) == (3, "C")
    assert float(radio["total"]["average"]) == 3 * float(radio["unit_price"]["average"])


def test_limits_that_leave_no_plan_are_told_and_cost_nothing_made_up(
    clearband: Clearband, tmp_path: Path
) -> None:
    limits = tmp_path / "limits"
    limits.mkdir()
    (limits / "money.csv").write_text("owner,quarter,amount\nown,,1\n", encoding="utf-8")
    arguments = ("--inventory", inventory(tmp_path, *KNOWN), "--limits", limits)
    brief = told(clearband, DRAFT, *arguments)
    plan = brief["inventory"]["plan"]
    assert "money.csv (sha256 " in brief["sources"]["limits"]["what"]
    assert plan["limits"] == ["money.csv"]
    assert all(one["cost"] is None and one["why"] for one in plan["costs"])


def test_a_limit_that_names_nobody_who_is_bought_from_is_told(clearband: Clearband, tmp_path: Path) -> None:
    (tmp_path / "supply.csv").write_text("maker,role,quarter,units\nNokai,radio,,1\n", encoding="utf-8")
    arguments = ("--inventory", inventory(tmp_path, KNOWN[0]), "--limits", tmp_path, "--maker", "Nokia")
    lines = " ".join(told(clearband, DRAFT, *arguments)["inventory"]["plan"]["told"])
    assert "makers of no product: Nokai" in lines
    assert "no limit of supply: Nokia Corporation radio" in lines


def test_records_of_quantity_nought_are_told_without_a_plan(clearband: Clearband, tmp_path: Path) -> None:
    mine = inventory(tmp_path, "1,RRU,Huawei,RRU3959,0,Hill")
    found = told(clearband, DRAFT, "--inventory", mine)["inventory"]
    assert (found["new"], found["units"], found["plan"]) == (1, 0, None)
    assert "is of quantity 0" in found["no_plan"]


def test_a_market_is_told_before_and_after_with_ranges(clearband: Clearband) -> None:
    arguments = ("--market", "ran", "--region", "world", "--year", 2020, "--erosion", 100)
    table = told(clearband, DRAFT, *arguments)["market"]["tables"][0]
    after = {one["takers"]: (float(one["low"]), float(one["high"])) for one in table["outcomes"]}
    assert all(after["any"][0] <= low <= high <= after["any"][1] for low, high in after.values())
    before = float(table["before"]["low"]), float(table["before"]["high"])
    assert after["largest"][0] > before[1]
    ericsson = next(one for one in table["growth"] if one["makers"] == ["ericsson"])
    assert float(ericsson["together"]["low"]) < float(ericsson["alone"]["low"])


def test_a_share_told_as_a_sum_with_a_maker_that_stays_is_not_divided(clearband: Clearband) -> None:
    table = told(clearband, DRAFT, "--market", "ran", "--region", "eu")["market"]["tables"][0]
    assert table["outcomes"] == table["growth"] == []
    assert "published as one sum" in table["not_computed"]


def test_each_study_says_who_paid_or_that_it_is_not_known(clearband: Clearband) -> None:
    studies = told(clearband, DRAFT, "--country", "uk")["country"]["studies"]
    paid = {one["id"]: (one["funded_by"], one["interested"]) for one in studies}
    assert paid["oxford-uk-2019"] == ("Huawei", True)
    assert paid["assembly-uk-2020"] == (None, False)


def test_a_country_tells_what_is_in_force_added_to_come_and_not_known(clearband: Clearband) -> None:
    found = told(clearband, DRAFT, "--country", "US")["country"]
    in_force = {one["id"]: one for one in found["in_force"]}
    assert in_force["us-ndaa-fy2019-889-a1b"]["since"] == "2020-08-13"
    assert all(one["since"] <= "2026-11-26" for one in found["in_force"])
    assert {one["day"] for one in found["coming"] if one["draft"]} >= {
        "2027-07-01",
        "2029-12-31",
        "2030-01-01",
    }
    assert {(one["action"], one["after"]) for one in found["added"]} >= {("use", "prohibited")}
    assert "no shares of makers are published here for US" in found["no_exposure"]
    assert not told(clearband, DRAFT, "--country", "GB")["country"]["is_home"]


def test_every_number_of_the_page_has_a_source_that_is_listed(clearband: Clearband, tmp_path: Path) -> None:
    out = tmp_path / "brief"
    asked = (
        "--inventory",
        str(CARRIER),
        "--no-plan",
        "--market",
        "ran",
        "--country",
        "DE",
        "--out",
        str(out),
    )
    assert clearband("impact", str(DRAFT), *asked, *NOW).status == 0
    page = read_page((out / "index.html").read_text(encoding="utf-8"))
    listed = {one.attributes["id"] for one in page.all("li")}
    told_with_numbers = [one for one in lines_and_rows(page) if re.search(r"\d", one.words())]
    assert len(told_with_numbers) > 60
    for one in told_with_numbers:
        links = {str(link.attributes["href"]).removeprefix("#") for link in one.all("a")}
        assert links, one.words()
        assert links <= listed
    assert json.loads((out / "impact.json").read_text(encoding="utf-8"))["schema"] == "clearband/impact/1"


def lines_and_rows(page: Element) -> Iterator[Element]:
    for section in page.all("section"):
        yield from section.all("p")
        for body in section.all("tbody"):
            yield from body.all("tr")


def test_what_others_wrote_cannot_run_on_the_page(clearband: Clearband, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    draft = tmp_path / "bad.yaml"
    text = DRAFT.read_text(encoding="utf-8").replace("short_title: Draft order 1", f'short_title: "{bad}"')
    draft.write_text(text, encoding="utf-8")
    mine = inventory(tmp_path, f"1,RRU,Huawei,RRU3959,3,{bad}")
    out = tmp_path / "brief"
    ended = clearband("impact", str(draft), "--inventory", str(mine), "--no-plan", "--out", str(out), *NOW)
    assert ended.status == 0
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    policy = next(one for one in read_page(page).all("meta") if "http-equiv" in one.attributes)
    assert str(policy.attributes["content"]).startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe binary",
        b"id: [unclosed",
        b"a: &a [1]\nb: *a\n",
        b"!!python/object/apply:os.system ['true']",
        b"[]",
        b"id: x\n" * 3,
        b"",
        b"{" * 5000,
    ],
)
def test_a_hostile_draft_is_one_line(clearband: Clearband, tmp_path: Path, content: bytes) -> None:
    draft = tmp_path / "hostile.yaml"
    draft.write_bytes(content)
    ended = clearband("impact", str(draft), "--market", "ran")
    assert ended.status == 3
    assert "hostile.yaml" in ended.one_line
    assert ended.out == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((str(DRAFT),), 2, "nothing is asked"),
        (("no-such.yaml", "--market", "ran"), 3, "no such file"),
        ((str(EXAMPLES), "--market", "ran"), 2, "is a folder"),
        ((str(DRAFT), "--country", "Atlantis"), 2, "no code of a country"),
        ((str(DRAFT), "--country", "US", "--maker", "nokia"), 2, "--maker is for --inventory"),
        ((str(DRAFT), "--country", "US", "--region", "world"), 2, "are for --market"),
        ((str(DRAFT), "--market", "ran", "--year", "1999"), 2, "no such shares are published"),
        ((str(DRAFT), "--inventory", str(CARRIER), "--maker", "huawei"), 2, "the draft means"),
        ((str(DRAFT), "--inventory", str(CARRIER), "--from", "soon"), 2, "is no quarter"),
    ],
)
def test_what_does_not_fit_is_one_line(
    clearband: Clearband, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ended = clearband("impact", *arguments)
    assert (ended.status, said in ended.one_line) == (status, True), ended.err


def test_the_example_draft_passes_its_own_check(clearband: Clearband) -> None:
    ended = clearband("directives", "check", str(DRAFT))
    assert ended.out.strip() == "1 measure, 2 clauses, 7 cases, 0 failed, 0 warnings"
