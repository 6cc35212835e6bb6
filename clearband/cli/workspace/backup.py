"""``clearband workspace backup``."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.workspace.options import Place, workspace_options
from clearband.errors import ExitStatus


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@workspace_options
def command(file: Path, folder: Path, database: str | None) -> int:
    """Write everything into one tar file, whole or not at all, while others work on.

    Note elsewhere the hashes that this prints: a backup that was changed, and a trail that was cut, show
    beside them. Exit status 4 where something of the workspace is missing or damaged: so it is in the backup.
    """
    with Place(folder, database).opened() as workspace:
        from clearband.workspace.backup import backup

        made = backup(workspace, file)
    for problem in made.problems:
        click.echo(problem)
    click.echo(
        f"{file}: {made.entries:,} entries of the trail, {made.members:,} members, {made.bytes:,} bytes"
    )
    click.echo(f"sha256 {made.sha256}")
    click.echo(f"head {made.head}")
    return ExitStatus.PARTLY_DONE if made.problems else ExitStatus.DONE
