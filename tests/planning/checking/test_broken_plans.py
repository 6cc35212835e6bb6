"""Each kind of broken plan is rejected, by the rule it breaks and by no other."""

from collections.abc import Callable

import pytest

from tests.planning.checking import by_hand
from tests.planning.checking.conftest import Check, rules
from tests.planning.checking.rows import MadePlan, MadeUp, text

Break = Callable[[MadeUp, MadePlan], object]
BROKEN: list[tuple[str, str, Break]] = []


def breaks(rule: str) -> Callable[[Break], Break]:
    """The plan, or the network under it, is changed so that only this rule is broken."""

    def add(change: Break) -> Break:
        BROKEN.append((rule, change.__name__.replace("_", " "), change))
        return change

    return add


@breaks("items")
def an_item_is_left_out(made: MadeUp, plan: MadePlan) -> None:
    plan.work.remove(plan.row("a3-2-cpe"))


@breaks("items")
def an_item_stands_twice(made: MadeUp, plan: MadePlan) -> None:
    made.supply[0]["units"] = 50  # which the plan just meets: the second row buys nothing
    plan.work.append(plan.row("a1-1-r1"))


@breaks("items")
def an_item_that_stays_is_replaced(made: MadeUp, plan: MadePlan) -> None:
    kept = next(row for row in made.installed if row["item"] == "b1-5-r3")
    copied = {**plan.row("b1-5-r1"), "item": "b1-5-r3", "old_product": kept["product"], "old_maker": "Boreal"}
    plan.work.append(copied)


@breaks("items")
def an_item_is_not_of_the_network(made: MadeUp, plan: MadePlan) -> None:
    plan.work.append({**plan.row("a3-2-cpe"), "item": "a9-9-cpe"})


@breaks("items")
def an_item_of_which_nothing_is_known_is_kept(made: MadeUp, plan: MadePlan) -> None:
    """Under ``unknown: keep`` the plan replaces what stays, which is no part of it."""
    made.settings["unknown"] = "keep"


@pytest.mark.parametrize("column", ["site", "cluster", "group", "role", "old_product", "old_maker"])
def test_a_row_says_what_the_network_says(made: MadeUp, plan: MadePlan, checked: Check, column: str) -> None:
    plan.row("a1-1-tr")[column] = {"site": "a1-2", "cluster": "a2", "group": "core", "role": "core"}.get(
        column, ""
    )
    found = checked(made, plan)
    assert rules(found) == {"rows"}
    assert found.violations["item"].to_list() == ["a1-1-tr"]
    assert column.replace("_", " ") in found.violations["what"][0]


