"""``clearband plan frontier``: cost against time."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.plan.solver import require_solver, violations


@click.command("frontier")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.option(
    "--step", type=click.IntRange(min=1, max=20), default=1, show_default=True,
    help="Quarters from one end to the next.",
)  # fmt: skip
@click.option(
    "--gap", type=click.FloatRange(min=0, max=1), default=1e-3, show_default=True,
    help="End each plan when it is proved to be within this share of the best.",
)  # fmt: skip
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="S",
    help="End each plan after about so many seconds with the best so far.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(min=0, max=1_000_000), default=0, show_default=True,
    help="The same seed and network give the same answer.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(network: Path, step: int, gap: float, time_limit: float | None, seed: int, as_json: bool) -> None:
    """Show the cheapest plan of NET for each quarter by whose end all must be done, until there is none."""
    require_solver()
    from clearband.planning.answers.frontier import frontier
    from clearband.planning.answers.outcome import How
    from clearband.planning.network.check import refuse_unplannable
    from clearband.planning.network.read import read_network
    from clearband.reports.plan_ways import frontier_content, frontier_head, frontier_line

    read = read_network(network)
    refuse_unplannable(read)
    points = frontier(read, How(seed, gap, time_limit, violations), step=step)
    if as_json:
        click.echo(json.dumps(frontier_content(read, list(points)), ensure_ascii=False, indent=2))
        return
    for line in frontier_head(read, gap):
        click.echo(line)
    first = point = None
    for point in points:
        first = point.outcome.cost if first is None else first
        click.echo(frontier_line(read, point, first))
    if point is None:
        click.echo("nothing must go, so that nothing has an end")
