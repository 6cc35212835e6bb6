"""``clearband approved check``: the whole log, from its first line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from clearband.cli.approved.options import list_option
from clearband.errors import InputError


@click.command("check")
@list_option
@click.option("--head", metavar="SHA256", help="Hash that the log had before: it must still contain it.")
def command(folder: Path, head: str | None) -> None:
    """Check the log: hashes, canonical form, steps against the table, and every signature.

    A chain of hashes cannot tell that its end was cut off or replaced: give the hash of an earlier or a
    published end with --head.
    """
    from clearband.listing.log import NOTHING
    from clearband.listing.record import ListFolder, check_forms

    place = ListFolder(folder)
    found = place.replayed(afresh=True)
    heads = {NOTHING, *check_forms(place.log)}
    if head is not None and head not in heads:
        raise InputError(
            f"no line has the hash {head}: the log was cut off or replaced",
            where=str(place.log),
            remedy="restore it from a published copy",
        )
    if found.recorded is not None and found.recorded > datetime.now(UTC) + timedelta(minutes=10):
        raise InputError(
            f"its last event says to be of {found.recorded:%Y-%m-%d %H:%M} UTC, which has not come",
            where=str(place.log),
            remedy="set the clock right; find out who recorded it",
        )
    torn = place.log.read_bytes()[-1:] not in (b"", b"\n")
    click.echo(
        f"{found.count} events, {len(found.entries)} entries, {len(found.dependencies)} things that entries "
        f"hang on: hashes, forms, steps and signatures are right"
    )
    click.echo(f"head {found.head}")
    if torn:
        click.echo(
            "The last line was cut off while it was written; it does not count. The next step sets it aside."
        )
