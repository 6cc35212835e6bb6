"""An integer programme that ends with a bound and no plan leaves what the search has found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from clearband.planning.optimise.found import Clock, Found
from clearband.planning.optimise.prices import costs, no_prices
from clearband.planning.optimise.prove import any_plan
from clearband.planning.units.assemble import assemble
from tests.planning.answers.infeasible import made


def test_what_was_found_stays_where_there_is_no_plan() -> None:
    # Parts of units could be done for so much money, whole ones cannot.
    network = replace(made(), money=made().money.with_columns(amount=pl.col("amount") * 0.84))
    problem = assemble(network).problem
    units = len(problem.unit_class)
    nowhere = Found(np.full(units, -1), np.full(units, -1), 0.0, units)
    assert any_plan(problem, nowhere, Clock(0.5), costs(problem, no_prices(problem))) is nowhere
