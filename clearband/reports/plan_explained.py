"""What binds in a plan, as text and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from clearband.planning.answers.binding import LEAST, weighty
from clearband.planning.answers.explain import Explained
from clearband.planning.answers.shadow import Shadow, Shadows
from clearband.planning.answers.used import Used
from clearband.planning.network.settings import NetworkSettings
from clearband.reports.plain_text import visible

SCHEMA: Final = "https://clearband.dev/schema/plan-explained-1.json"
MARGINAL: Final = "marginal values of the linear relaxation; they hold for small changes"
_NOTHING: Final = 1e-5
"""Share of the value of the plan below which what hangs on a limit in a quarter is not told to a person."""


def explained_content(found: Explained) -> dict[str, Any]:
    """What ``clearband plan explain NET PLAN --json`` prints."""
    settings = found.network.settings

    def named(row: dict[str, Any]) -> dict[str, Any]:
        quarter = row["quarter"]
        return {**row, "quarter": None if quarter is None else settings.quarter_name(quarter)}

    return {
        "schema": SCHEMA,
        "title": settings.title,
        "network_sha256": found.network.sha256,
        "currency": settings.currency,
        "prices_are": MARGINAL,
        "prices_of_a_sample": found.shadows.sampled,
        "prices": [named(asdict(row)) for row in found.shadows.rows],
        "full": [named(asdict(row)) for row in found.full],
        "near_dates": found.near,
        "spending": found.spending,
        "unknown": None if found.unknown is None else asdict(found.unknown),
        "units_not_placed": found.strange,
    }


def explained_lines(found: Explained, most: int = 10) -> Iterator[str]:
    """What ``clearband plan explain NET PLAN`` prints."""
    settings = found.network.settings
    currency = settings.currency
    yield visible(settings.title)
    if found.strange:
        yield f"{found.strange:,} units of work stand otherwise than is planned with, and are left out"
    yield ""
    yield f"What binds ({MARGINAL}{'; of a sample of the work' if found.shadows.sampled else ''}):"
    yield from binding_lines(found.shadows, settings, most)
    yield ""
    yield "Limits that are used to 99 % and more:"
    for used in found.full[:most]:
        yield f"  {_used_words(used, settings)}"
    yield from _more(len(found.full), most)
    if not found.full:
        yield "  none"
    yield ""
    yield "Dates that were nearly missed:"
    for near in found.near[:most]:
        spare = "no quarter" if near["spare"] == 0 else f"{near['spare']} quarter"
        units = "1 unit" if near["units"] == 1 else f"{near['units']:,} units"
        yield (
            f"  {near['group']} of {visible(near['owner'])} by {near['date']}: {units} of work with {spare} "
            "to spare"
        )
    yield from _more(len(found.near), most)
    if not found.near:
        yield "  none within one quarter"
    for title, key in (("group", "group"), ("maker", "maker"), ("grade of price", "grade")):
        yield ""
        yield f"Money for products by {title}, not discounted:"
        for part in found.spending[key][:most]:
            yield f"  {visible(part['name']):<12} {part['money']:>16,.0f} {currency}  {part['share']:>6.1%}"
        if key == "grade":
            weak = sum(p["share"] for p in found.spending[key] if p["name"][:1] not in ("A", "B"))
            yield f"  {weak:.1%} rests on prices of grade C, D or none"
    yield ""
    for part in found.spending["other"]:
        yield f"{part['name']:<14} {part['money']:>16,.0f} {currency}"
    yield from _unknown(found, currency)


def shadow_words(row: Shadow, settings: NetworkSettings) -> str:
    """What a little more of a limit saves, in words."""
    quarter = "" if row.quarter is None else settings.quarter_name(row.quarter)
    what = {
        "crews": f"{row.unit} in region {row.name} in {quarter}",
        "money": f"{row.unit} for {row.name} by {quarter}",
        "supply": f"{row.unit} of {row.name} in {quarter}",
        "service": f"{row.unit} in region {row.name} in {quarter}",
        "cap": f"{row.name}: {row.unit}",
        "makers": f"{row.name}: {row.unit}",
        "date": f"{row.name} {row.unit} than the end of {quarter}",
    }[row.kind]
    # All that waits for a date is taken to find room in the next quarter at the prices of today.
    saves = "saves at most" if row.kind == "date" else "saves about"
    amount = f"{row.saves:,.0f}" if row.saves >= 10 else f"{row.saves:.2g}"
    return f"{visible(what)} {saves} {amount} {settings.currency}"


def binding_lines(found: Shadows, settings: NetworkSettings, most: int) -> Iterator[str]:
    """On which kinds of limits most hangs, and what a little more of them saves."""
    kinds = weighty(found.rows, found.value)
    for kind, worth in kinds.items():
        if kind == "date":
            continue
        names: dict[str, float] = defaultdict(float)
        for row in found.rows:
            if row.kind == kind:
                names[row.name] += max(row.worth, row.saves)
        name, of_it = max(names.items(), key=lambda one: (one[1], one[0]))
        whose = f"all on {name}" if len(names) == 1 else f"{of_it / worth:.0%} of that on {name}"
        yield f"  {kind:<8}{worth / abs(found.value):>6.1%} of the cost hangs on it, {visible(whose)}"
    told = [row for row in found.rows if max(row.worth, row.saves) > _NOTHING * abs(found.value)]
    told.sort(key=lambda row: row.kind == "date")
    for row in told[:most]:
        yield f"  {shadow_words(row, settings)}"
    yield from _more(len(told), most)
    if not found.rows:
        yield "  nothing: a little more of no limit would save anything"
    elif not kinds:
        yield f"  nothing much binds: less than {LEAST:.1%} of the cost hangs on any kind of limit"


def _used_words(used: Used, settings: NetworkSettings) -> str:
    quarter = settings.quarter_name(used.quarter)
    what = {
        "crews": f"crew hours of region {used.name} in {quarter}",
        "money": f"{settings.currency} of {used.name} up to {quarter}",
        "supply": f"units of {used.name} in {quarter}",
        "service": f"sites worked on in region {used.name} in {quarter}",
    }[used.kind]
    return f"{visible(what)}: {used.used:,.0f} of {used.limit:,.0f} ({used.share:.1%})"


def _more(count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"  and {count - most:,} more (--json has all)"


def _unknown(found: Explained, currency: str) -> Iterator[str]:
    told = found.unknown
    if told is None:
        return
    yield ""
    yield f"Of {told.items:,} items it is not known whether they must go:"
    for how, value in (("go", told.replaced), ("stay", told.kept)):
        cost = "no plan was found" if value is None else f"{value:,.0f} {currency}"
        yield f"  if all of them {how:<5} {cost:>24}"
    if told.kept is None:
        yield "  (set unknown: keep in network.yaml, and clearband plan check says why)"
    if told.replaced is not None and told.kept is not None:
        yield f"  {told.replaced - told.kept:,.0f} {currency} hang on it (plans within 0.1 % of the best)"
