"""``clearband data costs``: unit costs of a replacement, and which part of a plan each prices."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from clearband.cli.data.printing import line, print_form, print_sources
from clearband.planning.prices import Price, Prices
from clearband.reports.figure_words import cited, number
from clearband.reports.plain_text import visible


@click.command("costs")
@click.option("--part", metavar="PART", help="Only what prices this part of a plan, such as radio-unit.")
@click.option(
    "--prices",
    "table",
    metavar="FILE",
    help="A price table of your own (columns id, category, item, unit, low, average, high, source), which "
    "goes before the packaged prices.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the packaged prices.")
def command(part: str | None, table: str | None, as_json: bool) -> None:
    """Show unit costs with grade and source, and the parts of a plan that nobody published a price for."""
    from clearband.errors import UsageError
    from clearband.planning.prices import load_prices

    if as_json:
        if part or table:
            raise UsageError("--json prints the packaged prices", remedy="leave --part and --prices out")
        _print_json()
        return
    prices = load_prices(table)
    if part is not None:
        found = prices.candidates(part)
        click.echo(f"{part}: {prices.role_names[part]}" + ("" if found else "; no price is published"))
        for price in found:
            _item(price)
    else:
        _all(prices)
        found = tuple(prices.items.values())
    sources = cited([asdict(price) | {"sources": list(price.sources)} for price in found if not price.own])
    if sources:
        print_sources(sources)


def _all(prices: Prices) -> None:
    for category in dict.fromkeys(price.category for price in prices.items.values()):
        click.echo(category)
        for price in prices.items.values():
            if price.category == category:
                _item(price)
    click.echo("Grades:")
    for grade, what in prices.grades.items():
        click.echo(f"  {grade}: {what}")
    open_parts = [role for role in prices.roles if prices.of(role) is None]
    if open_parts:
        click.echo(
            f"No price is published for: {', '.join(open_parts)}. --prices reads a table that has them."
        )


def _item(price: Price) -> None:
    ends = ((price.low, "low"), (price.average, "average"), (price.high, "high"))
    figures = ", ".join(f"{name} {number(end)}" for end, name in ends if end is not None)
    money = " ".join(filter(None, (price.currency, str(price.year_of_money or "") or None)))
    text = f"{figures} {money or 'as a'}{'/' if money else ' '}{price.unit}" if figures else "not published"
    what = f"{text}: {price.item}" + (f" = {price.formula}" if price.formula else "")
    line(
        visible(price.id),
        visible(what),
        "own" if price.own else str(price.grade),
        price.verified or price.own or not price.published,
        tuple(map(visible, price.sources)),
    )


def _print_json() -> None:
    from clearband.facts.schema.costs import CostsPrinted
    from clearband.facts.store import compiled, content_hash

    items = [item for file in compiled().read("costs") for item in file["items"]]
    content: dict[str, Any] = {
        "facts_sha256": content_hash(),
        "terms": compiled().read("cost_terms"),
        "items": items,
    }
    print_form(CostsPrinted, "clearband/data-costs/1", {**content, "sources": cited(content)})
