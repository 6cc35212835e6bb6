"""Write the page on unit costs, programmes and markets from the facts themselves.

Usage: python scripts/export_figures.py [--check]

Writes ``docs/reference/figures.md``. With ``--check`` nothing is written, and the exit status is 1 when the
page differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from markdown_figures import ids, remarks, table
from market_page import market_part
from programme_page import programme_part

from clearband.facts.store import compiled
from clearband.planning.prices import Price, packaged_prices
from clearband.reports.figure_words import cited, mark, number

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference" / "figures.md"

HEAD: Final = """# Prices, programme money and market shares

Written from the facts by `make reference`; `clearband data costs`, `clearband data programme` and
`clearband data market` print the same, with `--json` in a published form. *(?)* marks what was not read in a
source. A range stays a range: nothing here is a midpoint. The [sources](#sources) are at the end.

"""
COSTS: Final = """## Unit costs

The FCC's own catalogue could not be read; its items stand here without a price. The option `--prices FILE` of
`clearband data costs` reads the real table (columns `id, category, item, unit, low, average, high, source`;
CSV, Excel or Parquet) and puts it before these. A row takes the place of the item with its id, or
prices a part of a plan when its id is that of the part.

"""


def _costs() -> Iterator[str]:
    prices = packaged_prices()
    yield COSTS
    yield table("grade | meaning", prices.grades.items())
    yield "\n"
    head = "id | what | per | low > | average > | high > | money of | grade | source"
    yield table(head, (_item(one) for one in prices.items.values()))
    yield "\n### Parts of a plan\n\nThe first item with a price counts.\n\n"
    yield table(
        "part | what | items, best first",
        ((f"`{one}`", prices.role_names[one], ids(items)) for one, items in prices.roles.items()),
    )
    yield "\n### Remarks\n\n"
    yield remarks(compiled().read("cost_terms")["remarks"], "what")


def _item(price: Price) -> Iterator[object]:
    notes = "; ".join(filter(None, (price.formula and f"= {price.formula}", price.note)))
    yield f"`{price.id}`"
    yield f"{price.item}{mark(price.verified)}" + (f" ({notes})" if notes else "")
    yield price.unit
    for end in (price.low, price.average, price.high):
        yield None if end is None else number(end)
    yield " ".join(filter(None, (price.currency, str(price.year_of_money or ""))))
    yield price.grade
    yield ids(price.sources)


def _all_sources() -> Iterator[str]:
    facts = [compiled().read(part) for part in ("cost_terms", "costs", "programmes", "market")]
    yield "\n## Sources\n\n"
    yield table(
        "id | what | dated | where | read",
        (
            (
                f"`{name}`",
                one["what"] + (f" ({one['note']})" if "note" in one else ""),
                one.get("data_date"),
                one.get("url"),
                "no" if one.get("read") is False else "yes",
            )
            for name, one in cited(facts).items()
        ),
    )


def page() -> str:
    """The whole page."""
    return HEAD + "".join((*_costs(), *programme_part(), *market_part(), *_all_sources()))


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` only compare it."""
    text = page()
    if arguments != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        print(f"{PAGE.name} is not what the facts say; run make reference")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
