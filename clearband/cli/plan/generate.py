"""``clearband plan generate``: a made-up network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clearband.planning.network.write import Format


@click.command("generate")
@click.option("--sites", type=int, required=True, metavar="N", help="How many sites: 50 to 200,000.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="The same seed gives the same network.",
)
@click.option(
    "--quarters", type=int, default=20, show_default=True, metavar="N", help="Horizon: 12 to 60 quarters."
)
@click.option(
    "--share",
    type=float,
    default=0.6,
    show_default=True,
    help="Share of the clusters whose radio access must go.",
)
@click.option(
    "--tight",
    type=float,
    default=1.0,
    show_default=True,
    metavar="FACTOR",
    help="Multiplies all limits: money, crews and supply; below 1 there is less.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Of the tables.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="NET", help="Folder to write.")
def command(
    sites: int, seed: int, quarters: int, share: float, tight: float, form: Format, out: Path
) -> None:
    """Make up a realistic network, for demonstrations and measurements.

    Sites, clusters, owners and equipment are made up; makers are real and products have generic names. Prices
    are illustrations with their grade. Limits are tight, and have a plan.
    """
    from clearband.planning.network.generate import Asked, generate
    from clearband.planning.network.write import check_out, write_network

    check_out(out)
    asked = Asked(sites, seed, quarters, share, tight)
    network = generate(asked)
    write_network(network, out, form)
    tables = network.tables
    click.echo(
        f"{out}: {tables['sites'].height:,} sites in {tables['clusters'].height:,} clusters, "
        f"{tables['installed'].height:,} items; all of it is made up"
    )
