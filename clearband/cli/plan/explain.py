"""``clearband plan explain``: what binds in a plan, and what would make one possible where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.plan.solver import EXPLAIN_SECONDS, read_sound, require_solver, say, violations
from clearband.errors import ExitStatus


@click.command("explain")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.argument("plan", type=click.Path(path_type=Path), metavar="[PLAN]", required=False)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Lines of each list that are shown.",
)
@click.option(
    "--write", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Without PLAN: a file for plan relax for each relaxation; none is written over.",
)  # fmt: skip
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), default=EXPLAIN_SECONDS, show_default=True,
    metavar="S", help="Without PLAN: end after about so many seconds with what was found by then.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Say nothing of the way.")
def command(
    network: Path, plan: Path | None, most: int, write: Path | None, time_limit: float, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Say what binds in the plan PLAN of the network NET, and what a little more of it would save.

    Without PLAN: the smallest relaxations that make NET plannable, each proved by a plan that was found with
    it and checked, and the limits that clash. Ends with status 1 when no plan of NET as it is was found, and
    says whether it is proved that there is none.
    """
    require_solver()
    told = (lambda _: None) if quiet else say
    read = read_sound(network)
    if plan is None:
        from clearband.planning.answers.files import refuse_earlier, write_all
        from clearband.planning.answers.least import least
        from clearband.reports.plan_least import least_content, least_lines

        if write is not None:
            refuse_earlier(write)
        found = least(read, check=violations, seconds=time_limit, say=told)
        files = write_all(found, write) if write is not None else {}
        if as_json:
            click.echo(json.dumps(least_content(found, files), ensure_ascii=False, indent=2))
        else:
            for line in least_lines(found, files, most):
                click.echo(line)
        return ExitStatus.DONE if found.feasible else ExitStatus.FAIL_ON_MET
    from clearband.errors import UsageError
    from clearband.planning.answers.explain import explain
    from clearband.planning.checking import read_plan
    from clearband.planning.network.check import refuse_unplannable
    from clearband.reports.plan_explained import explained_content, explained_lines

    if write is not None:
        raise UsageError("--write is for a network without a plan", remedy="leave PLAN or --write out")
    refuse_unplannable(read)
    explained = explain(read, read_plan(plan).work, say=told)
    if as_json:
        click.echo(json.dumps(explained_content(explained), ensure_ascii=False, indent=2))
    else:
        for line in explained_lines(explained, most):
            click.echo(line)
    return ExitStatus.DONE
