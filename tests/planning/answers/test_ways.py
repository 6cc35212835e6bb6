"""Prices of limits, scenarios, samples, the frontier."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest

from clearband.errors import InputError, UsageError
from clearband.planning.answers.builtin import builtin
from clearband.planning.answers.compare import compare
from clearband.planning.answers.explain import explain
from clearband.planning.answers.frontier import frontier
from clearband.planning.answers.groups import groups_of
from clearband.planning.answers.known_names import refuse_strange_relaxation
from clearband.planning.answers.outcome import outcome, outcome_of
from clearband.planning.answers.relaxation import HigherCap, MoreMoney, Relaxation
from clearband.planning.answers.samples import drawn
from clearband.planning.answers.scenario import ProductChange, Scenario, applied
from clearband.planning.answers.shadow import shadows
from clearband.planning.network.network import Network
from clearband.planning.network.problems import NetworkError
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import LeastMakers
from clearband.planning.optimise.solve import solve
from clearband.planning.plan.work_table import work_table
from clearband.planning.units.assemble import assemble
from tests.planning.answers.infeasible import made
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


def test_scenarios_stand_side_by_side() -> None:
    own = Scenario(name="dear radios", products=(ProductChange(role="radio", price_factor=1.03),))
    found = compare(made(), [own], ("as-told", "no-ban-30", "dear radios"), gap=1e-2)
    cost = {row.scenario.name: row.outcome.cost for row in found.rows}
    assert cost["no-ban-30"] < cost["as-told"] < cost["dear radios"]  # type: ignore[operator]
    with pytest.raises(UsageError, match="no scenario is called"):
        compare(made(), [], ("as-tld",))


def test_a_scenario_that_changes_nothing_is_the_network() -> None:
    assert applied(made(), Scenario(name="same")).sha256 == made().sha256


def test_a_cap_that_what_stays_breaks_leaves_no_plan_though_nothing_is_bought_of_that_maker(
    tmp_path: Path,
) -> None:
    settings, tables = small()
    tables["installed"][2] |= {"maker": "Samsung", "quantity": 30}
    capped = Scenario(name="capped", settings={"caps": [{"role": "radio", "share": 0.5, "maker": "Samsung"}]})
    assert (
        outcome(applied(read_network(write_folder(tmp_path, settings, tables)), capped)).state == "impossible"
    )


def test_refunds_are_in_full_and_as_the_programme_paid(tmp_path: Path) -> None:
    settings, tables = small()
    settings["refunds"] = [{"share": 0.8, "lag": 2}]
    scenarios = builtin(read_network(write_folder(tmp_path, settings, tables)))
    shares = {one.name: one.settings["refunds"][0]["share"] for one in scenarios if "refunds" in one.settings}
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
        compare(network, [dear])
    more = MoreMoney(owner="Oen", quarter="2031-Q1", amount=1)
    with pytest.raises(NetworkError) as refused:
        refuse_strange_relaxation(network, Relaxation(money=(more,), caps=(HigherCap(cap=3, share=1),)), "by")
    told = " ".join(refused.value.lines())
    assert all(one in told for one in ('owner "Oen"', "no number 3", "2031-Q1 is outside of the horizon"))


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
    assert outcome_of(assembled, solution, why=False).gap == solution.gap
    assert outcome_of(replace(assembled, complete=False), solution, why=False).gap is None


def test_sooner_never_costs_less() -> None:
    points = list(islice(frontier(made(), step=1, gap=1e-2), 2))
    cost = [point.outcome.cost for point in points if point.outcome.cost is not None]
    assert len(cost) >= 2
    assert all(late <= soon * (1 + 1e-2) for late, soon in pairwise(cost))
