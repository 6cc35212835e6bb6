"""``clearband approved diff``: what changed between two days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.cli.dates import Day
from clearband.errors import UsageError


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@list_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Show the first; 0 shows all."
)
def command(a: str, b: str, folder: Path, as_json: bool, limit: int) -> None:
    """Show which entries stand differently on B than on A, and why.

    A and B are days (YYYY-MM-DD), or a day as known on another (2026-06-30,known:2026-03-01).
    """
    from rich.console import Console

    from clearband.cli.approved.asked import listed, print_json
    from clearband.listing.changes import changes
    from clearband.reports.terminal.approved import changes_json, print_changes

    sides = [_side(text) for text in (a, b)]
    (_, before), (_, after) = (listed(folder, on, known_on) for on, known_on in sides)
    found = changes(before, after)
    if as_json:
        named = [{"on": str(on), "known_on": str(known) if known else None} for on, known in sides]
        print_json(changes_json(found, *named))
        return
    print_changes(found, Console(), limit=limit or None)


def _side(text: str) -> tuple[date, date | None]:
    day, _, known = text.partition(",")
    if known and not known.startswith("known:"):
        raise UsageError(f'"{text}" is no side', remedy="write YYYY-MM-DD or YYYY-MM-DD,known:YYYY-MM-DD")
    parse = Day()
    return parse.convert(day, None, None), (
        parse.convert(known.removeprefix("known:"), None, None) if known else None
    )
