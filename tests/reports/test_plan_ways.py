"""Scenarios side by side, and cost against time, as a person reads them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from clearband.planning.answers.binding import weighty
from clearband.planning.answers.compare import Row
from clearband.planning.answers.frontier import Point
from clearband.planning.answers.outcome import Outcome
from clearband.planning.answers.samples import Sampled, percentiles
from clearband.planning.answers.scenario import Scenario
from clearband.planning.answers.shadow import Shadow, Shadows
from clearband.planning.network.network import Network
from clearband.reports.plan_explained import binding_lines, shadow_words
from clearband.reports.plan_ways import compare_head, compare_notes, frontier_head, frontier_line
from tests.planning.answers.infeasible import made


def for_cost_alone() -> Network:
    settings = made().settings.model_copy(update={"exposure_price": 0.0})
    return replace(made(), settings=settings)


def row(name: str, cost: float | None, *, draws: tuple[float | None, ...] = (), told: bool = False) -> Row:
    found = Outcome("not-found") if cost is None else Outcome("plan", cost, 1.5 * cost, 7.0, 0.0)
    sampled = None
    if draws:
        costs = percentiles([float("inf") if one is None else one for one in draws])
        sampled = Sampled(len(draws), draws.count(None), costs, dict.fromkeys(costs, "2031-Q4"), draws)
    return Row(Scenario(name=name), made() if told else for_cost_alone(), None, found, sampled)


def notes(*rows: Row) -> str:
    return "\n".join(compare_notes(made(), rows, 0.0))


def test_what_the_ban_costs_is_like_held_against_like() -> None:
    told = notes(row("as-told", 120.0, told=True), row("cost-alone", 110.0), row("no-ban-30", 100.0))
    assert "The ban costs 10 USD, +10.0% (+10.0% before refunds): cost-alone held against no-ban-30." in told
    # What is told pays for haste besides, and would make the ban dearer than it is.
    assert "The ban costs" not in notes(row("as-told", 120.0, told=True), row("no-ban-30", 100.0))
    assert "as-told held against no-ban-40" in notes(row("as-told", 120.0), row("no-ban-40", 100.0))
    assert "The ban costs" not in notes(row("cost-alone", None), row("no-ban-30", 100.0))


def test_draws_are_held_against_each_other_one_by_one() -> None:
    told = notes(
        row("cost-alone", 110.0, draws=(110.0, 210.0, None)),
        row("no-ban-30", 100.0, draws=(100.0, 200.0, 150.0)),
    )
    assert "The ban costs, draw by draw (cost-alone against no-ban-30; 2 draws with a plan of both):" in told
    assert "5 % +5.0%, 25 % +5.0%, 50 % +5.0%, 75 % +10.0%, 95 % +10.0%" in told
    assert re.search(r"cost-alone +cost +110 +110 +210 +no plan +no plan +1 of 3\n", told)


def test_it_is_told_what_costs_are_held_against_and_how_near_to_the_best_plans_are() -> None:
    told = "\n".join([*compare_head(made(), "as-told", 1e-3, 16), *frontier_head(made(), 0.005)])
    assert '"against" is cost, held against that of as-told; each plan is sought to within 0.1 % of' in told
    assert "within 0.5 % of the best (--gap)" in told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Outcome("impossible", clash="money: a; supply: b radio"), "cannot hold together: money: a; supply"),
        (Outcome("impossible", clash="crews: R01"), "no plan   cannot hold: crews: R01"),
        (Outcome("impossible", clash="a cap broken; see plan check"), "no plan   a cap broken; see"),
        (Outcome("not-found"), "none found   no plan was found, which does not prove that there is none"),
    ],
)
def test_where_there_is_no_plan_the_line_says_what_is_known_of_it(found: Outcome, told: str) -> None:
    assert told in frontier_line(made(), Point(3, found), 100.0)


def shadow(kind: str, saves: float, worth: float) -> Shadow:
    return Shadow(kind, "carrier-1", 3, "1,000 USD more", 1.0, saves, saves, worth)


def test_next_to_nothing_binds_nothing() -> None:
    small, large = shadow("money", 5.0, 900.0), shadow("crews", 5.0, 1_100.0)
    assert weighty([small, large], 1e6) == {"crews": 1_100.0}
    # Two limits of a kind on which little hangs are more than one.
    assert list(weighty([small, small], 1e6)) == ["money"]
    # Of a date only the most that it can save is known.
    assert list(weighty([shadow("date", 9e4, 9e4), large], 1e6)) == ["crews", "date"]
    # Nothing hangs on what there is of a limit of nought, and much on the first bit of it.
    assert weighty([shadow("supply", 2_000.0, 0.0)], 1e6) == {"supply": 2_000.0}


def test_it_is_told_first_on_which_kind_of_limit_most_hangs() -> None:
    rows = [
        replace(shadow("money", 6_000.0, 7_000.0), name="carrier-1"),
        replace(shadow("supply", 500.0, 30_000.0), name="Mavenir baseband"),
        replace(shadow("supply", 100.0, 10_000.0), name="Fujitsu radio"),
        shadow("date", 90_000.0, 90_000.0),
        shadow("service", 2.0, 3.0),
    ]
    told = list(binding_lines(Shadows(rows, sampled=False, feasible=True, value=1e6), made().settings, 10))
    assert told[:2] == [
        "  supply    4.0% of the cost hangs on it, 75% of that on Mavenir baseband",
        "  money     0.7% of the cost hangs on it, all on carrier-1",
    ]
    # Then what a little more saves: dates, of which only the most is known, last; next to nothing not at all.
    assert [line.split(" saves ")[1] for line in told[2:]] == [
        "about 6,000 USD", "about 500 USD", "about 100 USD", "at most 90,000 USD",
    ]  # fmt: skip


def test_savings_are_told_in_words_that_do_not_say_nought() -> None:
    settings = made().settings
    assert shadow_words(shadow("money", 45.6, 1.0), settings).endswith(
        "for carrier-1 by 2027-Q4 saves about 46 USD"
    )
    assert shadow_words(shadow("money", 0.32, 1.0), settings).endswith("saves about 0.32 USD")
    # A date is worth no more than that: all that waits for it would not find room in one quarter.
    assert "saves at most 1,200 USD" in shadow_words(shadow("date", 1_200.0, 1.0), settings)
