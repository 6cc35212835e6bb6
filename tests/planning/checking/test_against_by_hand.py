"""Plans and networks changed at random: the checker breaks the same rules as the reading by hand."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from clearband.planning.checking import check, read_plan
from clearband.planning.network import read_network
from tests.planning.checking import by_hand, made_up
from tests.planning.checking.conftest import rules
from tests.planning.checking.rows import MadePlan, MadeUp, text

NETWORK = made_up.network()
PLAN = made_up.plan(NETWORK)
UNITS = sorted({(row["cluster"], row["group"]) for row in PLAN.work})
ITEMS = [row["item"] for row in NETWORK.installed]
PRODUCTS = [row["product"] for row in NETWORK.products]
MAKER = {row["product"]: row["maker"] for row in NETWORK.products}
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "overlap_quarters": st.sampled_from([0, 1]),
    "removal_share": st.sampled_from([0, 0.5]),
    "down_share": st.sampled_from([0.2, 0.35, 0.5]),
    "core_first": st.booleans(),
    "unknown": st.sampled_from(["keep", "replace"]),
    "conditional": st.booleans(),
    "price": st.sampled_from(["low", "high"]),
    "discount_rate": st.sampled_from([0, 0.15]),
    "caps": st.sampled_from([[], [{"role": "radio", "share": 0.62}], [{"role": "cpe", "share": 0.5}]]),
    "refunds": st.sampled_from([[], [{"share": 0.5, "lag": 6, "groups": ["ran", "transport"]}]]),
}


@st.composite
def changes(draw: st.DrawFn) -> tuple[MadeUp, MadePlan]:
    made, plan = NETWORK.copy(), PLAN.copy()
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(
            st.sampled_from(["move", "move", "product", "product", "row", "setting", "limit", "item"])
        )
        unit = plan.unit(*draw(st.sampled_from(UNITS)))
        if kind == "move" and unit:
            plan.move(unit[0]["cluster"], unit[0]["group"], draw(st.integers(0, 20)))
        elif kind == "product" and unit:
            role = draw(st.sampled_from(sorted({row["role"] for row in unit})))
            product = draw(st.sampled_from(PRODUCTS))
            chosen = [row for row in unit if row["role"] == role]
            for row in chosen[: draw(st.sampled_from([1, 99]))]:
                row.update(product=product, maker=MAKER[product])
        elif kind == "row" and unit:
            change_row(draw, plan, draw(st.sampled_from(unit)))
        elif kind == "setting":
            key = draw(st.sampled_from(sorted(SETTINGS)))
            made.settings[key] = draw(SETTINGS[key])
        elif kind == "limit":
            table, value = draw(
                st.sampled_from([("supply", "units"), ("crews", "hours"), ("money", "amount")])
            )
            row = draw(st.sampled_from(made.tables[table]))
            row[value] = row[value] * draw(st.sampled_from([0, 0.4, 0.6, 0.9, 0.98, 2]))
        elif kind == "item":
            item = draw(st.sampled_from(made.installed))
            item["must_go"] = draw(st.sampled_from(["yes", "no", "unknown", ""]))
    plan.claims = by_hand.claims(made, plan)
    if draw(st.integers(0, 9)) == 0:
        plan.claims["cost"] += 50
    note(f"settings {made.settings}")
    note("\n".join(f"work {row}" for row in plan.work if row not in PLAN.work))
    return made, plan


def change_row(draw: st.DrawFn, plan: MadePlan, row: dict[str, Any]) -> None:
    how = draw(st.sampled_from(["drop", "again", "quantity", "quarter", "removed", "maker", "item", "none"]))
    quarter = text(draw(st.integers(0, 19)))
    if how == "drop":
        plan.work.remove(row)
    elif how == "again":
        plan.work.append({**row, "quarter": quarter})
    elif how == "item":
        row["item"] = draw(st.sampled_from(ITEMS))
    elif how == "none":
        row[draw(st.sampled_from(["quarter", "removed", "product"]))] = ""
    else:
        row[how] = {"quantity": row["quantity"] + 1, "maker": "Boreal"}.get(how, quarter)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes())
def test_the_checker_finds_what_reading_by_hand_finds(changed: tuple[MadeUp, MadePlan]) -> None:
    made, plan = changed
    with tempfile.TemporaryDirectory() as folder:
        network = read_network(made.write(Path(folder) / "net"))
        told = read_plan(plan.write(Path(folder) / "plan"))
    assert rules(check(network, told)) == by_hand.broken(made, plan)
