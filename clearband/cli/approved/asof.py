"""``clearband approved asof``: what was approved on a day, as known on another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.cli.dates import Day, today


@click.command("asof")
@list_option
@click.option("--on", type=Day(), help="The day that is asked about. Default: today.")
@click.option("--known-on", type=Day(), help="Use only what was recorded by the end of this day (UTC).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Show the first; 0 shows all."
)
def command(folder: Path, on: date | None, known_on: date | None, as_json: bool, limit: int) -> None:
    """Show the list as of a day: every entry with its state and the five answers."""
    from rich.console import Console

    from clearband.cli.approved.asked import listed, print_json
    from clearband.reports.terminal.approved import list_json, print_list

    day = on or today()
    found, listings = listed(folder, day, known_on)
    if as_json:
        print_json(list_json(found, listings, day, known_on))
        return
    known = f", as known on {known_on}" if known_on else ""
    click.echo(f"{found.authority.title} on {day}{known}: {len(listings)} entries from {found.count} events")
    if listings:
        print_list(listings, Console(), limit=limit or None)
