"""Every network without a plan gets a relaxation that, applied, has one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from clearband.cli.plan.solver import violations
from clearband.planning.answers.least import least
from clearband.planning.answers.relaxation import relaxed
from clearband.planning.optimise.solve import solve
from clearband.planning.units.assemble import assemble
from tests.laws import THOROUGH
from tests.planning.answers.infeasible import INFEASIBLE, made

KIND = {
    "order": "together", "lead times": "together", "everything": "together", "products": "together",
}  # fmt: skip
"""Where the kind of limit that is looked at is not the first word of the name."""

LONG = {"money: six tenths"}
"""Half a minute of search; another network with too little money is among the rest."""


@pytest.mark.parametrize("name", [name for name in INFEASIBLE if THOROUGH or name not in LONG])
def test_the_relaxation_makes_it_plannable(name: str) -> None:
    network = INFEASIBLE[name]()
    kind = name.split(":")[0]
    found = least(network, kinds=(KIND.get(kind, kind),), check=violations)
    assert not found.feasible
    enough = [way for way in found.ways if way.state == "enough"]
    assert enough
    for way in enough:
        assert way.relaxation is not None
        assert way.proof is not None
        assert way.proof.violations == 0
        assert way.at_least is None or way.at_least <= way.share.get(way.kind, np.inf) + 1e-9
        # Anew, and without a hint of the plan that proved it.
        assembled = assemble(relaxed(network, way.relaxation))
        solution = solve(assembled.problem, gap=0.05)
        assert solution.missing == 0
        assert violations(assembled, solution) == 0


def test_a_network_with_a_plan_needs_nothing() -> None:
    found = least(made(), kinds=())
    assert found.feasible
    assert not found.ways


def test_what_is_proved_not_to_be_enough_is_told() -> None:
    network = INFEASIBLE["crews: none in one region"]()
    found = least(network, kinds=("money", "clash"))
    assert [(way.kind, way.state) for way in found.ways] == [("money", "cannot")]
    assert found.clash is not None
    assert found.clash.limits == [("crews", "R01")]


def test_less_than_the_smallest_is_not_enough() -> None:
    network = INFEASIBLE["supply: no basebands"]()
    way = least(network, kinds=("supply",)).ways[0]
    assert way.smallest
    assert way.relaxation is not None
    first, *rest = way.relaxation.supply
    less = way.relaxation.model_copy(
        update={"supply": (first.model_copy(update={"units": first.units - 1}), *rest)}
    )
    assert not least(relaxed(network, less), kinds=()).feasible


def test_what_blocks_any_plan_is_told_with_its_fix() -> None:
    found = least(INFEASIBLE["products: no approved radio"](), kinds=())
    blocker = found.blockers[0]
    assert "no product that may be bought" in blocker.what
    assert blocker.relaxation.approve
    stays = least(INFEASIBLE["caps: less than what stays"](), kinds=()).blockers[0]
    assert "cap 1 allows 20.0%" in stays.what
    makers = least(INFEASIBLE["makers: five of four"](), kinds=()).blockers[0]
    assert "asks for 5 makers with 10.0% of all radio units, and 4 can have it" in makers.what


def test_what_has_no_limit_is_given_none() -> None:
    network = replace(made(), money=made().money.clear())
    by = least(INFEASIBLE["money: none"](), kinds=("money",)).ways[0].relaxation
    assert by is not None
    assert relaxed(network, by).money.is_empty()


def test_a_product_that_was_refused_is_offered_last_and_called_so() -> None:
    network = INFEASIBLE["products: no approved radio"]()
    (blocker,) = least(network, kinds=()).blockers
    assert "REFUSED" in blocker.fix
    refused = set(blocker.relaxation.approve)
    others = (pl.col("role") == "radio") & ~pl.col("product").is_in(refused)
    products = network.products.with_columns(
        approved=pl.when(others).then(pl.lit("unknown")).otherwise("approved")
    )
    (other,) = least(replace(network, products=products), kinds=()).blockers
    assert not refused & set(other.relaxation.approve)
    assert "(not decided yet)" in other.fix
    assert "REFUSED" not in other.fix
