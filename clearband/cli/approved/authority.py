"""``clearband approved authority``: who decided, from when."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.approved.options import list_option


@click.command("authority")
@list_option
def command(folder: Path) -> None:
    """Show the authority of the list and its history: each event of the log is judged by what held then."""
    from clearband.listing.authority import differences, keys_in_words
    from clearband.listing.record import ListFolder
    from clearband.reports.plain_text import visible

    before = None
    for event in ListFolder(folder).replayed().history:
        terms = event.terms
        assert terms is not None
        why = f": {event.ground.text}" if event.ground.text else ""
        click.echo(visible(f"event {event.number}, {event.recorded:%Y-%m-%d}, {event.cause}{why}", 2000))
        if before is None:
            rules = f"{terms.quorum} deciders must sign, {terms.reply_days} days for a reply"
            click.echo("  " + visible(f"{terms.title}: {rules}", 2000))
        for line in keys_in_words(terms) if before is None else differences(before, terms):
            click.echo("  " + visible(line, 2000))
        before = terms