@breaks("choices")
def a_product_is_not_known(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe")["product"] = "Dorado CPE 2"


@breaks("choices")
def the_maker_is_not_that_of_the_product(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe")["maker"] = "Castel"


@breaks("choices")
def a_quarter_is_none(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe")["quarter"] = "2028-Q5"


@breaks("choices")
def a_quarter_of_removal_is_left_out(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe")["removed"] = ""


@breaks("1")
def a_unit_is_replaced_in_two_quarters(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe").update(quarter=text(8), removed=text(9))


@breaks("1")
def old_equipment_is_taken_down_too_late(made: MadeUp, plan: MadePlan) -> None:
    for row in plan.unit("a3", "cpe"):
        row["removed"] = text(8)


@breaks("1")
def old_equipment_is_taken_down_after_the_horizon(made: MadeUp, plan: MadePlan) -> None:
    plan.move("a3", "cpe", 19)


def test_nothing_is_replaced_before_the_horizon(made: MadeUp, plan: MadePlan, checked: Check) -> None:
    plan.move("a1", "transport", -1)
    plan.claims = by_hand.claims(made, plan)
    assert rules(checked(made, plan)) == {"1", "4"} == by_hand.broken(made, plan)


@breaks("2")
def fewer_units_are_bought(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a1-1-r1")["quantity"] = 2


@breaks("2")
def a_quantity_is_left_out(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a1-1-r1")["quantity"] = ""


@breaks("2")
def a_product_is_not_approved(made: MadeUp, plan: MadePlan) -> None:
    plan.row("d1-1-r1")["product"] = "Castel R9"


@breaks("2")
def a_product_is_approved_with_conditions_and_these_are_not_allowed(made: MadeUp, plan: MadePlan) -> None:
    made.settings["conditional"] = False


@breaks("2")
def a_product_lacks_a_band(made: MadeUp, plan: MadePlan) -> None:
    next(row for row in made.products if row["product"] == "Boreal R1")["bands"] = "B2;B12;n71"


@breaks("2")
def a_product_lacks_the_generation(made: MadeUp, plan: MadePlan) -> None:
    next(row for row in made.products if row["product"] == "Boreal R1")["generations"] = "4G"


@breaks("2")
def a_product_is_of_another_role(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a1-1-tr")["product"] = "Boreal AC"


@breaks("2")
def a_product_has_no_price(made: MadeUp, plan: MadePlan) -> None:
    next(row for row in made.products if row["product"] == "Castel AC")["price_average"] = ""


@breaks("3")
def a_unit_has_two_makers_of_a_role(made: MadeUp, plan: MadePlan) -> None:
    plan.row("a3-1-cpe").update(product="Castel CPE", maker="Castel")


@breaks("3")
def radio_and_baseband_are_of_two_makers(made: MadeUp, plan: MadePlan) -> None:
    for row in plan.unit("d1", "ran"):
        if row["role"] == "baseband":
            row.update(product="Boreal BB", maker="Boreal")


@breaks("3")
def a_pair_is_not_certified(made: MadeUp, plan: MadePlan) -> None:
    made.pairs.clear()


@breaks("3")
def a_new_baseband_does_not_work_with_a_radio_that_stays(made: MadeUp, plan: MadePlan) -> None:
    for row in plan.unit("b1", "ran"):
        row.update(product="Castel BB" if row["role"] == "baseband" else "Castel R1", maker="Castel")


@breaks("3")
def a_radio_that_stays_has_a_maker_that_nobody_told(made: MadeUp, plan: MadePlan) -> None:
    next(row for row in made.installed if row["item"] == "b1-5-r3")["maker"] = ""


@breaks("4")
def a_product_cannot_be_had_yet(made: MadeUp, plan: MadePlan) -> None:
    plan.move("d1", "core", 2)


@breaks("5")
def a_date_is_missed_by_a_day(made: MadeUp, plan: MadePlan) -> None:
    next(row for row in made.installed if row["item"] == "d3-2-bb")["remove_by"] = "2029-06-29"


@breaks("6")
def radio_access_does_not_wait_for_its_core(made: MadeUp, plan: MadePlan) -> None:
    plan.move("a1", "core", 7)


@breaks("6")
def radio_access_does_not_wait_for_the_last_of_two_cores(made: MadeUp, plan: MadePlan) -> None:
    made.money.clear()
    core = next(row for row in made.installed if row["item"] == "a1-1-core")
    made.installed.append({**core, "item": "a2-1-core", "site": "a2-1"})
    placed = {"item": "a2-1-core", "site": "a2-1", "cluster": "a2", "quarter": text(7), "removed": text(8)}
    plan.work.append({**plan.row("a1-1-core"), **placed})


@breaks("6")
def a_leaf_goes_before_its_hub(made: MadeUp, plan: MadePlan) -> None:
    plan.move("a1", "transport", 4)


@breaks("7")
def crews_lack_an_hour(made: MadeUp, plan: MadePlan) -> None:
    made.crews.append({"region": "north", "quarter": "2028-Q3", "hours": 768})


@breaks("7")
def crews_have_rows_but_none_for_the_quarter(made: MadeUp, plan: MadePlan) -> None:
    made.crews.append({"region": "south", "quarter": "2027-Q1", "hours": 5000})


@breaks("8")
def a_maker_delivers_one_radio_less(made: MadeUp, plan: MadePlan) -> None:
    made.supply[0]["units"] = 49


@breaks("9")
def money_is_short(made: MadeUp, plan: MadePlan) -> None:
    made.money[0]["amount"] = made.money[1]["amount"] = 0


@breaks("10")
def money_waits_for_a_refund(made: MadeUp, plan: MadePlan) -> None:
    made.money[2]["amount"] = 930_000


@breaks("11")
def a_region_has_one_site_too_many_under_work(made: MadeUp, plan: MadePlan) -> None:
    plan.move("a2", "access", 5)


@breaks("12")
def a_maker_has_too_much_of_a_role(made: MadeUp, plan: MadePlan) -> None:
    made.settings["caps"][0]["share"] = 0.6


@breaks("12")
def one_maker_has_more_than_its_own_cap(made: MadeUp, plan: MadePlan) -> None:
    made.settings["caps"][1]["share"] = 0.6


@breaks("12")
def a_maker_has_too_much_with_what_stays(made: MadeUp, plan: MadePlan) -> None:
    """Castel has 50 of 200 new radios, and 59 of all 227."""
    made.settings["caps"] = [{"role": "radio", "share": 0.25, "maker": "Castel"}]


@breaks("13")
def a_maker_that_nobody_told_is_none(made: MadeUp, plan: MadePlan) -> None:
    made.settings["least_makers"] = [{"role": "transport", "makers": 3, "share": 0.01}]


@breaks("13")
def the_second_maker_is_too_small(made: MadeUp, plan: MadePlan) -> None:
    made.settings["least_makers"][0]["share"] = 0.4


@pytest.mark.parametrize(
    ("rule", "name", "change"), BROKEN, ids=[f"{rule}: {name}" for rule, name, _ in BROKEN]
)
def test_a_broken_plan_is_rejected_for_its_reason(
    made: MadeUp, plan: MadePlan, checked: Check, rule: str, name: str, change: Break
) -> None:
    change(made, plan)
    if rule.isdigit():
        plan.claims = by_hand.claims(made, plan)
    assert rules(checked(made, plan)) == {rule}
    assert by_hand.broken(made, plan) == {rule}


@pytest.mark.parametrize("claim", ["cost", "exposure", "objective"])
def test_a_claim_that_is_not_true_is_rejected(
    made: MadeUp, plan: MadePlan, checked: Check, claim: str
) -> None:
    plan.claims[claim] *= 1 - 3e-6
    assert rules(checked(made, plan)) == {"14"}


def test_a_bound_above_the_objective_or_a_false_gap_is_rejected(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    plan.claims["gap"] = 0.009
    assert rules(checked(made, plan)) == {"bound"}
    plan.claims.update(bound=plan.claims["objective"] * 1.001, gap=-0.001)
    assert rules(checked(made, plan)) == {"bound"}


def test_claims_are_not_compared_when_the_plan_is_not_whole(
    made: MadeUp, plan: MadePlan, checked: Check
) -> None:
    plan.work.pop()
    plan.claims["cost"] = 1
    found = checked(made, plan)
    assert rules(found) == {"items"}
    assert found.numbers is None
