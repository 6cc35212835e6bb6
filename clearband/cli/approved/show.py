"""``clearband approved show``: one entry with its history and reasons, or the list of today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.cli.dates import Day, today
from clearband.errors import InputError


@click.command("show")
@click.argument("entry", required=False, metavar="[ENTRY]")
@list_option
@click.option("--on", type=Day(), help="The day that is asked about. Default: today.")
@click.option("--known-on", type=Day(), help="Use only what was recorded by the end of this day (UTC).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(entry: str | None, folder: Path, on: date | None, known_on: date | None, as_json: bool) -> None:
    """Show an entry: what may be done, its conditions, and each step that led there with its reasons.

    Without ENTRY, show the list.
    """
    from rich.console import Console

    from clearband.cli.approved.asked import listed, print_json
    from clearband.reports.terminal.approved import list_json, print_list, print_listing

    day = on or today()
    found, listings = listed(folder, day, known_on, entry)
    if entry is not None and not listings:
        raise InputError(
            f"it is not on the list on {day}", where=entry, remedy="clearband approved asof shows what is"
        )
    if as_json:
        print_json(list_json(found, listings, day, known_on))
    elif entry is None:
        print_list(listings, Console())
    else:
        print_listing(listings[0], Console())
