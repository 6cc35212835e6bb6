"""What must always hold of plans and bounds, on small made-up networks that are solved to the best."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from clearband.planning.checking import Plan, check
from clearband.planning.network.network import Network
from clearband.planning.optimise.generate import generate
from clearband.planning.plan.write import Told
from clearband.planning.units.assemble import assemble
from tests.planning.made_networks import changed, made_up, plan_of, solved, times, with_settings

SEEDS = (1, 2)
NEAR = 2e-5
"""Plans are proved to be within 1e-5 of the best; two of them differ by no more than twice that."""


def objective(network: Network) -> float:
    _, solution = solved(network)
    assert solution.gap <= 1e-5
    return solution.value


@cache
def least(seed: int) -> float:
    """What the network that the others change comes to."""
    return objective(made_up(50, seed))


@cache
def plan(seed: int) -> Told:
    """Its plan."""
    return plan_of(made_up(50, seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("table", "column"), [("money", "amount"), ("crews", "hours"), ("supply", "units")])
def test_more_of_a_limit_never_costs_more(seed: int, table: str, column: str) -> None:
    network = made_up(50, seed)
    more = changed(network, **{table: times(getattr(network, table), column, 1.25)})
    assert objective(more) <= least(seed) * (1 + NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_date_never_costs_more(seed: int) -> None:
    network = made_up(50, seed)
    later = network.installed.with_columns(pl.col("remove_by").dt.offset_by("2y"))
    assert objective(changed(network, installed=later)) <= least(seed) * (1 + NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_product_it_never_costs_less(seed: int) -> None:
    network = made_up(50, seed)
    bought = plan(seed).work.get_column("product")
    most = bought.value_counts(sort=True).row(0)[0]
    rest = network.products.filter(pl.col("product") != most)
    fewer = changed(network, products=rest)
    assert objective(fewer) >= least(seed) * (1 - NEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_of_sites_and_the_order_of_rows_change_nothing(seed: int) -> None:
    network = made_up(50, seed)
    names = network.sites.select("site").with_columns(
        new=pl.concat_str(pl.lit("Z"), pl.col("site").reverse())
    )

    def renamed(table: pl.DataFrame) -> pl.DataFrame:
        out = table.join(names, on="site").with_columns(site="new").drop("new")
        return out.select(table.columns).reverse()

    other = changed(network, sites=renamed(network.sites), installed=renamed(network.installed))
    one, two = plan(seed).work, plan_of(other).work
    told = ["item", "product", "maker", "quarter", "removed"]
    assert one.select(told).equals(two.select(told))


@pytest.mark.parametrize(
    ("sites", "seed", "price"),
    [
        (50, 3, 0.0),
        (60, 4, 50.0),
        (80, 5, 5_000.0),
        (200, 6, 50.0),
        pytest.param(1_200, 7, 50.0, marks=pytest.mark.unwatched),
    ],
)
def test_plans_keep_every_rule_and_are_above_their_bound(sites: int, seed: int, price: float) -> None:
    network = with_settings(made_up(sites, seed), exposure_price=price)
    made = plan_of(network)
    claims = made.claims
    checked = check(
        network,
        Plan(
            made.work.with_columns(pl.col("quantity").cast(pl.Float64)),
            claims["cost"],
            claims["exposure"],
            claims["objective"],
            claims["bound"],
            claims["gap"],
            claims["network_sha256"],
        ),
    )
    assert checked.violations.is_empty(), checked.violations
    assert 0 <= claims["gap"] < 0.01


def test_the_same_seed_gives_the_same_plan_and_another_one_is_no_better_than_the_bound() -> None:
    network = made_up(200, 6)
    first, again, other = plan_of(network, 1), plan_of(network, 1), plan_of(network, 2)
    assert first.work.equals(again.work)
    assert other.claims["objective"] >= first.claims["bound"] * (1 - 1e-9)
    assert first.claims["objective"] >= other.claims["bound"] * (1 - 1e-9)


def test_urgency_is_bought_with_money() -> None:
    cheap, urgent = (
        plan_of(with_settings(made_up(60, 4), exposure_price=price)).claims for price in (0.0, 20_000.0)
    )
    assert urgent["exposure"] < cheap["exposure"]
    assert urgent["cost"] > cheap["cost"]


def test_where_exposure_is_all_that_counts_limits_hold_all_the_same() -> None:
    """What breaking a limit costs in the linear master is more than any urgency is worth."""
    problem = assemble(with_settings(made_up(60, 4), exposure_price=1e6)).problem
    assert generate(problem, tolerance=1e-7).solved.broken == pytest.approx(0, abs=1e-9)


def test_what_costs_nothing_is_planned() -> None:
    network = made_up(50, 1)
    free = network.products.with_columns(
        price_average=pl.lit(0.0), yearly_cost=pl.lit(0.0), install_hours=pl.lit(0.0)
    )
    old = network.installed.with_columns(yearly_cost=pl.lit(0.0))
    nothing = with_settings(
        changed(network, products=free, installed=old), exposure_price=0.0, visit_cost=0.0
    )
    _, solution = solved(nothing)
    assert (solution.value, solution.gap) == (0, 0)
