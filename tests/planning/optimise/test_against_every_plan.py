"""Problems so small that every plan can be looked at: the best is found, and the bound is below it."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.generate import generate, proved
from clearband.planning.optimise.kernels import NOTHING, hinders, put
from clearband.planning.optimise.prices import Prices, bound
from clearband.planning.optimise.solve import solve
from clearband.planning.problem import Classes, Floor, Money, Options, Problem
from tests.laws import examples

QUARTERS, UNITS, CHOICES = 4, 4, 2


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Three units, the second and third waiting for the first, and one alone; two makers.

    The first has a cap, and one of them, both, or none must have a least share.
    """

    def numbers(count: int, low: int, high: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=count, max_size=count)), dtype=float)

    options = UNITS * CHOICES
    balance = -np.triu(np.ones((QUARTERS + 1, QUARTERS)))
    share = draw(st.sampled_from([0.0, 0.5]))
    for spent in range(QUARTERS + 1):
        balance[spent, spent + 1 :] += share
    discount = 0.98 ** np.arange(QUARTERS + 1)
    parent = np.array([-1, 0, 0, -1])
    makers = draw(st.sampled_from([0, 1, 1, 2]))
    floor = Floor(np.array([1, 2]), numbers(2, 1, 4 - makers), makers)
    return Problem(
        QUARTERS,
        1,
        Classes(
            np.ones(UNITS), parent, np.zeros(UNITS, dtype=np.int64), np.full(UNITS, QUARTERS - 2),
            numbers(UNITS, 0, 5), np.zeros(UNITS, dtype=np.int64), numbers(UNITS, 1, 2),
            np.zeros(UNITS, dtype=np.int64), np.zeros(UNITS, dtype=np.int64), numbers(UNITS, 0, 3),
        ),
        Options(
            np.arange(UNITS + 1) * CHOICES, np.repeat(np.arange(UNITS), CHOICES), numbers(options, 50, 100),
            numbers(options, 0, 10), numbers(options, 0, 4), numbers(options, 5, 10), numbers(options, 0, 3),
            np.tile(np.arange(CHOICES), UNITS)[:, None], np.ones((options, 1)),
            np.array(draw(st.lists(st.integers(0, 1), min_size=options, max_size=options))),
        ),
        np.full((1, QUARTERS), draw(st.sampled_from([12.0, 20.0, 40.0]))),
        np.full((CHOICES, QUARTERS), draw(st.sampled_from([1.0, 2.0]))),
        np.full((1, QUARTERS), draw(st.sampled_from([2.0, 4.0]))),
        Money(
            np.full((1, QUARTERS), draw(st.sampled_from([80.0, 120.0, 300.0]))), balance[None],
            discount[None] * (1 - share), discount,
        ),
        np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, -1.0]]),
        np.array([draw(st.sampled_from([2.0, 4.0])), 0.0, 0.0]), np.arange(UNITS),
        np.array([0, 0, 1, 2, 2]), np.array([0, 0]), (floor,),
    )  # fmt: skip


def best_of_all(problem: Problem) -> float:
    """The least cost of all plans; infinite when there is none."""
    best = best_plan_of_all(problem)
    if best is None:
        return np.inf
    cost = empty_board(problem).cost
    return float(sum(cost[o, t] for o, t in zip(*best, strict=True)))


def best_plan_of_all(problem: Problem) -> tuple[list[int], list[int]] | None:
    """Options and quarters of the best plan, by trying each, cheapest first."""
    empty = empty_board(problem)
    plans = []
    for plan in product(product(range(CHOICES), range(QUARTERS - 1)), repeat=UNITS):
        quarter = [t for _, t in plan]
        if quarter[1] < quarter[0] or quarter[2] < quarter[0]:
            continue
        option = [u * CHOICES + k for u, (k, _) in enumerate(plan)]
        bought = np.bincount([k for k, _ in plan], minlength=CHOICES)
        if any((bought >= floor.need).sum() < floor.makers for floor in problem.floors):
            continue
        cost = sum(empty.cost[o, t] for o, t in zip(option, quarter, strict=True))
        if np.isfinite(cost):
            plans.append((float(cost), option, quarter))
    return next(
        ((option, quarter) for _, option, quarter in sorted(plans) if fits(problem, option, quarter)), None
    )


def fits(problem: Problem, option: list[int], quarter: list[int]) -> bool:
    board = empty_board(problem)
    for unit in range(UNITS):
        if hinders(board, unit, option[unit], quarter[unit]) != NOTHING:
            return False
        put(board, unit, option[unit], quarter[unit], 1.0)
    return True


@settings(max_examples=examples(8, 200))
@given(problems(), st.integers(0, 3))
def test_the_best_plan_is_found_and_no_bound_is_above_it(problem: Problem, seed: int) -> None:
    best = best_of_all(problem)
    if np.isfinite(best):
        solution = solve(problem, seed=seed)
        assert solution.missing == 0
        assert np.isclose(solution.value, best, rtol=1e-5)
        assert solution.bound <= best * (1 + 1e-9)
        # What is told is cut to the plan's value: what column generation proves is looked at itself.
        generated = generate(problem, tolerance=1e-7)
        assert max(generated.bound, proved(generated)) <= best * (1 + 1e-6)
        rng = np.random.default_rng(seed)
        prices = Prices(
            *(rng.random(x.shape) * 3 for x in (problem.crews, problem.supply, problem.service)),
            rng.random((1, QUARTERS)),
            rng.random(3),
        )
        assert bound(problem, prices) <= best + 1e-6
    else:
        assert solve(problem, seed=seed).missing
