"""What has a plan is never called impossible, however exactly its limits fit that plan."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.planning.answers.asked import Asked
from clearband.planning.answers.clash import clash
from clearband.planning.answers.groups import Groups
from clearband.planning.answers.layout import KINDS
from clearband.planning.answers.least import least
from clearband.planning.answers.linear import Linear
from clearband.planning.answers.question import HELD, Question
from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.found import Clock
from clearband.planning.optimise.kernels import stand
from clearband.planning.problem import Problem
from clearband.planning.units.assemble import assemble
from tests.laws import examples
from tests.planning.answers.infeasible import INFEASIBLE, made
from tests.planning.optimise.test_against_every_plan import UNITS, best_plan_of_all, problems

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))

from plan_infeasible import nothing_to_spare


@pytest.mark.parametrize(("sites", "seed", "share"), [(60, 3, 0.3), (80, 5, 0.3), (50, 7, 0.9)])
def test_limits_that_are_what_a_plan_uses(sites: int, seed: int, share: float) -> None:
    network = nothing_to_spare(made(sites, seed, share=share))
    found = least(network, kinds=("clash",))
    assert found.state != "impossible"
    assert found.clash is None
    asked = Asked(assemble(network), Clock(None))
    assert not asked.impossible(Question(), whole=True)
    assert all(not asked.need([kind]).cannot for kind in KINDS if asked.has(kind))


def fitted(problem: Problem, option: list[int], quarter: list[int]) -> Problem:
    """Limits that are exactly what a plan uses; money of which nothing is left in any quarter."""
    board = empty_board(problem)
    for unit in range(UNITS):
        stand(board, unit, option[unit], quarter[unit])
    spent = np.maximum.accumulate(problem.money.new.cumsum(axis=1) - board.cash, axis=1)
    return replace(
        problem,
        crews=problem.crews - board.crews,
        supply=problem.supply - board.supply,
        service=problem.service - board.service,
        money=replace(problem.money, new=np.diff(np.maximum(spent, 0.0), axis=1, prepend=0.0)),
    )


def linear(problem: Problem) -> Linear:
    """The questions of a small problem of one region, one owner, two makers and a cap."""
    limited = {"money": [True], "crews": [True], "supply": [True, True]}
    groups = Groups(
        ["owner"], ["region"], [("a", "radio"), ("b", "radio")], np.array([0, -1, -1]), [0], np.array([3.0]),
        [], np.full(UNITS, -1), np.array([4.0]), limited,
    )  # fmt: skip
    sizes = {
        "crews": problem.crews.size, "supply": problem.supply.size, "money": problem.money.new.size,
        "caps": 1, "makers": 1, "fewer": 1, "service": 1,
    }  # fmt: skip
    return Linear(problem, groups, {kind: np.full(size, 0.01) for kind, size in sizes.items()})


@given(problems(), st.sets(st.sampled_from(KINDS)))
@settings(max_examples=examples(15, 300), deadline=None)
def test_no_price_proves_what_is_not_so(problem: Problem, free: set[str]) -> None:
    best = best_plan_of_all(problem)
    if best is None:
        return
    question = Question({kind: 0.0 if kind in free else HELD for kind in KINDS})
    for one in (problem, fitted(problem, *best)):
        assert not linear(one).impossible(question, Clock(None))
        answer = linear(one).least(Question({"money": 1.0}), Clock(None))
        assert not answer.impossible
        assert answer.bound <= 1e-5


def test_what_is_proved_of_some_choices_is_not_proved_of_all() -> None:
    assembled = assemble(INFEASIBLE["crews: none in one region"]())
    asked = Asked(assembled, Clock(None))
    assert asked.impossible(Question(), whole=False)
    assert asked.need(["money"]).cannot
    some = Asked(replace(assembled, complete=False), Clock(None))
    assert not some.impossible(Question(), whole=True)
    assert not some.need(["money"]).cannot
    assert some.need(["crews"]).at_least == 0.0
    assert clash(some) is None


def test_whole_units_prove_nothing_where_choices_that_no_prices_make_the_best_are_left_out() -> None:
    network = replace(made(), money=made().money.with_columns(amount=pl.col("amount") * 0.84))
    assembled = assemble(network)
    asked = Asked(assembled, Clock(None))
    assert not asked.impossible(Question(), whole=False)
    assert asked.impossible(Question(), whole=True)
    some = replace(assembled, problem=replace(assembled.problem, every=False))
    assert not Asked(some, Clock(None)).impossible(Question(), whole=True)
