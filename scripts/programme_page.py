"""The part of the page of figures that shows the US reimbursement programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from markdown_figures import figures, ids, remarks, table

from clearband.planning.programme import us_reimbursement
from clearband.reports.figure_words import mark, span

PROGRAMME: Final = """
## The US reimbursement programme

### The money, replayed

Figures with a formula are computed from the others, exactly. The first round is what the pro-rata part of the
first priority's approved estimates comes to; what it leaves of the money for reimbursement agrees with what
the FCC told Congress the first priority needs with administration (4.7 billion USD) less the estimates
themselves, as far as its rounding tells. The shortfall counts all priorities and the administration.

"""


def programme_part() -> Iterator[str]:
    """The part, piece by piece."""
    programme = us_reimbursement()
    raw = programme.raw
    yield PROGRAMME
    yield table(
        "figure | amount > | what | date or formula | source",
        (
            (
                f"`{one.id}`",
                f"{span(one.low, one.high)} {one.unit}{mark(one.verified)}",
                one.what,
                one.date or one.formula,
                ids(one.sources),
            )
            for one in programme.replay().figures()
        ),
    )
    yield "\n### Events\n\n"
    yield table("date | event | what | figures | source", (_event(one) for one in raw["events"]))
    yield "\n### Rules\n\n"
    yield table(
        "rule | what | figures | day | source",
        (
            (
                f"`{one['id']}`",
                one["what"] + mark(one["verified"]),
                figures(one["figures"]),
                one.get("day"),
                ids(one["sources"]),
            )
            for one in raw["rules"]
        ),
    )
    yield "\n### What may be drawn\n\n"
    yield table(
        "from | part of the approved amount | customers at most > | what | source",
        (
            (
                one["from"],
                one["fraction"],
                one.get("customers_at_most"),
                one["what"],
                ids(one["sources"]),
            )
            for one in raw["allocations"]
        ),
    )
    yield "\n### Amounts asked\n\n"
    yield table(
        "applicant | USD > | vendor chosen | source",
        (
            (one["name"], f"{int(one['requested']):,}", one.get("vendor"), ids(one["sources"]))
            for one in raw["applicants"]
        ),
    )
    filed = ", ".join(f"{one['name']} {one['applications']}" for one in raw["filers"])
    yield f"\nApplications by filer: {filed} ({ids(raw['filers'][0]['sources'])}).\n"
    yield "\n### Real networks\n\n"
    yield table(
        "network | figures | scope | source",
        (
            (
                one["name"],
                figures(one["figures"]),
                one.get("scope") or ", ".join(one["places"]),
                ids(one["sources"]),
            )
            for one in raw["operators"]
        ),
    )
    yield "\n### How the estimate grew\n\n"
    yield table(
        "year | what | USD > | source",
        (
            (one["year"], one["what"], f"{int(one['value']):,}", ids(one["sources"]))
            for one in raw["estimates"]
        ),
    )
    yield "\n### What stood in the way\n\n"
    yield remarks(raw["obstacles"], "what") + "\n### What operators told\n\n"
    yield remarks(raw["statements"], "what") + "\n### Not read\n\n"
    yield "".join(f"- {gap}\n" for gap in raw["gaps"])


def _event(event: dict[str, Any]) -> Iterator[object]:
    yield event["date"]
    yield event["event"]
    yield event["what"] + mark(event["verified"]) + (f" ({event['note']})" if "note" in event else "")
    yield figures(event["figures"])
    yield ids(event["sources"])
