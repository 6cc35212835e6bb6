"""``clearband approved fetch``: a published list, verified, into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.approved.publishing import consumer_options, said, said_json, verified


@click.command("fetch")
@click.argument("source", metavar="URL|DIR")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@consumer_options
def command(
    source: str,
    out: Path,
    root: Path,
    only: str | None,
    state: Path | None,
    allow_stale: bool,
    quick: bool,
    as_json: bool,
) -> None:
    """Fetch a published list, verify it, and write it to OUT: whole or not at all.

    OUT/AUTHORITY can be asked as an authority's own list can (--list); OUT/repository is
    a repository to carry to where there is no network, for verify or fetch.
    """
    from clearband.listing.fetch import write_fetched

    client, lists, place = verified(source, root, only, state, allow_stale, quick)
    number = write_fetched(client, lists, place, out)
    if as_json:
        schema = "https://clearband.dev/schema/approved-verified-1.json"
        told = {"schema": schema, "lists": [said_json(one) for one in lists], "answers": []}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in lists:
        click.echo("\n".join(said(one)))
    click.echo(f"{number} files are in {out}")
