"""``clearband approved record``: record a drafted step."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.approved.options import list_option


@click.command("record")
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@list_option
def command(draft: Path, folder: Path) -> None:
    """Record DRAFT in the log; too few signatures of different deciders decide nothing."""
    from clearband.cli.approved.step import recorded
    from clearband.listing.record import ListFolder, read_draft

    recorded(ListFolder(folder), read_draft(draft))
