"""``clearband plan compare``: the same network under other rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.plan.solver import require_solver, violations


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
    "--against", metavar="NAME",
    help="The scenario whose cost others are held against. Default: as-told, or else the first.",
)  # fmt: skip
@click.option(
    "--samples", type=click.IntRange(min=1, max=10_000), metavar="N",
    help="Draw prices, lead times and crews so often in each scenario, and show percentiles.",
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
    "--write", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write the network of each scenario there, for plan solve, explain and report.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(min=0, max=1_000_000), default=0, show_default=True,
    help="The same seed and network give the same answer.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    network: Path, files: tuple[Path, ...], only: tuple[str, ...], against: str | None, samples: int | None,
    gap: float, time_limit: float | None, write: Path | None, seed: int, as_json: bool,
) -> None:  # fmt: skip
    """Plan the network NET as it is and under other rules, and show cost, exposure, time and what binds.

    Scenarios: as told; as told for cost alone; no ban (by the price gaps of clearband data market); Open RAN;
    one supplier of radio access; refunds in full and at 39.5 %. Each is a documented change of the network.
    """
    require_solver()
    from clearband.planning.answers.compare import compare, held_against, kept, scenarios
    from clearband.planning.answers.files import scenario_folders, write_scenario
    from clearband.planning.answers.outcome import How
    from clearband.planning.answers.scenario import read_scenario
    from clearband.planning.network.check import refuse_unplannable
    from clearband.planning.network.read import read_network
    from clearband.planning.network.write import check_out
    from clearband.reports.plan_ways import compare_content, compare_head, compare_line, compare_notes

    own = [read_scenario(path) for path in files]
    read = read_network(network)
    refuse_unplannable(read)
    asked = held_against(scenarios(read, own, only), against)
    folders = scenario_folders([one.name for one in asked], write) if write is not None else {}
    for folder in folders.values():
        check_out(folder)
    wide, held = max([16, *(len(one.name) for one in asked)]), asked[0].name
    if not as_json:
        for line in compare_head(read, held, gap, wide):
            click.echo(line)
    rows, base = [], None
    for row in compare(read, asked, How(seed, gap, time_limit, violations), samples=samples):
        rows.append(row)
        if row.scenario.name == held:
            base = row.outcome.cost
        if row.scenario.name in folders:
            write_scenario(row.network, row.scenario, folders[row.scenario.name])
        if not as_json:
            click.echo(compare_line(row, base, wide))
    if as_json:
        click.echo(json.dumps(compare_content(read, rows, kept(read)), ensure_ascii=False, indent=2))
        return
    click.echo()
    for line in compare_notes(read, rows, kept(read)):
        click.echo(line)
