"""``clearband workspace trail``."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.workspace.options import Place, workspace_options


@click.command("trail")
@workspace_options
@click.option("--of", "object_id", metavar="ID", help="Only what was done to one thing, by its key.")
@click.option("--after", type=int, default=0, metavar="N", help="Only entries after this number.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print each entry as a line of JSON, with the row after the change and the hashes: with them "
    "the chain can be checked without this program.",
)
def command(folder: Path, database: str | None, object_id: str | None, after: int, as_json: bool) -> None:
    """Show the audit trail: who did what, and when, the first first."""
    with Place(folder, database).opened() as workspace:
        from clearband.workspace import trail

        for entry in trail.entries(workspace.engine, after=after, object_id=object_id):
            if as_json:
                click.echo(trail.canonical(entry))
            else:
                what = f"{entry['action']} {entry['kind']} {entry['object_id']}"
                click.echo(f"{entry['seq']}  {entry['at']}  {entry['by']}: {what}")
