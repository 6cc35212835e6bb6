"""Numbers on the page are those of the tables, read a second time by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest

from clearband.planning.checking import spending as checked
from clearband.planning.checking.held import hold
from clearband.reports.plan import money, use
from tests.planning.checking.by_hand import Reading, claims
from tests.planning.checking.rows import MadePlan, MadeUp
from tests.reports.plan.conftest import Report, Reported
from tests.reports.reading_pages import Element


def cells(element: Element, table: int = 0) -> dict[str, list[str]]:
    """Rows of a table by their first cell."""
    found = {}
    for row in element.all("table")[table].all("tr")[1:]:
        found[row.all("th")[0].words()] = [cell.words() for cell in row.all("td")]
    return found


def number(text: str) -> float:
    return float(text.replace(",", "").rstrip("%"))


def table_of(reported: Reported, caption: str) -> dict[str, list[str]]:
    """The table whose caption begins so."""
    (found,) = (
        one for one in reported.page.all("table") if one.all("caption")[0].words().startswith(caption)
    )
    return cells(Element("", {}, children=[found]))


def test_costs_by_category_are_those_of_the_rows(reported: Reported, made: MadeUp, plan: MadePlan) -> None:
    reading = Reading(made, plan)
    shown = cells(reported.page.by_id("summary"))
    equipment = sum(row["units"] * row["product"]["price_average"] for row in reading.rows)
    labour = sum(row["hours"] for row in reading.rows) * 90
    assert number(shown["Equipment"][0]) == pytest.approx(equipment, abs=0.5)
    assert number(shown["Installing"][0]) == pytest.approx(labour, abs=0.5)
    assert number(shown["Taking down"][0]) == pytest.approx(labour * 0.3, abs=0.5)
    assert number(shown["All spending"][0]) == pytest.approx(
        sum(amount for *_, amount in reading.spending()), abs=0.5
    )
    assert number(shown["Refunds"][0]) == pytest.approx(
        -sum(amount for *_, amount in reading.refunds()), abs=0.5
    )
    assert number(shown["Net present cost"][1]) == pytest.approx(reading.numbers()[0], abs=0.5)


def test_the_categories_add_up_to_the_net_present_cost(reported: Reported) -> None:
    worth = {kind: amount for kind, _, amount in reported.told.summary.costs}
    total = worth.pop("net present cost")
    assert worth.pop("all spending") == pytest.approx(sum(worth[kind] for kind in money.KINDS))
    assert total == pytest.approx(sum(worth.values()))


def test_spending_by_kind_is_the_spending_that_the_rules_look_at(reported: Reported) -> None:
    held = hold(reported.network, reported.plan)
    keys = ["owner", "group", "q"]
    ours = money.spending(held).group_by(keys).agg(pl_sum()).sort(keys)
    theirs = checked.spending(held).group_by(keys).agg(pl_sum()).sort(keys)
    assert ours.select(keys).equals(theirs.select(keys))
    assert ours["amount"].to_list() == pytest.approx(theirs["amount"].to_list())


def pl_sum() -> object:
    import polars as pl

    return pl.col("amount").sum()


def test_money_of_an_owner_adds_up_quarter_by_quarter(
    reported: Reported, made: MadeUp, plan: MadePlan
) -> None:
    reading = Reading(made, plan)
    shown = table_of(reported, "USD of alpha")
    for q, quarter in ((0, "2027-Q1"), (7, "2028-Q4"), (19, "2031-Q4")):
        spent = sum(amount for owner, _, at, amount in reading.spending() if owner == "alpha" and at <= q)
        back = sum(amount for owner, _, at, amount in reading.refunds() if owner == "alpha" and at <= q)
        new = sum(reading.allowed(made.money, ("owner",), ("alpha",), "amount", at) for at in range(q + 1))
        row = [number(cell) for cell in shown[quarter]]
        assert row == pytest.approx([spent, back, new, new + back - spent], abs=0.5)


def test_refunds_after_the_horizon_are_told_beside_the_curve(
    report: Report, made: MadeUp, plan: MadePlan
) -> None:
    made.settings["refunds"][0]["lag"] = 12
    plan.claims = {}
    reading = Reading(made, plan)
    after = sum(amount for owner, _, q, amount in reading.refunds() if owner == "alpha" and q >= 20)
    assert after
    plan.claims = claims(made, plan)
    words = report(made, plan).page.by_id("money-s").words()
    assert f"USD {after:,.0f} more comes back after the horizon." in words


def test_exposure_of_all_quarters_is_the_exposure_of_the_plan(
    reported: Reported, made: MadeUp, plan: MadePlan
) -> None:
    shown = table_of(reported, "Points by role")
    assert number(shown["All"][-1]) == pytest.approx(Reading(made, plan).numbers()[1], rel=1e-5)


def test_sites_of_a_region_are_counted_once_a_quarter(
    reported: Reported, made: MadeUp, plan: MadePlan
) -> None:
    sites = defaultdict(set)
    for row in Reading(made, plan).rows:
        sites[row["home"]["region"], row["q"]].add(row["site"]["site"])
    shown = table_of(reported, "Sites with work by region")
    used = sorted({q for _, q in sites})
    for region in ("north", "south"):
        assert [number(cell) for cell in shown[region][4:]] == [len(sites[region, q]) for q in used]


def test_makers_at_the_end_are_those_that_stay_and_those_that_come(reported: Reported) -> None:
    shown = table_of(reported, "Makers of each role")
    assert shown["radio: Huaxin"][1] == "0"
    assert shown["radio: Huaxin"][3] == "0.0%"
    units = {name: (number(row[0]), number(row[1])) for name, row in shown.items() if "radio" in name}
    assert sum(now for now, _ in units.values()) == sum(end for _, end in units.values())
    assert shown["radio: Boreal"][4] == "70.0%"
    assert shown["transport: Castel"][4] == ""
    told = reported.page.by_id("suppliers-s").words()
    assert "The settings ask for 2 makers of baseband with at least 25.0% each." in told


def test_hours_against_crews_are_those_of_installing_and_taking_down(
    reported: Reported, made: MadeUp, plan: MadePlan
) -> None:
    reading = Reading(made, plan)
    hours: dict[int, float] = defaultdict(float)
    for row in reading.rows:
        if row["home"]["region"] == "north":
            hours[row["q"]] += row["hours"]
            hours[row["q"] + 1] += row["hours"] * 0.3
    found = use.crews(hold(reported.network, reported.plan))
    north = {row["q"]: row for row in found.iter_rows(named=True) if row["what"] == "north"}
    assert {q: row["used"] for q, row in north.items() if row["used"]} == pytest.approx(hours)
    assert {row["limit"] for row in north.values()} == {90.0, 1200.0}
    assert "Without a limit: south." in reported.page.by_id("limits-s").words()


def test_sites_by_the_quarter_of_their_last_work_are_all_sites(reported: Reported, made: MadeUp) -> None:
    shown = table_of(reported, "Sites by the quarter")
    assert sum(number(row[0]) for row in shown.values()) == len(made.sites)


def test_money_that_rests_on_each_grade_and_on_what_is_not_known(
    reported: Reported, made: MadeUp, plan: MadePlan
) -> None:
    reading = Reading(made, plan)
    amounts: dict[str, float] = defaultdict(float)
    unknown = 0.0
    for row in reading.rows:
        amount = row["units"] * row["product"]["price_average"]
        amounts[row["product"]["price_grade"] or "none"] += amount
        if row["item"]["must_go"] in ("unknown", ""):
            unknown += amount + row["hours"] * 90 * 1.3
    shown = cells(reported.page.by_id("summary"), 1)
    assert {grade: number(row[3]) for grade, row in shown.items()} == pytest.approx(amounts, abs=0.5)
    words = reported.page.by_id("summary").words()
    assert "Of 4 items it is not known whether they must go; they are planned as if they went" in words
    assert f"USD {unknown:,.0f} of equipment and work hang on it, at 4 sites" in words


def test_the_distance_from_the_best_is_told_with_its_bound(reported: Reported) -> None:
    assert reported.told.summary.gap == pytest.approx(0.01)
    assert "At most 1.0000% from the best plan there is" in reported.page.by_id("summary").words()


def test_a_plan_that_breaks_rules_says_so_and_claims_no_distance(
    report: Report, made: MadeUp, plan: MadePlan
) -> None:
    lost = [row for row in plan.work if row["site"] == "a1-2"]
    plan.work = [row for row in plan.work if row not in lost]
    made.supply[0]["units"] = 5
    reported = report(made, plan)
    words = reported.page.by_id("summary").words()
    assert "This plan breaks its network's rules" in words
    assert "rule 8, supply:" in words
    assert f"{len(lost)} items must go and cannot be found in the plan" in words
    assert "Every date is kept" not in words, "of what is not planned nobody knows"
    assert "the last of the old equipment is down" not in words
    assert (
        f"{len(lost)} items that must go and are in no plan stay exposed"
        in reported.page.by_id("exposure-s").words()
    )
    assert reported.told.summary.gap is None
    assert "from the best plan" not in words
    assert table_of(reported, "Sites by the quarter")["something must go, nothing is planned"] == ["1"]
    over = [one for one in reported.page.all("rect") if "over" in (one.attributes.get("class") or "")]
    assert over


def test_a_plan_without_a_bound_says_that_it_is_not_known(
    report: Report, made: MadeUp, plan: MadePlan
) -> None:
    plan.claims |= {"bound": None, "gap": None}
    words = report(made, plan).page.by_id("summary").words()
    assert "How far it is from the best is not known: the plan tells no bound." in words


def test_a_network_in_which_nothing_goes_has_a_page(report: Report, made: MadeUp, plan: MadePlan) -> None:
    for item in made.installed:
        item["must_go"] = "no"
    plan.work = []
    words = report(made, plan).page.by_id("summary").words()
    assert "0 items (0 units) at 0 sites of 41 are replaced" in words
    assert "Nothing is planned." in words


def out_of_the_horizon(_: MadeUp, plan: MadePlan) -> None:
    plan.work[0]["quarter"], plan.work[1]["quarter"] = "2025-Q1", "2090-Q1"
    plan.work[2]["quarter"] = plan.work[3]["removed"] = "soon"


def an_item_twice(_: MadeUp, plan: MadePlan) -> None:
    plan.work.append({**plan.work[0], "quarter": "2029-Q1"})


def no_price(made: MadeUp, _: MadePlan) -> None:
    for product in made.products:
        product["price_average"] = ""


def no_work(_: MadeUp, plan: MadePlan) -> None:
    plan.work = []


def limits_of_nothing(made: MadeUp, _: MadePlan) -> None:
    made.settings["down_share"] = 0
    made.crews.append({"region": "south", "quarter": "2027-Q1", "hours": 0})


@pytest.mark.parametrize("spoil", [out_of_the_horizon, an_item_twice, no_price, no_work, limits_of_nothing])
def test_any_plan_that_can_be_read_has_a_page(
    report: Report, made: MadeUp, plan: MadePlan, spoil: Callable[[MadeUp, MadePlan], None]
) -> None:
    spoil(made, plan)
    reported = report(made, plan)
    assert reported.told.summary.broken
    shown = reported.page.by_id("summary").words()
    assert all(line in shown for line in reported.told.summary.broken)
    assert sum(number(row[0]) for row in table_of(reported, "Sites by the quarter").values()) == 41
