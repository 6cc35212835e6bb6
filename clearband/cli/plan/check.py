"""``clearband plan check``: what keeps a network from being planned."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.errors import ExitStatus


@click.command("check")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(network: Path, as_json: bool) -> int:
    """Check the network NET: a folder, a workbook or a JSON file.

    Says how large it is, what must go, and what the tables say against each other. With an error it cannot be
    planned; a warning is to be looked at.
    """
    from clearband.planning.network import read_network
    from clearband.planning.network.check import check
    from clearband.reports.network import content, lines

    read = read_network(network)
    checked = check(read)
    if as_json:
        click.echo(json.dumps(content(read, checked), ensure_ascii=False, indent=2))
    else:
        for line in lines(read, checked):
            click.echo(line)
    return ExitStatus.INPUT_UNUSABLE if checked.errors else ExitStatus.DONE
