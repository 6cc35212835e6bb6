"""``clearband approved statistics``: how long things wait and took, outcomes, appeals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.cli.dates import Day, today
from clearband.errors import UsageError


@click.command("statistics")
@list_option
@click.option("--since", type=Day(), help="First day of the period. Default: the beginning of the log.")
@click.option("--on", type=Day(), help="Last day of the period. Default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(folder: Path, since: date | None, on: date | None, as_json: bool) -> None:
    """Show what waits and for how long, what each step took, outcomes, appeals, and what was overturned.

    Days are those on which steps were recorded.
    """
    from clearband.cli.approved.asked import print_json
    from clearband.listing.record import ListFolder
    from clearband.listing.statistics import statistics
    from clearband.reports.terminal.approved_statistics import statistics_json, statistics_lines

    day = on or today()
    if since is not None and since > day:
        raise UsageError(f"{since} is after {day}", remedy="the period ends with --on")
    found = ListFolder(folder).replayed(day)
    counted = statistics(found, since, day)
    if as_json:
        print_json(statistics_json(found.authority, counted))
    else:
        click.echo("\n".join(statistics_lines(found.authority, counted)))
