"""``clearband plan relax``: a network with a relaxation applied."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("relax")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.option(
    "--by", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="A relaxation, such as plan explain --write makes.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="NET2", help="Folder to write."
)
def command(network: Path, by: Path, out: Path) -> None:
    """Write the network NET with more money, crews or supply, later dates, or what else FILE gives.

    NET itself is never written over.
    """
    from clearband.errors import OutputError
    from clearband.planning.answers.files import read_relaxation, written
    from clearband.planning.answers.known_names import refuse_strange_relaxation
    from clearband.planning.answers.relaxation import relaxed
    from clearband.planning.network.read import read_network
    from clearband.planning.network.write import check_out, write_network

    if out.resolve() in (network.resolve(), network.resolve().parent):
        raise OutputError(
            "is where NET itself is, which is kept as it was",
            where=str(out),
            remedy="name another folder with --out",
        )
    check_out(out)
    relaxation = read_relaxation(by)
    read = read_network(network)
    refuse_strange_relaxation(read, relaxation, by.name)
    notes = (f"relaxed by {by.name}: {relaxation.title or 'no title'}",)
    write_network(written(relaxed(read, relaxation), notes), out)
    click.echo(f"{out}: {relaxation.title or by.name}")
