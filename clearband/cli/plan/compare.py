"""``clearband plan compare``: the same network under other rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.plan.solver import require_solver


@click.command("compare")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.option(
    "--scenario", "files", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="A scenario of one's own; may be given several times.",
)  # fmt: skip
@click.option(
    "--only", multiple=True, metavar="NAME", help="Only the scenario of this name; may be repeated."
)
@click.option(
    "--samples", type=click.IntRange(min=1, max=10_000), metavar="N",
    help="Draw prices, lead times and crews so often in each scenario, and show percentiles.",
)  # fmt: skip
@click.option(
    "--gap", type=click.FloatRange(min=0, max=1), default=1e-3, show_default=True,
    help="End each plan when it is proved to be within this share of the best.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(min=0, max=1_000_000), default=0, show_default=True,
    help="The same seed and network give the same answer.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    network: Path, files: tuple[Path, ...], only: tuple[str, ...], samples: int | None, gap: float, seed: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Plan the network NET as it is and under other rules, and show cost, time and what binds.

    Scenarios: as told; no ban (by the price gaps of clearband data market); Open RAN; one supplier of radio
    access; refunds in full and at 39.5 %. Each is a documented change of the network.
    """
    require_solver()
    from clearband.planning.answers.compare import compare
    from clearband.planning.answers.scenario import read_scenario
    from clearband.planning.network.check import refuse_unplannable
    from clearband.planning.network.read import read_network
    from clearband.reports.plan_ways import compare_content, compare_lines

    own = [read_scenario(path) for path in files]
    read = read_network(network)
    refuse_unplannable(read)
    compared = compare(read, own, only, samples=samples, seed=seed, gap=gap)
    if as_json:
        click.echo(json.dumps(compare_content(read, compared), ensure_ascii=False, indent=2))
        return
    for line in compare_lines(read, compared):
        click.echo(line)
