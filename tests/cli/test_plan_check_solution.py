"""``clearband plan check-solution`` as a user meets it."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband
from tests.planning.checking import by_hand, made_up
from tests.planning.checking.rows import MadePlan, MadeUp

SCHEMA = json.loads((ROOT / "schemas" / "plan-check-solution.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def made() -> MadeUp:
    return made_up.network()


@pytest.fixture
def plan(made: MadeUp) -> MadePlan:
    valid = made_up.plan(made)
    valid.claims = by_hand.claims(made, valid)
    return valid


def test_a_valid_plan_is_one_line_and_status_0(
    clearband: Clearband, made: MadeUp, plan: MadePlan, tmp_path: Path
) -> None:
    ended = clearband("plan", "check-solution", made.write(tmp_path / "n"), plan.write(tmp_path / "p"))
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "no violation: 14 rules over 169 items, cost 3,189,791.24 USD, exposure 1,375.25"
    ]


def test_a_broken_plan_is_told_by_rule_the_worst_first(
    clearband: Clearband, made: MadeUp, plan: MadePlan, tmp_path: Path
) -> None:
    made.supply[0]["units"] = 30
    plan.row("a1-1-r1")["quantity"] = 5
    ended = clearband(
        "plan", "check-solution", made.write(tmp_path / "n"), plan.write(tmp_path / "p"), "--most", 1
    )
    assert ended.status == 1
    place = "item a1-1-r1, site a1-1, cluster a1, group ran, role radio, region north, market m1, owner alpha"
    over = "role radio, maker Boreal, quarter 2028-Q2: are more units than can be delivered"
    assert ended.out.splitlines() == [
        "rule 2, replacements: 1 violation",
        (
            f"  {place}, product Boreal R1, maker Boreal, quarter 2028-Q2: is replaced by another quantity: "
            "5 units where 3; off by 2"
        ),
        "rule 8, supply: 2 violations",
        f"  {over}: 50 units where 30; off by 20",
        "  … and 1 more",
        "3 violations of 2 rules over 169 items",
    ]


def test_a_plan_that_is_not_whole_says_that_its_numbers_were_not_compared(
    clearband: Clearband, made: MadeUp, plan: MadePlan, tmp_path: Path
) -> None:
    plan.work.remove(plan.row("a3-2-cpe"))
    ended = clearband("plan", "check-solution", made.write(tmp_path / "n"), plan.write(tmp_path / "p"))
    assert ended.status == 1
    assert "Cost and exposure were not compared: the plan is not whole." in ended.out


@pytest.mark.parametrize("units", [55, 30])
def test_json_fits_its_published_schema(
    clearband: Clearband, made: MadeUp, plan: MadePlan, tmp_path: Path, units: int
) -> None:
    made.supply[0]["units"] = units
    ended = clearband(
        "plan", "check-solution", made.write(tmp_path / "n"), plan.write(tmp_path / "p"), "--json"
    )
    answer = json.loads(ended.out)
    jsonschema_rs.validate(SCHEMA, answer)
    assert ended.status == (0 if answer["valid"] else 1)
    counts = {one["rule"]: one["violations"] for one in answer["rules"]}
    assert counts["8"] == len(answer["violations"]) == (0 if units == 55 else 2)
    assert answer["cost"] == pytest.approx(plan.claims["cost"])


def test_an_input_that_cannot_be_used_is_one_line_and_status_3(
    clearband: Clearband, made: MadeUp, plan: MadePlan, tmp_path: Path
) -> None:
    network, folder = made.write(tmp_path / "n"), plan.write(tmp_path / "p")
    assert clearband("plan", "check-solution", tmp_path / "none", folder).status == 3
    for value, said in (
        ("NaN", "cost is not a number"),
        ("[1]", "cost is not a number"),
        ("1" + "0" * 400, "cost is not a number"),
        ("null", "cost is missing"),
        ("1,", "is not JSON"),
        ('1, "cost": 2', "a key stands twice"),
    ):
        (folder / "plan.json").write_text(
            f'{{"schema": "clearband/plan/1", "cost": {value}}}', encoding="utf-8"
        )
        ended = clearband("plan", "check-solution", network, folder)
        assert ended.status == 3
        assert said in ended.one_line
    (folder / "work.csv").write_text("item,site\n", encoding="utf-8")
    plan.write(tmp_path / "whole")
    (tmp_path / "whole" / "work.csv").write_text("item,site\n", encoding="utf-8")
    ended = clearband("plan", "check-solution", network, tmp_path / "whole")
    assert ended.status == 3
    assert 'the column "cluster" is missing' in ended.one_line
