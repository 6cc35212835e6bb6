"""``clearband approved federated``: several authorities side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from clearband.cli.dates import Day, today


@click.command("federated")
@click.argument("folders", nargs=-1, required=True, metavar="LIST...", type=click.Path(path_type=Path))
@click.option(
    "--recognition",
    "rules",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file of what authorities recognise of each other.",
)
@click.option("--on", type=Day(), help="The day that is asked about. Default: today.")
@click.option("--known-on", type=Day(), help="Use only what was recorded by the end of this day (UTC).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    folders: tuple[Path, ...], rules: Path | None, on: date | None, known_on: date | None, as_json: bool
) -> None:
    """Show who approved, who is against and who is silent, over several lists; differences stay."""
    from rich.console import Console

    from clearband.cli.approved.asked import listed, print_json
    from clearband.errors import UsageError
    from clearband.listing.federation import federated, read_recognition
    from clearband.reports.terminal.federated import federated_json, print_federated

    day = on or today()
    lists = [
        (found.authority, listings) for found, listings in (listed(one, day, known_on) for one in folders)
    ]
    ids = [authority.id for authority, _ in lists]
    if len(set(ids)) < len(ids):
        raise UsageError("two lists are of the same authority", remedy="name each authority's list once")
    rows = federated(lists, read_recognition(rules) if rules else (), day)
    if as_json:
        print_json(federated_json(rows, ids, day))
        return
    print_federated(rows, ids, Console())
