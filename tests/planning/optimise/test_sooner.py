"""Where waiting is cheap, a plan that is begun early shows that there is one."""

from __future__ import annotations

import numpy as np
import pytest

from clearband.planning.optimise import solve as solving
from clearband.planning.optimise.found import Clock, Found
from clearband.planning.optimise.priced import priced
from clearband.planning.optimise.prices import costs
from clearband.planning.optimise.solve import solve
from clearband.planning.problem import Problem
from clearband.planning.units.assemble import assemble
from tests.planning.made_networks import made_up, with_settings


def patient(sites: int) -> Problem:
    """A network in which only money counts, so that all work is put off."""
    return assemble(with_settings(made_up(sites, 3), exposure_price=0.0)).problem


def first_quarters(found: Found) -> float:
    return float(found.quarter.mean())


def test_a_search_in_which_late_work_is_dear_finds_an_early_plan() -> None:
    problem = patient(200)
    _, generated = priced(problem, Clock(None), lambda *_: True)
    found = solving._sooner(problem, costs(problem, generated.prices), 0, Clock(None))
    assert found.missing == 0
    cheapest = solve(problem, gap=0.01)
    assert first_quarters(found) < float(cheapest.quarter.mean())


def test_a_search_that_left_a_unit_out_begins_again_from_an_early_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first search is made to fail; what it left out is then placed."""
    problem = patient(200)
    stages = solving.Stages
    left_out: list[int] = []

    def failing(*args: object) -> object:
        search = stages(*args)  # type: ignore[arg-type]
        if not left_out:
            left_out.append(1)
            nowhere = np.full(len(problem.unit_class), -1)
            search.best = lambda: Found(nowhere, nowhere, 0.0, len(nowhere))  # type: ignore[method-assign]
        return search

    monkeypatch.setattr(solving, "Stages", failing)
    # Else an integer programme would find one.
    monkeypatch.setattr(solving, "can_look_for_any", lambda _: False)
    assert solve(problem, gap=0.05).missing == 0
