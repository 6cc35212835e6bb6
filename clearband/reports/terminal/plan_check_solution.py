"""What the rules say of a plan, on a terminal and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from clearband.planning.checking.check import TITLES
from clearband.planning.checking.violation import WHERE
from clearband.reports.plain_text import count, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearband.planning.checking import Checked

SCHEMA: Final = "https://clearband.dev/schema/plan-check-solution-1.json"
RULES: Final = sum(name.isdigit() for name in TITLES)
_TIMES: Final = ("quarters", "days")


def check_json(checked: Checked, most: int) -> str:
    """The published form, ``facts/schemas/plan-check-solution.schema.json``.

    Args:
        checked: What was found.
        most: Violations of a rule that are listed.
    """
    numbers = checked.numbers
    shown = checked.violations.group_by("rule", maintain_order=True).head(most)
    counts = dict(checked.violations.group_by("rule", maintain_order=True).len().iter_rows())
    whole: dict[str, Any] = {
        "schema": SCHEMA,
        "valid": checked.violations.is_empty(),
        "items": checked.items,
        "network_compared": checked.network,
        "cost": numbers.cost if numbers else None,
        "exposure": numbers.exposure if numbers else None,
        "objective": numbers.objective if numbers else None,
        "currency": checked.currency,
        "rules": [
            {"rule": name, "title": title, "violations": counts.get(name, 0)}
            for name, title in TITLES.items()
        ],
        "violations": [
            {name: value for name, value in row.items() if value is not None or name not in WHERE}
            for row in shown.iter_rows(named=True)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def check_lines(checked: Checked, most: int) -> Iterator[str]:
    """What was found, in lines.

    Args:
        checked: What was found.
        most: Violations of a rule that are shown.
    """
    numbers = checked.numbers
    if checked.violations.is_empty() and numbers is not None:
        money = visible(f"{numbers.cost:,.2f} {checked.currency}".strip())
        yield (
            f"no violation: {RULES} rules over {count(checked.items, 'item')}, cost {money}, "
            f"exposure {_number(numbers.exposure)}"
        )
        return
    broken = checked.violations.partition_by("rule", maintain_order=True)
    for found in broken:
        name = found["rule"][0]
        head = f"rule {name}, {TITLES[name]}" if name.isdigit() else TITLES[name]
        yield f"{head}: {count(found.height, 'violation')}"
        yield from (f"  {_line(row)}" for row in found.head(most).iter_rows(named=True))
        if found.height > most:
            yield f"  … and {found.height - most:,} more"
    if numbers is None:
        yield "Cost and exposure were not compared: the plan is not whole."
    total = count(checked.violations.height, "violation")
    yield f"{total} of {count(len(broken), 'rule')} over {count(checked.items, 'item')}"


def _line(row: dict[str, Any]) -> str:
    place = ", ".join(f"{name} {row[name]}" for name in WHERE if row[name] is not None) or "the plan"
    return visible(f"{place}: {row['what']}{_over(row)}")


def _over(row: dict[str, Any]) -> str:
    if row["found"] is None or row["limit"] is None:
        return ""
    over = f"{_number(row['over'])} {row['unit']}"
    if row["unit"] in _TIMES:
        return f", by {over}"
    found, limit = _number(row["found"]), _number(row["limit"])
    return f": {found} {row['unit']} where {limit}; off by {_number(abs(row['over']))}"


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
