"""``clearband approved due``: what ends or is due next."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.cli.dates import Day, today


@click.command("due")
@list_option
@click.option("--on", type=Day(), help="From this day on. Default: today.")
@click.option(
    "--days", type=click.IntRange(0, 36500), default=180, show_default=True, help="Days to look ahead."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(folder: Path, on: date | None, days: int, as_json: bool) -> None:
    """Show which listings, evidence and conditions end or are due next, and which entries hang on what."""
    from rich.console import Console

    from clearband.cli.approved.asked import print_json
    from clearband.listing.due import due, hanging
    from clearband.listing.record import ListFolder
    from clearband.reports.terminal.approved import due_json, print_due

    day = on or today()
    found = ListFolder(folder).replayed()
    coming, hang = due(found, day, day + timedelta(days=days)), hanging(found, day)
    if as_json:
        print_json(due_json(coming, hang))
    else:
        print_due(coming, hang, Console())
