"""One model of everything, which shares no idea with the planner, comes to the same best plan."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))

from plan_monolithic import solve_whole

from tests.planning.made_networks import made_up, solved


def test_one_model_finds_no_better_plan_and_no_other_bound() -> None:
    assembled, solution = solved(made_up(50, 2))
    whole = solve_whole(assembled.problem, gap=1e-6, seconds=60)
    assert whole.value == pytest.approx(solution.value, rel=2e-5)
    assert solution.bound <= whole.value * (1 + 1e-6)
    assert whole.bound <= solution.value * (1 + 1e-6)
