"""``clearband plan solve``: the cheapest plan, and how far it is from the best."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from clearband.cli.plan.solver import (
    EXPLAIN_SECONDS,
    read_sound,
    refuse_broken,
    require_solver,
    violations,
)
from clearband.cli.plan.solver import say as say_what
from clearband.errors import ExitStatus

if TYPE_CHECKING:
    from clearband.planning.answers.least import Least
    from clearband.planning.network.network import Network
    from clearband.planning.optimise.solve import Progress, Solution
    from clearband.planning.plan.again import Again
    from clearband.planning.units.assemble import Assembled


_FEW: Final = 5
"""Lines of units without a place."""
_PROOF: Final = (60.0, 0.25)
"""Seconds at the most, and share of a time limit, to prove that there is no plan in the midst of a search."""


class _ImpossibleError(Exception):
    """It is proved that there is no plan: no search finds one."""


@click.command("solve")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="PLAN", help="Folder to write."
)
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="S",
    help="End after about so many seconds with the best plan so far. Such a plan may differ from run to run. "
    "Where none was found, as long again is taken for what would make one possible.",
)  # fmt: skip
@click.option(
    "--gap", type=click.FloatRange(min=0, max=1), default=1e-5, show_default=True,
    help="End when the plan is proved to be within this share of the best.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(min=0, max=1_000_000), default=0, show_default=True,
    help="The same seed and network give the same plan.",
)  # fmt: skip
@click.option(
    "--start", type=click.Path(path_type=Path), metavar="PLAN",
    help="Begin the search from an earlier plan, of this network or of what it was before.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON: cost, exposure, bound, gap.")
@click.option("--quiet", is_flag=True, help="Say nothing of the way.")
def command(
    network: Path, out: Path, time_limit: float | None, gap: float, seed: int, start: Path | None,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Plan the replacement of what must go, as cheap as it can be.

    NET is a network: a folder, a workbook or a JSON file. Ends with status 1 when no plan was found, says
    whether it is proved that there is none, and prints the smallest relaxations with which there is one
    (see plan explain).
    """
    require_solver()
    from clearband.planning.checking import read_plan
    from clearband.planning.network.check import check
    from clearband.planning.optimise.solve import solve
    from clearband.planning.plan.again import start_from
    from clearband.planning.plan.write import check_out, told, write_plan
    from clearband.planning.units.assemble import assemble
    from clearband.reports.plain_text import visible

    check_out(out)
    read = read_sound(network)
    before = None if start is None else read_plan(start).work
    for line in read.warnings:
        click.echo(f"clearband: {visible(line)}", err=True)
    assembled = assemble(read)
    searched = not check(read).errors and not assembled.blocked
    solution, begin = None, None
    if searched:
        if before is not None:
            again = start_from(assembled, before)
            begin = again.option, again.quarter
            if not quiet:
                click.echo(_begun(again), err=True)
        with suppress(_ImpossibleError):
            solution = solve(
                assembled.problem, seed=seed, gap=gap, seconds=time_limit, start=begin,
                progress=_watching(assembled, time_limit, quiet=quiet),
            )  # fmt: skip
    if solution is None or solution.missing:
        if solution is not None:
            _say_left_out(assembled, solution)
        found = _least(read, time_limit, searched=searched, quiet=quiet)
        if found.feasible:
            solution = solve(assembled.problem, seed=seed, gap=gap, seconds=time_limit, start=found.start)
        if solution is None or solution.missing:
            return _without_plan(found, as_json=as_json)
    plan = told(assembled, solution, seed=seed, gap=gap)
    refuse_broken(read, plan)
    write_plan(plan, out)
    if as_json:
        click.echo(json.dumps(plan.claims, indent=2, ensure_ascii=False))
        return ExitStatus.DONE
    claims, currency = plan.claims, read.settings.currency
    click.echo(f"{out}: {claims['items']:,} items in {claims['units']:,} units of work")
    click.echo(f"  cost      {claims['cost']:>18,.0f} {currency}, discounted")
    click.echo(f"  exposure  {claims['exposure']:>18,.0f} points x quarters")
    if claims["bound"] is None:
        click.echo("  bound     not proved: more choices of products than are planned with")
    else:
        click.echo(f"  bound     {claims['bound']:>18,.0f} {currency}, cost and price of exposure together")
        click.echo(f"  gap       {claims['gap']:>18.4%} at most, from the best plan there is")
    return ExitStatus.DONE


