"""``clearband workspace init``."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.workspace.options import Place, workspace_options


@click.command("init")
@workspace_options
def command(folder: Path, database: str | None) -> None:
    """Make a workspace, or bring one that is there to this version of the program.

    What is in it is for its owner alone: nobody else on the machine can read the folder.
    """
    with Place(folder, database).opened(make=True) as workspace:
        from clearband.workspace.schema import newest

        kind = "SQLite" if workspace.engine.dialect.name == "sqlite" else "PostgreSQL"
        click.echo(f"{folder}: a workspace on {kind}, with tables of version {newest()}")
