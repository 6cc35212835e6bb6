"""Networks at the ends of what can be asked: nothing costs anything."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clearband.cli.plan.solver import violations
from clearband.errors import DefectError
from clearband.planning.network.network import Network
from clearband.planning.optimise.found import Clock, held
from clearband.planning.optimise.generate import generate, proved
from clearband.planning.optimise.penalties import penalties
from clearband.planning.optimise.priced import priced
from clearband.planning.optimise.solve import solve
from clearband.planning.units.assemble import assemble
from tests.planning.made_networks import changed, made_up, solved, with_settings


def free_of_charge(network: Network) -> Network:
    """The network where nothing costs anything, and nobody needs money."""
    nothing = [pl.lit(0.0).alias(f"price_{which}") for which in ("low", "average", "high")]
    free = changed(
        network,
        products=network.products.with_columns(*nothing, yearly_cost=pl.lit(0.0)),
        installed=network.installed.with_columns(yearly_cost=pl.lit(0.0)),
    )
    return with_settings(free, labour_rate=0.0, visit_cost=0.0, exposure_price=0.0)


@pytest.mark.parametrize("sites", [50, 200])
def test_where_nothing_costs_anything_there_is_a_plan_within_the_limits(sites: int) -> None:
    assembled, solution = solved(free_of_charge(made_up(sites, 1)))
    assert violations(assembled, solution) == 0
    assert (solution.value, solution.gap) == (0.0, 0.0)


def test_where_nothing_costs_anything_it_is_searched_for_room() -> None:
    """Too few crews for all: what breaking them costs is above zero, so that as much as fits is done."""
    network = free_of_charge(made_up(50, 1))
    few = changed(network, crews=network.crews.with_columns(pl.col("hours") * 0.2))
    problem = assemble(few).problem
    assert (penalties(problem).crews > 0).all()
    solution = solve(problem)
    assert solution.broken > 0
    assert 0 < solution.missing < len(problem.unit_class)


def test_a_bound_above_a_plan_is_told_and_not_hidden() -> None:
    assert held(99.0, 100.0) == 99.0
    assert held(100.0 + 1e-6, 100.0) == 100.0
    with pytest.raises(DefectError, match="the bound 101 is above a plan of 100"):
        held(101.0, 100.0)


def test_a_plan_below_what_was_proved_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = assemble(made_up(50, 2)).problem
    best = solve(problem).value
    monkeypatch.setattr("clearband.planning.optimise.solve.proved", lambda _: 1.01 * best)
    with pytest.raises(DefectError, match="please report it"):
        solve(problem)


def test_where_exposure_decides_nearly_all_a_small_plan_is_proved_to_be_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the best plan is takes many nodes; that none is cheaper by more than a half per cent, fewer."""
    problem = assemble(with_settings(made_up(50, 2), exposure_price=20_000.0)).problem
    best = solve(problem)
    assert best.gap <= 1e-5
    monkeypatch.setattr("clearband.planning.optimise.prove._NODES", 1)
    said: list[str] = []
    near = solve(problem, progress=lambda progress: said.append(progress.phase))
    assert said[-1] == "proof"
    assert near.gap <= 5e-3
    assert near.bound <= best.value <= near.value * (1 + 1e-9)


def test_a_linear_programme_that_time_ends_claims_no_value_and_its_prices_still_prove_a_bound() -> None:
    problem = assemble(made_up(1_000, 1)).problem
    ended = generate(problem, tolerance=1e-7, seconds=lambda: 0.0, progress=lambda *_: False)
    assert (ended.solved.value, proved(ended), ended.solved.broken) == (-np.inf, -np.inf, 0.0)
    assert ended.bound <= generate(problem, tolerance=1e-7).solved.value


class Ending(Clock):
    """A clock whose time for all prices is over, and whose time for those of a small sample is not."""

    def remaining(self, share: float = 1.0) -> float:
        return 0.0 if share == 0.5 else 60.0


def test_where_time_is_short_the_prices_of_a_small_sample_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = assemble(made_up(1_000, 1)).problem
    monkeypatch.setattr("clearband.planning.optimise.priced.SAMPLE", 60)
    monkeypatch.setattr("clearband.planning.optimise.priced._ROUGH", 20)
    smaller, generated = priced(problem, Ending(60.0), lambda *_: True)
    assert np.isfinite(generated.solved.value)
    at_ease, _ = priced(problem, Clock(None), lambda *_: True)
    assert len(at_ease.classes.count) > len(smaller.classes.count)
