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
@click.option("--keep-tokens", is_flag=True, help="Let tokens be valid as they were when it was backed up.")
def command(file: Path, folder: Path, database: str | None, expect: str | None, keep_tokens: bool) -> int:
    """Make a workspace from a backup, in a folder and a database where there is nothing yet, and verify it.

    A backup of SQLite goes into PostgreSQL, and the other way round. Nobody is signed in afterwards, and all
    tokens are revoked, since the backup cannot tell which were revoked after it. Who was disabled or lost a
    role after it is as before: do that again. Exit status 1 where the workspace is not as its trail says.
    """
    place = Place(folder, database)
    with place.telling():
        from clearband.workspace.restore import restore

        seen = restore(file, folder, database, expect=expect, keep_tokens=keep_tokens)
        return tell(seen, as_json=False)
