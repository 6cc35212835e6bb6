"""``clearband plan solve`` as a user meets it: an earlier plan to begin with, and a plan that is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from clearband.planning.checking.violation import SCHEMA
from tests.cli.conftest import Clearband, Ended


@pytest.fixture
def net(clearband: Clearband, tmp_path: Path) -> Path:
    folder = tmp_path / "net"
    assert clearband("plan", "generate", "--sites", "50", "--seed", "2", "--out", folder).status == 0
    return folder


def solve(clearband: Clearband, net: Path, out: Path, *more: object) -> Ended:
    return clearband("plan", "solve", net, "--out", out, *more)


def work(plan: Path) -> pl.DataFrame:
    return pl.read_csv(plan / "work.csv", infer_schema=False)


def test_an_earlier_plan_is_begun_with_and_ends_no_worse(
    clearband: Clearband, net: Path, tmp_path: Path
) -> None:
    """With a gap of 1 the first plan is taken: begun with the best, that is the best."""
    first = solve(clearband, net, tmp_path / "best", "--quiet", "--json")
    again = solve(clearband, net, tmp_path / "again", "--start", tmp_path / "best", "--gap", "1", "--json")
    assert again.status == 0
    assert "begins with 13 of 13 units of work as in the earlier plan\n" in again.err
    assert work(tmp_path / "again").equals(work(tmp_path / "best"))
    assert json.loads(again.out)["objective"] == pytest.approx(json.loads(first.out)["objective"])
    hasty = solve(clearband, net, tmp_path / "hasty", "--gap", "1", "--json")
    assert json.loads(hasty.out)["objective"] > json.loads(again.out)["objective"]


def test_the_same_start_and_seed_give_the_same_plan(clearband: Clearband, net: Path, tmp_path: Path) -> None:
    solve(clearband, net, tmp_path / "first", "--gap", "1", "--quiet")
    for out in ("one", "two"):
        solve(clearband, net, tmp_path / out, "--start", tmp_path / "first", "--gap", "0.001", "--quiet")
    assert work(tmp_path / "one").equals(work(tmp_path / "two"))


def test_of_an_earlier_plan_of_another_network_what_still_holds_is_begun_with(
    clearband: Clearband, net: Path, tmp_path: Path
) -> None:
    solve(clearband, net, tmp_path / "plan", "--quiet", "--gap", "0.01")
    planned = work(tmp_path / "plan")
    installed = pl.read_csv(net / "installed.csv", infer_schema=False)
    done, forgotten = planned.select("cluster", "group").unique(maintain_order=True).rows()[:2]
    stays = planned.filter(pl.struct("cluster", "group") == pl.struct(
        cluster=pl.lit(done[0]), group=pl.lit(done[1])
    ))["item"]  # fmt: skip
    installed.with_columns(
        must_go=pl.when(pl.col("item").is_in(stays.implode())).then(pl.lit("no")).otherwise("must_go")
    ).write_csv(net / "installed.csv")
    planned.filter((pl.col("cluster") != forgotten[0]) | (pl.col("group") != forgotten[1])).write_csv(
        tmp_path / "plan" / "work.csv"
    )
    ended = solve(clearband, net, tmp_path / "again", "--start", tmp_path / "plan", "--gap", "0.01")
    assert ended.status == 0
    assert re.search(
        r"begins with 11 of 12 units of work as in the earlier plan; "
        r"passed over: 1 no longer there, 1 that it does not know\n",
        ended.err,
    )
    assert clearband("plan", "check-solution", net, tmp_path / "again").status == 0


def test_a_product_that_may_no_longer_be_bought_is_passed_over(
    clearband: Clearband, net: Path, tmp_path: Path
) -> None:
    solve(clearband, net, tmp_path / "plan", "--quiet", "--gap", "0.01")
    bought = work(tmp_path / "plan")
    product = bought.filter(role="radio")["product"].value_counts(sort=True)["product"][0]
    units = bought.filter(product=product).select("cluster", "group").n_unique()
    products = pl.read_csv(net / "products.csv", infer_schema=False)
    products.with_columns(
        approved=pl.when(pl.col("product") == product).then(pl.lit("no")).otherwise("approved")
    ).write_csv(net / "products.csv")
    ended = solve(clearband, net, tmp_path / "again", "--start", tmp_path / "plan", "--gap", "0.01")
    assert f"passed over: {units} that cannot be done as they were\n" in ended.err
    assert product not in work(tmp_path / "again")["product"]


def test_a_start_that_is_no_plan_is_one_line(clearband: Clearband, net: Path, tmp_path: Path) -> None:
    ended = solve(clearband, net, tmp_path / "plan", "--start", tmp_path / "nothing")
    assert ended.status == 3
    assert ended.err.count("\n") == 1
    assert "plan.json" in ended.err


def test_a_plan_that_the_check_disagrees_with_is_not_written(
    clearband: Clearband, net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = pl.DataFrame({"rule": ["crews", "crews"], "what": ["too many", "too many"]}, schema_overrides={
        "rule": SCHEMA["rule"], "what": SCHEMA["what"],
    })  # fmt: skip
    monkeypatch.setattr("clearband.cli.plan.solver.broken", lambda *_: broken)
    ended = solve(clearband, net, tmp_path / "plan", "--quiet", "--gap", "0.01")
    assert ended.status == 3
    assert ended.err == (
        "clearband: planner: the plan breaks rules by the independent check (crews), 2 times; nothing is "
        "written; this is a defect; please report it with the network\n"
    )
    assert not (tmp_path / "plan").exists()