def _begun(again: Again) -> str:
    """One line: how much of an earlier plan is begun with, and what of it is passed over, by why."""
    passed = [
        f"{count:,} {why}"
        for count, why in (
            (again.gone, "no longer there"),
            (again.other, "that cannot be done as they were"),
            (again.new, "that it does not know"),
        )
        if count
    ]
    more = f"; passed over: {', '.join(passed)}" if passed else ""
    return f"begins with {again.taken:,} of {len(again.option):,} units of work as in the earlier plan{more}"


def _watching(assembled: Assembled, time_limit: float | None, *, quiet: bool) -> Callable[[Progress], None]:
    """Says how far it is, and ends the search when it has no plan yet and it is proved that there is none."""
    from clearband.planning.answers.asked import Asked
    from clearband.planning.answers.question import Question
    from clearband.planning.optimise.found import Clock

    asked = False
    most, share = _PROOF
    seconds = most if time_limit is None else min(most, share * time_limit)

    def watch(progress: Progress) -> None:
        nonlocal asked
        if not quiet:
            _say(progress)
        if progress.value is not None and progress.missing and not asked:
            asked = True
            if Asked(assembled, Clock(seconds)).impossible(Question(), whole=False):
                raise _ImpossibleError

    return watch


def _least(network: Network, time_limit: float | None, *, searched: bool, quiet: bool) -> Least:
    from clearband.planning.answers.least import least

    return least(
        network, check=violations, seconds=time_limit or EXPLAIN_SECONDS, searched=searched,
        say=(lambda _: None) if quiet else say_what,
    )  # fmt: skip


def _without_plan(found: Least, *, as_json: bool) -> int:
    """The smallest relaxations with which there is a plan."""
    from clearband.reports.plan_least import least_content, least_lines

    if as_json:
        click.echo(json.dumps(least_content(found, {}), indent=2, ensure_ascii=False))
    else:
        for line in least_lines(found, {}):
            click.echo(line)
        if any(way.relaxation is not None for way in found.ways):
            click.echo("\nclearband plan explain NET --write FOLDER writes them as files for plan relax")
    return ExitStatus.FAIL_ON_MET


def _say_left_out(assembled: Assembled, solution: Solution) -> None:
    from clearband.planning.answers.left_out import left_out

    click.echo(
        f"clearband: no plan was found: {solution.missing:,} of {len(solution.option):,} units of work "
        "have no place within the limits",
        err=True,
    )
    rows = list(left_out(assembled, solution))
    for group, region, lost, every in rows[:_FEW]:
        click.echo(f"  {lost:,} of {every:,} units of {group} in {region}", err=True)
    if len(rows) > _FEW:
        click.echo(f"  and {sum(row[2] for row in rows[_FEW:]):,} elsewhere", err=True)


def _say(progress: Progress) -> None:
    if progress.value is None:
        click.echo(f"{progress.seconds:7.1f} s  prices: bound {progress.bound:,.0f}", err=True)
    elif progress.missing:
        click.echo(f"{progress.seconds:7.1f} s  {progress.missing:,} units without a place", err=True)
    else:
        gap = max(0.0, (progress.value - progress.bound) / progress.value) if progress.value > 0 else 0.0
        plan = f"plan {progress.value:,.0f}, bound {progress.bound:,.0f}, gap {gap:.3%}"
        click.echo(f"{progress.seconds:7.1f} s  {plan}", err=True)
