"""``clearband plan explain``, ``relax``, ``compare`` and ``frontier`` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from clearband.planning.answers.files import written
from clearband.planning.network.read import read_network
from clearband.planning.network.write import write_network
from tests.cli.conftest import Clearband
from tests.planning.answers.infeasible import INFEASIBLE, made


def fits(name: str, text: str) -> dict[str, object]:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    content: dict[str, object] = json.loads(text)
    jsonschema_rs.validator_for(schema).validate(content)
    return content


@pytest.fixture
def plannable(tmp_path: Path) -> Path:
    write_network(written(made()), tmp_path / "net")
    return tmp_path / "net"


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    write_network(written(INFEASIBLE["products: no approved radio"]()), tmp_path / "stuck")
    return tmp_path / "stuck"


def test_without_a_plan_there_is_an_answer(clearband: Clearband, stuck: Path, tmp_path: Path) -> None:
    ended = clearband("plan", "solve", stuck, "--out", tmp_path / "plan", "--quiet")
    assert ended.status == 1
    assert "there is no plan as it is" in ended.out
    assert "approve Samsung macro radio" in ended.out
    assert "checked: no rule broken" in ended.out
    assert not (tmp_path / "plan").exists()


def test_a_relaxation_is_written_and_applied(clearband: Clearband, stuck: Path, tmp_path: Path) -> None:
    ended = clearband("plan", "explain", stuck, "--write", tmp_path / "by", "--json", "--quiet")
    assert ended.status == 1
    found = fits("plan-least", ended.out)
    assert found["feasible"] is False
    ended = clearband(
        "plan", "relax", stuck, "--by", tmp_path / "by" / "repairs.yaml", "--out", tmp_path / "2"
    )
    assert ended.status == 0, ended.err
    ended = clearband("plan", "solve", tmp_path / "2", "--out", tmp_path / "plan", "--quiet", "--gap", "0.01")
    assert ended.status == 0, ended.err
    assert clearband("plan", "check-solution", tmp_path / "2", tmp_path / "plan").status == 0


def test_a_relaxation_that_cannot_be_read(clearband: Clearband, plannable: Path, tmp_path: Path) -> None:
    file = tmp_path / "by.yaml"
    file.write_text("schema: clearband/relaxation/1\nmoney: [{owner: a, quarter: soon, amount: 1}]\n")
    ended = clearband("plan", "relax", plannable, "--by", file, "--out", tmp_path / "2")
    assert ended.status == 3
    assert "by.yaml" in ended.err
    assert clearband("plan", "relax", plannable, "--by", tmp_path / "no", "--out", tmp_path / "2").status == 3


def test_a_plan_is_explained(clearband: Clearband, plannable: Path, tmp_path: Path) -> None:
    clearband("plan", "solve", plannable, "--out", tmp_path / "plan", "--quiet", "--gap", "0.01")
    ended = clearband("plan", "explain", plannable, tmp_path / "plan", "--quiet")
    assert ended.status == 0, ended.err
    assert "marginal values of the linear relaxation" in ended.out
    assert "rests on prices of grade C, D or none" in ended.out
    fits(
        "plan-explained", clearband("plan", "explain", plannable, tmp_path / "plan", "--json", "--quiet").out
    )


def test_ways_side_by_side(clearband: Clearband, plannable: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("schema: clearband/scenario/1\nname: half the crews\ncrews_factor: 0.5\n")
    asked = ("plan", "compare", plannable, "--scenario", own, "--gap", "0.01")
    some = ("--only", "as-told", "--only", "half the crews", "--samples", "2", "--write", tmp_path / "nets")
    found = fits("plan-compare", clearband(*asked, *some, "--json").out)
    assert [one["name"] for one in found["scenarios"]] == ["as-told", "half the crews"]  # type: ignore[attr-defined]
    held = clearband(*asked, *some[:4], "--against", "half the crews").out.splitlines()
    assert '"against" is cost, held against that of half the crews;' in held[1]
    assert [line.split("  ")[0] for line in held[4:6]] == ["half the crews", "as-told"]
    assert read_network(tmp_path / "nets" / "as-told").sha256 == found["network_sha256"]
    assert (tmp_path / "nets" / "half-the-crews" / "network.yaml").is_file()


def test_cost_against_time(clearband: Clearband, plannable: Path) -> None:
    found = fits(
        "plan-frontier",
        clearband("plan", "frontier", plannable, "--step", "8", "--gap", "0.01", "--json").out,
    )
    assert found["points"]


def test_nothing_of_ones_own_is_written_over(clearband: Clearband, stuck: Path, tmp_path: Path) -> None:
    asked = ("plan", "explain", stuck, "--write", tmp_path / "by", "--quiet")
    assert clearband(*asked).status == 1
    file = tmp_path / "by" / "repairs.yaml"
    file.write_text(f"{file.read_text()}# mine\n")
    again = clearband(*asked)
    assert again.status == 3
    assert again.err.startswith("clearband: ")
    assert "repairs.yaml: is there already, and may have been edited" in again.err
    assert again.err.count("\n") == 1
    assert file.read_text().endswith("# mine\n")
    before = (stuck / "products.csv").read_bytes()
    relaxed = clearband("plan", "relax", stuck, "--by", file, "--out", tmp_path / "by" / ".." / "stuck")
    assert relaxed.status == 3
    assert "is where NET itself is" in relaxed.err
    assert relaxed.err.count("\n") == 1
    assert (stuck / "products.csv").read_bytes() == before


def test_a_search_that_is_out_of_time_says_so(clearband: Clearband, tmp_path: Path) -> None:
    write_network(written(INFEASIBLE["money: six tenths"]()), tmp_path / "net")
    ended = clearband("plan", "explain", tmp_path / "net", "--time-limit", "0.001", "--quiet", "--json")
    assert ended.status == 1
    found = fits("plan-least", ended.out)
    assert found["ended"] is False
    assert found["feasible"] is False
    assert found["impossible"] is False
    text = clearband("plan", "explain", tmp_path / "net", "--time-limit", "0.001", "--quiet").out
    assert "no plan was found; that there is none is not proved" in text
    assert "Time ran out before all was looked at" in text
