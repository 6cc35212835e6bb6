"""What a draft does to an inventory, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from clearband.impact.form import InventoryTold, Level, PlanTold
from clearband.reports.figure_words import number
from clearband.reports.impact.sections import Row, Section, row
from clearband.reports.plain_text import count

_WHAT: Final = {
    "certain": "what goes for certain",
    "with-open": "and what is not known, as if it had to go",
}


def inventory_sections(told: InventoryTold) -> list[Section]:
    """The parts about an inventory: what must go, and the way out."""
    section = Section("The inventory")
    for line in (_asked(told), *_result(told)):
        section.say(line, told.sources)
    section.table(
        "Records with another answer",
        ("as it is", "with the draft", "records", "units"),
        [row(one, one.before, one.after, f"{one.records:,}", f"{one.units:,}") for one in told.changes],
    )
    section.table(
        "Not known; what would decide",
        ("records", "answer", "question"),
        [row(one, f"{one.records:,}", one.answer, one.question) for one in told.questions],
    )
    section.table(
        "What must be done by when",
        ("due", "records", "if covered", "duty", "clause"),
        [
            row(one, one.due, f"{one.certain:,}", f"{one.records - one.certain:,}", one.duty, one.cite)
            for one in told.deadlines
        ],
    )
    section.table(
        "By site",
        ("site", "records", "units", "of them open", "out by"),
        [
            row(
                one, one.site, f"{one.records:,}", f"{one.units:,}", f"{one.open_records:,}",
                one.out_by or ("-" if one.open_records < one.records else "not known"),
            )
            for one in told.sites
        ],
    )  # fmt: skip
    if told.plan is not None:
        return [section, _plan(told.plan)]
    section.say(f"No plan: {told.no_plan}.")
    return [section]


def _asked(told: InventoryTold) -> str:
    return (
        f"{count(told.records, 'record')}, {count(told.units, 'unit')}, asked on {told.on} "
        f"for {', '.join(told.actors)}: {', '.join(told.actions)}."
    )


def _result(told: InventoryTold) -> Iterator[str]:
    if not (told.changed or told.new or told.open or told.freed):
        yield "The draft has no effect here: no answer changes, and of no record it is open whether it does."
    elif not (told.changed or told.new or told.freed):
        yield (
            f"No answer changes; of {count(told.open, 'record')} it is not known whether the draft reaches "
            "them, and they are not cleared."
        )
    else:
        yield (
            f"{count(told.changed, 'answer')} {'changes' if told.changed == 1 else 'change'}. "
            f"{count(told.new, 'record')} must go by the draft and by no law asked; of {told.open:,} it is "
            "not known, and they are not cleared."
        )
    if told.already:
        yield f"{count(told.already, 'record')} that the draft prohibits must go by law as it is."
    if told.freed:
        yield f"{count(told.freed, 'record')} that must go by law need not under the draft."


def _plan(plan: PlanTold) -> Section:
    section = Section("The way out")
    section.say(f"The plan buys from: {', '.join(plan.buys_from)}.")
    if not plan.costs:
        section.say("There is no plan, because its solver is not installed (the extra plan).")
    for line in plan.told:
        section.say(f"{line[:1].upper()}{line[1:]}.", ("inventory", "draft"))
    section.table(
        f"Prices of what takes its place, {plan.currency}, without work and running costs",
        ("role", "units", "open", "a unit: low, average, high", "all certain units", "grade", "from"),
        [
            row(
                one, one.role, f"{one.units:,}", f"{one.open_units:,}",
                _three(one.unit_price), _three(one.total), one.grade, one.from_,
            )
            for one in plan.prices
        ],
    )  # fmt: skip
    share = f"at most {number(plan.down_share * 100)} % of a region's sites a quarter"
    limits = f"limits of {', '.join(plan.limits)}, {share}" if plan.limits else "without limits"
    section.table(
        f"The cheapest plan found, {plan.currency}, discounted at {number(plan.discount_rate * 100)} % a "
        f"year, {plan.quarters} quarters from {plan.first_quarter}, {limits}",
        ("prices", "what", "cost", "bound", "last in service"),
        [
            Row(
                (
                    one.price, _WHAT[one.what],
                    "unknown: " + " | ".join(one.why) if one.cost is None else number(one.cost),
                    "-" if one.bound is None else number(one.bound), one.last_quarter or "-",
                ),
                one.sources,
            )
            for one in plan.costs
        ],
    )  # fmt: skip
    return section


def _three(prices: Mapping[Level, Decimal | None]) -> str:
    ends = (prices["low"], prices["average"], prices["high"])
    return ", ".join("unknown" if end is None else number(end) for end in ends)
