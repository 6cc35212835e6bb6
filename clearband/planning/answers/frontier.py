"""Cost against time: the cheapest plan for each quarter in which all must be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from clearband.planning.answers.outcome import How, Outcome, outcome_of
from clearband.planning.network.network import Network
from clearband.planning.optimise.solve import solve
from clearband.planning.units.assemble import assemble


@dataclass(frozen=True, slots=True)
class Point:
    """The cheapest plan that ends by the end of a quarter, which is counted from 0."""

    quarter: int
    outcome: Outcome


def frontier(network: Network, how: How, *, step: int = 1) -> Iterator[Point]:
    """From the last quarter on, ``step`` quarters sooner each time, until there is no plan.

    Exposure has no price, so that cost alone decides within each end; each plan begins from the one before.
    """
    settings = network.settings.model_copy(update={"exposure_price": 0.0})
    assembled = assemble(replace(network, settings=settings))
    problem = assembled.problem
    if assembled.blocked or not len(problem.unit_class):
        return
    start = None
    for end in range(problem.quarters - 1, problem.overlap - 1, -step):
        last = np.minimum(problem.classes.last, end - problem.overlap)
        sooner = replace(problem, classes=replace(problem.classes, last=last))
        first = np.minimum.reduceat(problem.options.first, problem.options.start[:-1])
        if (first > last).any():
            state = "impossible" if assembled.complete else "not-found"
            yield Point(end, Outcome(state, clash="nothing is delivered and built so soon"))
            return
        solution = solve(sooner, seed=how.seed, gap=how.gap, seconds=how.seconds, start=start)
        found = outcome_of(replace(assembled, problem=sooner), solution, how, dates=False)
        if solution.missing:
            yield Point(end, found)
            return
        yield Point(end, found)
        keep = solution.quarter
        start = (np.where(keep >= 0, solution.option, -1), keep)
