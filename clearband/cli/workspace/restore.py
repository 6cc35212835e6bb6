"""``clearband workspace restore``."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.workspace.options import Place, workspace_options
from clearband.cli.workspace.verify import EXPECT, tell


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
@workspace_options
@EXPECT
def command(file: Path, folder: Path, database: str | None, expect: str | None) -> int:
    """Make a workspace from a backup, in a folder and a database where there is nothing yet, and verify it.

    A backup of SQLite goes into PostgreSQL, and the other way round. Nobody is signed in afterwards; tokens
    that were revoked since the backup are not any longer: revoke them again. Exit status 1 where the
    workspace is not as its trail says.
    """
    place = Place(folder, database)
    with place.telling():
        from clearband.workspace.restore import restore

        return tell(restore(file, folder, database, expect=expect), as_json=False)
