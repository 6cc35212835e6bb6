"""What a plan comes to, in the words and tables of its first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.planning.checking import TITLES, Checked, Plan
from clearband.planning.checking.held import Held
from clearband.planning.checking.objective import Numbers, numbers
from clearband.planning.prices import load_prices
from clearband.reports.plain_text import count
from clearband.reports.plan.money import KINDS, by_grade, came_back, discounted, lines_of, running
from clearband.reports.plan.time_tables import not_planned, slack_days

_MILLIONTH: Final = 1e-6
_NAMED: Final = 5
RULES: Final = sum(name.isdigit() for name in TITLES)


@dataclass(frozen=True)
class Summary:
    """The first page.

    Attributes:
        lead: The two lines that matter most.
        lines: Further ones.
        broken: A line for each rule that the plan breaks, none when it keeps all.
        costs: Kind of cost; amount as paid and discounted.
        prices: Grade, what it means, products, units, amount, share.
        made: Cost, exposure and objective made anew.
        gap: From the bound to the objective; None where no bound holds.
    """

    lead: tuple[str, ...]
    lines: tuple[str, ...]
    broken: tuple[str, ...]
    costs: tuple[tuple[str, float | None, float], ...]
    prices: tuple[tuple[str, str, int, int, float, float], ...]
    made: Numbers
    gap: float | None


def summarise(held: Held, plan: Plan, checked: Checked, spent: pl.DataFrame) -> Summary:
    """Everything that the first page says."""
    made = numbers(held)
    broken = _broken(checked)
    gap, how_far = _gap(plan, made, checked, held.settings.currency)
    what, *lost = _what(held)
    lines = [*lost, how_far, *_dates(held), *_bought_from(held), *_unknown(held), *_prices_in_words(held)]
    return Summary(
        lead=(what, _cost_line(held, made, spent), _when(held)),
        lines=tuple(lines),
        broken=broken,
        costs=tuple(_costs(held, made, spent)),
        prices=tuple(_prices(held)),
        made=made,
        gap=gap,
    )


def _broken(checked: Checked) -> tuple[str, ...]:
    counts = checked.violations.group_by("rule", maintain_order=True).len()
    return tuple(
        f"{'rule ' + name + ', ' if name.isdigit() else ''}{TITLES[name]}: {count(number, 'violation')}"
        for name, number in counts.iter_rows()
    )


def _cost_line(held: Held, made: Numbers, spent: pl.DataFrame) -> str:
    money = held.settings.currency
    total = float(spent["amount"].sum())
    back = float(came_back(held, spent)["amount"].sum())
    refunds = f", of which refunds bring {money} {back:,.0f} back" if back else ""
    return f"{money} {total:,.0f} is spent{refunds}. Net present cost: {money} {made.cost:,.0f}."


def _when(held: Held) -> str:
    if held.rows.is_empty():
        return "Nothing is planned."
    settings, q = held.settings, held.rows["q"]
    first, last = int(q.min()), int(q.max())  # type: ignore[arg-type]
    down = settings.quarter_name(last + settings.overlap_quarters)
    # Of what is in no plan nobody knows when it goes.
    what = "what the plan holds" if not_planned(held) else "the old equipment"
    return (
        f"Work from {settings.quarter_name(first)} to {settings.quarter_name(last)}; "
        f"the last of {what} is down by the end of {down}."
    )


def _what(held: Held) -> list[str]:
    rows = held.rows
    work = rows.select(pl.struct("cluster", "group").n_unique()).item()
    lines = [
        (
            f"{count(rows.height, 'item')} ({count(int(rows['quantity'].sum() or 0), 'unit')}) at "
            f"{count(rows['site'].n_unique(), 'site')} of {held.network.sites.height:,} are replaced, "
            f"in {count(work, 'unit')} of work."
        )
    ]
    lost = not_planned(held)
    if lost:
        lines.append(
            f"{count(lost, 'item')} must go and cannot be found in the plan with a known product and "
            "quarter: no number here holds them."
        )
    return lines


def _gap(plan: Plan, made: Numbers, checked: Checked, currency: str) -> tuple[float | None, str]:
    if plan.bound is None:
        return None, "How far it is from the best is not known: the plan tells no bound."
    if not checked.violations.is_empty():
        return None, "How far it is from the best says nothing while it breaks rules."
    if plan.network_sha256 is None:
        return None, "How far it is from the best is not known: its bound names no network."
    if made.objective <= 0:
        return None, "How far it is from the best is not told: there is no cost to compare."
    gap = max(0.0, (made.objective - plan.bound) / made.objective)
    far = f"At most {gap:.4%} from" if gap >= _MILLIONTH else "To a millionth it is"
    what = "cost" if made.cost == made.objective else "cost and price of exposure together"
    return gap, (
        f"{far} the best plan there is ({what} {currency} {made.objective:,.0f}, and no plan has "
        f"less than {plan.bound:,.0f}); the bound is the optimiser's, and is not proved again here."
    )


def _dates(held: Held) -> list[str]:
    days = slack_days(held)
    if days is None:
        return ["No item has a date by which it must be out."]
    if days < 0:
        return [f"The tightest date is missed by {count(-days, 'day')}."]
    if lost := not_planned(held):
        return [
            (
                f"Of {count(lost, 'item')} it is not known whether their dates are kept; of what the plan "
                f"holds, the tightest has {count(days, 'day')} to spare."
            )
        ]
    return [f"Every date is kept; the tightest with {count(days, 'day')} to spare."]


def _bought_from(held: Held) -> list[str]:
    makers = (
        lines_of(held)
        .group_by("maker")
        .agg(pl.col("equipment").sum())
        .sort("equipment", "maker", descending=[True, False])
    )
    total = float(makers["equipment"].sum())
    if not total:
        return []
    named = [
        f"{row['maker']} {row['equipment'] / total:.0%}" for row in makers.head(_NAMED).iter_rows(named=True)
    ]
    more = f" and {makers.height - _NAMED:,} more" if makers.height > _NAMED else ""
    return [f"Equipment is bought from {', '.join(named)}{more} (shares of its money)."]


def _unknown(held: Held) -> list[str]:
    items = held.network.installed.filter(pl.col("must_go") == "unknown")
    if items.is_empty():
        return ["Of every item it is known whether it must go."]
    said = f"Of {count(items.height, 'item')} it is not known whether they must go"
    if held.settings.unknown == "keep":
        return [f"{said}; they stay in this plan, and nothing here pays for them."]
    lines = lines_of(held).join(items.select("item"), on="item", how="semi")
    amount = float(
        lines.select(pl.sum_horizontal("equipment", "installing", "taking_down").sum()).item() or 0
    )
    money = held.settings.currency
    return [
        (
            f"{said}; they are planned as if they went: {money} {amount:,.0f} of equipment and work hang on "
            f"it, at {count(lines['site'].n_unique(), 'site')}."
        )
    ]


def _prices_in_words(held: Held) -> list[str]:
    grades = by_grade(held)
    total = float(grades["amount"].sum())
    weak = float(grades.filter(pl.col("grade").is_in(["C", "D", "-"]))["amount"].sum())
    lines = [f"Prices are the {held.settings.price} ones of the catalogue."]
    if total and weak:
        lines.append(
            f"{weak / total:.0%} of the equipment money rests on prices of grade C, D or none: put offers in "
            "their place before money is asked for."
        )
    return lines


def _costs(held: Held, made: Numbers, spent: pl.DataFrame) -> list[tuple[str, float | None, float]]:
    """Kinds of cost, as paid and discounted; the last line is the net present cost."""
    rows: list[tuple[str, float | None, float]] = []
    for kind in KINDS:
        flow = spent.filter(pl.col("kind") == kind)
        rows.append((kind, float(flow["amount"].sum()), discounted(held, flow)))
    rows.append(("all spending", float(spent["amount"].sum()), discounted(held, spent)))
    back = came_back(held, spent)
    rows.append(("refunds", 0.0 - float(back["amount"].sum()), 0.0 - discounted(held, back)))
    years = running(held)
    rows.append(("yearly cost of the old until it is replaced", None, years["old"]))
    rows.append(("yearly cost of the new to the end of the horizon", None, years["new"]))
    rows.append(("net present cost", None, made.cost))
    return rows


def _prices(held: Held) -> list[tuple[str, str, int, int, float, float]]:
    meant: dict[str, Any] = {"-": "The catalogue does not say.", **load_prices().grades}
    # Products begun at default prices have this grade where no published figure was read, too.
    meant["D"] = f"{meant['D'].removesuffix('.')}. Or an illustration: price_source of products tells which."
    found = by_grade(held)
    total = float(found["amount"].sum()) or 1.0
    return [
        (
            "none" if row["grade"] == "-" else row["grade"],
            meant.get(row["grade"], "As the catalogue grades it."),
            row["products"], row["units"], row["amount"], row["amount"] / total,
        )
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
