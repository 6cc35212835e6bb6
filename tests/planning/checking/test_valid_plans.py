"""A valid plan passes, in any order of rows and with any names; a limit that is just met holds."""

import random
from pathlib import Path

import pytest

from clearband.errors import InputError
from clearband.planning.checking import read_plan
from clearband.planning.network import read_network
from tests.planning.checking import by_hand
from tests.planning.checking.conftest import Check, rules
from tests.planning.checking.rows import MadePlan, MadeUp


def test_a_valid_plan_passes_with_the_numbers_counted_by_hand(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    found = checked(made, plan)
    assert found.violations.is_empty()
    assert found.items == len(plan.work)
    assert found.numbers is not None
    made_anew = (found.numbers.cost, found.numbers.exposure, found.numbers.objective)
    assert made_anew == pytest.approx(by_hand.Reading(made, plan).numbers(), rel=1e-12)


def test_one_item_costs_what_a_pencil_says(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    """2 units at 500 and 3 hours each, in quarter 4 of 8, at 10 % a year; a fifth comes back later."""
    made.settings = {
        "schema": "clearband/network/1",
        "title": "One item",
        "currency": "USD",
        "first_quarter": "2027-Q1",
        "quarters": 8,
        "discount_rate": 0.1,
        "removal_share": 0.25,
        "labour_rate": 50,
        "visit_cost": 70,
        "exposure_price": 10,
        "down_share": 1,
        "refunds": [{"share": 0.2, "lag": 2}],
    }
    made.tables = {name: [] for name in made.tables}
    made.sites.append({"site": "s", "cluster": "c", "criticality": 3})
    made.clusters.append({"cluster": "c", "region": "r", "market": "m", "owner": "o"})
    item = {"item": "i", "site": "s", "role": "transport", "product": "old", "maker": "H", "quantity": 2}
    made.installed.append({**item, "must_go": "yes", "yearly_cost": 40})
    made.products.append(
        {
            "product": "new",
            "maker": "B",
            "role": "transport",
            "price_average": 500,
            "yearly_cost": 20,
            "install_hours": 3,
            "approved": "yes",
        }
    )
    plan.work = [
        {
            "item": "i",
            "site": "s",
            "cluster": "c",
            "group": "transport",
            "role": "transport",
            "old_product": "old",
            "old_maker": "H",
            "quantity": 2,
            "product": "new",
            "maker": "B",
            "quarter": "2028-Q1",
            "removed": "2028-Q2",
        }
    ]
    d = [1.1 ** (-q / 4) for q in range(9)]
    bought, taken_down = 2 * 500 + 2 * 3 * 50 + 70, 2 * 3 * 0.25 * 50
    cost = bought * d[4] + taken_down * d[5] - 0.2 * bought * d[6] - 0.2 * taken_down * d[7]
    cost += 2 * 40 / 4 * sum(d[:4]) + 2 * 20 / 4 * sum(d[4:8])
    plan.claims = {"schema": "clearband/plan/1", "cost": cost, "exposure": 12, "objective": cost + 120}
    assert checked(made, plan).violations.is_empty()


def test_where_nothing_must_go_the_plan_is_empty(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    for row in made.installed:
        row["must_go"] = "no"
    made.settings.update(caps=[], least_makers=[])
    plan.work.clear()
    plan.claims.update(dict.fromkeys(("cost", "exposure", "objective", "bound", "gap"), 0))
    found = checked(made, plan)
    assert found.violations.is_empty()
    assert found.items == 0


def test_a_plan_of_unknown_products_alone_is_told_and_no_more(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    made.settings.update(least_makers=[])
    for row in plan.work:
        row["product"] = "something"
    assert rules(checked(made, plan)) == {"choices"}


def test_the_order_of_rows_changes_nothing(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    made.money[0]["amount"] = made.money[1]["amount"] = 0
    plan.row("a1-1-r1")["quantity"] = 2
    before = checked(made, plan)
    for seed in range(3):
        shuffle = random.Random(seed).shuffle
        shuffle(plan.work)
        for rows in made.tables.values():
            shuffle(rows)
        after = checked(made, plan)
        assert after.numbers == before.numbers
        assert after.violations.equals(before.violations)
    assert rules(before) == {"2", "9"}


def test_other_names_of_sites_items_and_clusters_change_nothing(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    made.supply[0]["units"] = 49
    before = checked(made, plan)
    names = [*{row["site"] for row in made.sites}, *{row["cluster"] for row in made.clusters}]
    names += [row["item"] for row in made.installed]
    other = dict(zip(sorted(names), random.Random(7).sample(range(10_000), len(names)), strict=True))
    for rows in (made.sites, made.clusters, made.installed, plan.work):
        for row in rows:
            for column in {"site", "cluster", "item", "after"} & set(row):
                row[column] = other.get(row[column], row[column])
    after = checked(made, plan)
    assert after.numbers == before.numbers
    assert after.violations.equals(before.violations)
    assert rules(before) == {"8"}


def test_a_limit_that_is_just_met_holds(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    made.crews.append({"region": "north", "quarter": "2028-Q3", "hours": 769})
    made.supply[0]["units"] = 50
    made.settings["down_share"] = 10 / 26
    next(row for row in made.installed if row["item"] == "d3-2-bb")["remove_by"] = "2029-06-30"
    assert checked(made, plan).violations.is_empty()


def test_a_limit_without_a_value_is_none(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    made.supply[0]["units"] = 1
    made.supply += [
        {"maker": "Boreal", "role": "radio", "quarter": f"2028-Q{quarter}"} for quarter in (1, 2, 3, 4)
    ]
    assert checked(made, plan).violations.is_empty()


def test_money_of_a_quarter_without_a_row_is_none_at_all(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    made.money[:] = [{"owner": "beta", "quarter": "2031-Q4", "amount": 10_000_000}]
    assert rules(checked(made, plan)) == {"9"}


def test_old_equipment_is_taken_down_at_once_without_overlap(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    made.settings["overlap_quarters"] = 0
    for row in plan.work:
        row["removed"] = row["quarter"]
    plan.claims = by_hand.claims(made, plan)
    assert checked(made, plan).violations.is_empty()


def test_the_hash_of_the_network_is_compared_when_the_plan_tells_it(
    made: MadeUp, plan: MadePlan, checked: Check, tmp_path: Path
) -> None:
    assert not checked(made, plan).network
    plan.claims["network_sha256"] = read_network(tmp_path / "net").sha256
    same = checked(made, plan)
    assert same.network
    assert same.violations.is_empty()
    made.settings["title"] = "Another"
    assert rules(checked(made, plan)) == {"network"}


def test_a_folder_may_have_any_name(plan: MadePlan, tmp_path: Path) -> None:
    assert read_plan(plan.write(tmp_path / "plan[1]*")).work.height == len(plan.work)


def test_a_column_that_stands_twice_is_refused(plan: MadePlan, tmp_path: Path) -> None:
    table = plan.write(tmp_path / "plan") / "work.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    two = [f"{head},quarter", *(f"{row},2099-Q4" for row in rows)]
    table.write_text("\n".join(two), encoding="utf-8")
    with pytest.raises(InputError, match='the column "quarter" stands twice'):
        read_plan(table.parent)


@pytest.mark.parametrize(("table", "column"), [("installed", "site"), ("sites", "cluster")])
def test_a_network_with_a_name_that_leads_nowhere_cannot_be_used(
    made: MadeUp, plan: MadePlan, checked: Check, table: str, column: str
) -> None:
    made.tables[table][0][column] = "z9"
    with pytest.raises(InputError, match='"z9" is used and not in the table'):
        checked(made, plan)
