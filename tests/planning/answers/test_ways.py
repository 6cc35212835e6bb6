"""Prices of limits, scenarios, samples, the frontier."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.planning.answers.builtin import builtin
from clearband.planning.answers.compare import Row, compare, held_against, scenarios
from clearband.planning.answers.explain import explain
from clearband.planning.answers.frontier import frontier
from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.known_names import refuse_strange_relaxation
from clearband.planning.answers.outcome import How, outcome, outcome_of
from clearband.planning.answers.relaxation import HigherCap, MoreMoney, Relaxation
from clearband.planning.answers.samples import drawn, extra, sampled
from clearband.planning.answers.scenario import ProductChange, Scenario, applied
from clearband.planning.answers.shadow import limit_prices, shadows
from clearband.planning.network.network import Network
from clearband.planning.network.problems import NetworkError
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import LeastMakers
from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.solve import solve
from clearband.planning.plan.work_table import work_table
from clearband.planning.units.assemble import assemble
from tests.planning.answers.infeasible import INFEASIBLE, made
from tests.planning.network_files import small, write_folder


def short_of_crews() -> Network:
    network = made()
    return replace(network, crews=network.crews.with_columns(hours=network.crews["hours"] * 0.75))


def test_a_little_more_saves_what_its_price_says() -> None:
    network = short_of_crews()
    assembled = assemble(network)
    found = shadows(assembled, groups_of(assembled))
    row = next(row for row in found.rows if row.kind == "crews")
    problem = assembled.problem
    assert row.quarter is not None
    crews = problem.crews.copy()
    crews[0, row.quarter] += 20.0
    more = replace(assembled, problem=replace(problem, crews=crews))
    saved = found.value - shadows(more, groups_of(more)).value
    # The first hours save the most: never more than the price says, but for what the master is solved to.
    assert 0 < saved <= 20 * row.price + 1e-7 * found.value
    assert [one.saves for one in found.rows] == sorted((one.saves for one in found.rows), reverse=True)


def test_a_little_more_is_little_where_there_is_less_than_one_crew() -> None:
    network = short_of_crews()
    few = replace(network, crews=network.crews.with_columns(hours=network.crews["hours"] / 10))
    for some, hours in ((network, 480.0), (few, 10.0)):
        assembled = assemble(some)
        prices = solve(assembled.problem, gap=1e-2).prices
        found = limit_prices(assembled, groups_of(assembled), replace(prices, crews=prices.crews + 1.0))
        row = next(row for row in found if row.kind == "crews")
        assert (row.amount, row.saves) == (hours, pytest.approx(hours * row.price))


def test_a_lower_least_share_saves_what_its_price_says() -> None:
    least = (LeastMakers(role="radio", makers=2, share=0.3),)
    network = replace(made(), settings=made().settings.model_copy(update={"least_makers": least}))
    assembled = assemble(network)
    groups, (floor,) = groups_of(assembled), assembled.problem.floors
    found = shadows(assembled, groups)
    rows = [row for row in found.rows if row.kind == "makers"]
    less = replace(assembled.problem, floors=(replace(floor, need=floor.need - 5.0),))
    saved = found.value - shadows(replace(assembled, problem=less), groups).value
    assert {row.name for row in rows} == {"least_makers 1"}
    assert 0 < saved <= 5 * sum(row.price for row in rows) + 1e-7 * found.value


def test_a_plan_is_explained() -> None:
    network = short_of_crews()
    assembled = assemble(network)
    solution = solve(assembled.problem, gap=1e-2)
    assert not solution.missing
    told = explain(network, work_table(assembled, solution))
    assert told.strange == 0
    assert all(used.share >= 0.99 for used in told.full)
    money = sum(part["money"] for part in told.spending["group"])
    spent = assembled.problem.options.now[solution.option].sum()
    other = sum(part["money"] for part in told.spending["other"])
    later = assembled.problem.options.later[solution.option].sum()
    assert money + other == pytest.approx(spent + later)
    assert {part["name"] for part in told.spending["grade"]} <= {"A", "B", "C", "D", "none told"}


def compared(*names: str, own: Scenario | None = None, **how: Any) -> dict[str, Row]:
    asked = scenarios(made(), [own] if own else [], names)
    return {row.scenario.name: row for row in compare(made(), asked, How(gap=1e-2, **how))}


def test_scenarios_stand_side_by_side() -> None:
    own = Scenario(name="dear radios", products=(ProductChange(role="radio", price_factor=1.03),))
    found = compared("as-told", "no-ban-30", "dear radios", "refund-39.5", own=own)
    cost = {name: row.outcome.cost for name, row in found.items()}
    assert cost["no-ban-30"] < cost["as-told"] < cost["dear radios"]  # type: ignore[operator]
    # The made-up carrier is refunded at 39.5 % as it is.
    assert found["refund-39.5"].same_as == "as-told"
    assert found["refund-39.5"].outcome is found["as-told"].outcome


def test_what_is_bought_of_makers_now_forbidden_stays_exposed() -> None:
    found = compared("no-ban-40")["no-ban-40"]
    exposed = {new.product for new in found.scenario.add}
    assembled = assemble(found.network)
    solution = solve(assembled.problem, gap=1e-2)
    bought = work_table(assembled, solution).filter(pl.col("product").is_in(exposed))
    points = assembled.work.units.sort("unit")["points"].to_numpy()
    assert bought.height
    assert found.outcome.exposure is not None
    assert (points * solution.quarter).sum() < found.outcome.exposure <= points.sum() * 12


def test_before_refunds_is_what_the_plan_costs_where_nothing_is_refunded() -> None:
    network = made()
    assembled = assemble(network)
    solution = solve(assembled.problem, gap=1e-2)
    found = outcome_of(assembled, solution, How(), why=False)
    settings = network.settings.model_copy(update={"refunds": (), "exposure_price": 0.0})
    without = empty_board(assemble(replace(network, settings=settings)).problem).cost
    assert found.before_refunds == pytest.approx(without[solution.option, solution.quarter].sum())
    assert found.cost is not None
    assert found.cost < 0.8 * without[solution.option, solution.quarter].sum()


def test_scenarios_that_there_are_not_or_are_twice() -> None:
    with pytest.raises(UsageError, match="no scenario is called"):
        scenarios(made(), [], ("as-tld",))
    with pytest.raises(UsageError, match='two scenarios are called "as-told"'):
        scenarios(made(), [Scenario(name="as-told")])


def test_the_scenario_that_others_are_held_against_is_planned_first() -> None:
    asked = scenarios(made(), [])
    assert held_against(asked, None) == asked
    assert asked[0].name == "as-told"
    names = [one.name for one in held_against(asked, "no-ban-40")]
    assert names == ["no-ban-40", *(one.name for one in asked if one.name != "no-ban-40")]
    with pytest.raises(UsageError, match='"no-ban" is not among the scenarios asked; '):
        held_against(asked, "no-ban")


def test_draws_without_a_plan_are_dearer_than_all_others() -> None:
    found = sampled(INFEASIBLE["products: no approved radio"](), 2, How())
    assert found.without == 2
    assert set(found.cost.values()) == {None} == set(found.done.values())


def test_prices_of_makers_now_forbidden_are_as_uncertain_as_those_of_their_rivals() -> None:
    (scenario,) = scenarios(made(), [], ("no-ban-30",))
    for new in scenario.add:
        assert new.price_low < new.price < new.price_high  # type: ignore[operator]
    products = applied(made(), scenario).products.filter(pl.col("product") == scenario.add[0].product)
    told = scenario.add[0].price_low, scenario.add[0].price, scenario.add[0].price_high
    assert products.select("price_low", "price_average", "price_high").row(0) == told


def test_a_scenario_that_changes_nothing_is_the_network() -> None:
    assert applied(made(), Scenario(name="same")).sha256 == made().sha256


def test_a_cap_that_what_stays_breaks_leaves_no_plan_though_nothing_is_bought_of_that_maker(
    tmp_path: Path,
) -> None:
    settings, tables = small()
    tables["installed"][2] |= {"maker": "Samsung", "quantity": 30}
    capped = Scenario(name="capped", settings={"caps": [{"role": "radio", "share": 0.5, "maker": "Samsung"}]})
    network = applied(read_network(write_folder(tmp_path, settings, tables)), capped)
    assert outcome(network, How()).state == "impossible"


def test_refunds_are_in_full_and_as_the_programme_paid(tmp_path: Path) -> None:
    settings, tables = small()
    settings["refunds"] = [{"share": 0.8, "lag": 2}]
    known = builtin(read_network(write_folder(tmp_path, settings, tables)))
    shares = {one.name: one.settings["refunds"][0]["share"] for one in known if "refunds" in one.settings}
    assert shares == {"refund-100": 1.0, "refund-39.5": 0.395}


@pytest.mark.parametrize("quarters", [5, 12])
def test_a_scenario_of_another_horizon_keeps_the_limits(tmp_path: Path, quarters: int) -> None:
    network = read_network(write_folder(tmp_path, *small()))
    changed = applied(network, Scenario(name="horizon", settings={"quarters": quarters}))
    problem = assemble(changed).problem
    assert problem.money.new.sum() == network.money["amount"].sum()
    assert problem.crews.tolist() == [[400.0] * quarters]
    with pytest.raises(InputError, match="begins in another quarter"):
        applied(network, Scenario(name="later", settings={"first_quarter": "2028-Q1"}))


def test_names_that_the_network_does_not_have_are_refused(tmp_path: Path) -> None:
    network = read_network(write_folder(tmp_path, *small()))
    dear = Scenario(name="dear", products=(ProductChange(maker="Nokai", price_factor=2),))
    with pytest.raises(NetworkError, match='products: the maker "Nokai" is not in the network'):
        scenarios(network, [dear])
    more = MoreMoney(owner="Oen", quarter="2031-Q1", amount=1)
    with pytest.raises(NetworkError) as refused:
        refuse_strange_relaxation(network, Relaxation(money=(more,), caps=(HigherCap(cap=3, share=1),)), "by")
    told = " ".join(refused.value.lines())
    assert all(one in told for one in ('owner "Oen"', "no number 3", "2031-Q1 is outside of the horizon"))


def test_what_is_alike_falls_out_of_a_comparison_draw_by_draw() -> None:
    found = sampled(made(), 2, How())
    assert len(found.costs) == 2
    assert len(set(found.costs)) == 2
    dearer = replace(found, costs=tuple(None if cost is None else 1.1 * cost for cost in found.costs))
    assert extra(dearer, found) == pytest.approx([0.1, 0.1])
    assert extra(replace(dearer, costs=(None, dearer.costs[1])), found) == pytest.approx([0.1])


def test_the_same_seed_draws_the_same() -> None:
    first, again, other = (drawn(made(), np.random.default_rng(seed)).sha256 for seed in (1, 1, 2))
    assert first == again != other


def test_a_gap_is_told_only_where_all_choices_were_planned_with(tmp_path: Path) -> None:
    settings, tables = small()
    settings |= {"down_share": 1, "caps": []}
    for limits in ("supply", "crews", "money"):
        del tables[limits]
    assembled = assemble(read_network(write_folder(tmp_path, settings, tables)))
    solution = solve(assembled.problem)
    assert outcome_of(assembled, solution, How(), why=False).gap == solution.gap
    assert outcome_of(replace(assembled, complete=False), solution, How(), why=False).gap is None


def test_sooner_never_costs_less() -> None:
    points = list(islice(frontier(made(), How(gap=1e-2), step=1), 2))
    cost = [point.outcome.cost for point in points if point.outcome.cost is not None]
    assert len(cost) >= 2
    assert all(late <= soon * (1 + 1e-2) for late, soon in pairwise(cost))
