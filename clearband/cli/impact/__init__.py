"""``clearband impact``: what a draft directive would do to an inventory, a market, a country."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearband.cli.dates import Day, today
from clearband.cli.facts_option import facts_option
from clearband.cli.impact.options import part_options, refuse_stray

if TYPE_CHECKING:
    from clearband.impact.draft import DraftInUse
    from clearband.impact.form import SourceTold


@click.command("impact")
@click.argument("draft", type=click.Path(path_type=Path), metavar="DRAFT")
@part_options
@click.option("--country", metavar="CODE", help="What stands in this country, and what the draft adds.")
@click.option(
    "--on",
    type=Day(),
    help="The day from which one looks. Default: today. Answers are asked on the first day from it on which "
    "all of the draft holds.",
)
@facts_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write index.html and impact.json here."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    draft: Path,
    inventories: tuple[str, ...],
    market: str | None,
    region: str | None,
    year: int | None,
    erosions: tuple[int, ...],
    country: str | None,
    on: date | None,
    facts: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    **of_inventory: Any,
) -> None:
    """Tell what a draft directive would do: to an inventory, to a market, in a country.

    DRAFT is a directive file (docs/write-a-directive.md); it is judged as if it were adopted, whatever its
    status. Each number is told with its sources; what is not known stays unknown. A part that is not asked
    for is left out.
    """
    of_market = {"region": region, "year": year, "erosions": erosions}
    refuse_stray(inventories, market, country, of_market, of_inventory)
    from clearband import __version__
    from clearband.cli.impact.of_inventory import InventoryPart
    from clearband.cli.impact.writing import check_out, json_of, write
    from clearband.facts.store import content_hash
    from clearband.impact.cited import source_table
    from clearband.impact.country import country_told
    from clearband.impact.draft import read_draft
    from clearband.impact.erosion import EROSIONS, market_told
    from clearband.impact.form import SCHEMA, ImpactTold
    from clearband.impact.market import named_makers
    from clearband.impact.places import country_code
    from clearband.register import load_register
    from clearband.reports.impact import lines

    code = country_code(country) if country is not None else None
    if out is not None:
        check_out(out)
    day = on or today()
    read = read_draft(draft, facts, load_register())
    meant = read.meant({*named_makers(), *read.named}, read.day_of_all(day))
    banned = sorted(org for org, sure in meant.items() if sure)
    parts, given = erosions or EROSIONS, _given(read)
    inventory = InventoryPart(read, inventories, day, of_inventory, given).told() if inventories else None
    of_all = None if market == "all" else market
    markets = market_told(of_all, region, year, parts, banned) if market is not None else None
    there = country_told(read, code, day, parts, banned) if code is not None else None
    head = read.told(read.day_of_all(day))
    told = ImpactTold(
        form=SCHEMA,
        clearband=__version__,
        facts_sha256=content_hash(),
        on=day,
        draft=head,
        inventory=inventory,
        market=markets,
        country=there,
        sources=source_table([head, *(one for one in (inventory, markets, there) if one)], given),
    )
    if out is not None:
        write(told, out)
    if as_json:
        click.echo(json_of(told))
        return
    for line in lines(told):
        click.echo(line)
    if out is not None:
        click.echo(f"\nwritten: {out / 'index.html'}, {out / 'impact.json'}")


def _given(read: DraftInUse) -> dict[str, SourceTold]:
    """The user's directive files, by the id that figures cite them by."""
    from clearband.impact.form import SourceTold

    own = {one.raw["id"]: ("the directive file", one) for one in read.own}
    return {
        name: SourceTold(kind="input", what=f"{what} {one.record['file']}, sha256 {one.sha256[:16]}")
        for name, (what, one) in {"draft": ("the draft", read.source), **own}.items()
    }
