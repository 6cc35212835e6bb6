"""``clearband data market``: shares of makers with their concentration, price gaps, what bans cost."""

from __future__ import annotations

from typing import Any, Final, get_args

import click

from clearband.cli.data.printing import line, print_form, print_sources
from clearband.facts.schema.market import MarketName
from clearband.impact.market import ShareTable, market_rows, share_tables
from clearband.reports.figure_words import bounds, cited, mark, share_span, told

_PARTS: Final = ("regions", "shares", "ranks", "measures", "price_gaps", "ban_costs", "capacity", "gaps")


@click.command("market")
@click.option("--market", type=click.Choice(get_args(MarketName)), help="Only the shares of this market.")
@click.option("--year", type=int, help="Only the shares of this year.")
@click.option("--region", metavar="REGION", help="Only the shares of this region, such as world.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all that the facts hold of markets.")
def command(market: str | None, year: int | None, region: str | None, as_json: bool) -> None:
    """Show shares of makers with their concentration, price gaps, and what bans are said to cost, by whom."""
    from clearband.errors import UsageError

    chosen = (market, year, region) != (None, None, None)
    if as_json:
        if chosen:
            raise UsageError("--json prints all", remedy="leave --market, --year and --region out")
        _print_json()
        return
    tables = [
        table
        for table in share_tables().values()
        if market in (None, table.market) and year in (None, table.year) and region in (None, table.region)
    ]
    if not tables:
        there = dict.fromkeys(
            f"{key[0]} {key[1]} {key[3]}" for key in share_tables() if market in (None, key[0])
        )
        raise UsageError("no such shares are published", remedy=f"published are: {', '.join(there)}")
    for table in tables:
        _shares(table)
    sources = {"sources": [one for table in tables for one in table.sources]}
    if chosen:
        print_sources(cited(sources))
        return
    rows = _others()
    print_sources(cited([sources, rows]))


def _shares(table: ShareTable) -> None:
    period = "" if table.period == "year" else f" {table.period}"
    click.echo(f"{table.market} {table.year}{period}, {table.region}, percent of revenue")
    for share in table.shares:
        notes = "".join(f"; {note}" for note in (share.derived, share.note) if note)
        text = share_span(share.percent.low, share.percent.high) + notes
        line(" + ".join(share.makers), text, "", share.verified, share.sources)
    for top in table.top:
        text = share_span(top.percent.low, top.percent.high)
        line(f"the {top.largest} largest", text, "", top.verified, top.sources)
    index, rest = table.concentration(), table.rest
    click.echo(
        f"  all others {share_span(rest.low, rest.high)}; concentration (HHI) {bounds(index.low, index.high)}"
    )


def _others() -> list[dict[str, Any]]:
    """Print price gaps, costs of bans and remarks on capacity; the rows printed."""
    gaps, costs, capacity = (market_rows(part) for part in ("price_gaps", "ban_costs", "capacity"))
    click.echo("Price gaps")
    for row in gaps:
        text = f"{told(row)}, {row['what']}; {row['year']}, {row['region']}; says {row['by']}"
        line(row["id"], text, "", row["verified"], tuple(row["sources"]))
    click.echo("What a ban is said to cost")
    for row in costs:
        per = " a year" if row["per"] == "year" else f" over {row['years']} years" if "years" in row else ""
        paid = f"; paid by {row['funded_by']}" if "funded_by" in row else "; who paid is not known"
        interest = " (has an interest)" if row["interested"] else ""
        text = f"{told(row)}{per}, {row['what']}; {row['year']}, {row['region']}; {row['by']}{paid}{interest}"
        line(row["id"], text, "", row["verified"], tuple(row["sources"]))
    click.echo("Whether the others could supply")
    for row in capacity:
        sources = ", ".join(row["sources"])
        click.echo(f"  {row['by']} ({row['year']}): {row['claim']}{mark(row['verified'])}  [{sources}]")
    return [*gaps, *costs, *capacity]


def _print_json() -> None:
    from clearband.facts.schema.market import MarketPrinted
    from clearband.facts.store import content_hash

    content: dict[str, Any] = {part: market_rows(part) for part in _PARTS}
    content |= {"facts_sha256": content_hash(), "sources": cited(content)}
    print_form(MarketPrinted, "clearband/data-market/1", content)
