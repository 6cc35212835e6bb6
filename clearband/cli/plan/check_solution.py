"""``clearband plan check-solution``: a plan against its network, by every rule."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.errors import ExitStatus


@click.command("check-solution")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Violations of a rule that are shown, the worst first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(network: Path, plan: Path, most: int, as_json: bool) -> int:
    """Hold a plan against its network by every rule.

    NET is a network (a folder, workbook or JSON file) and PLAN the folder of a plan. Cost and exposure are
    made anew and held against what the plan claims. Ends with status 0 only when no rule is broken, and with
    1 when one is.
    """
    from clearband.planning.checking import check, read_plan
    from clearband.planning.network import read_network
    from clearband.reports.terminal.plan_check_solution import check_json, check_lines

    checked = check(read_network(network), read_plan(plan))
    if as_json:
        click.echo(check_json(checked, most))
    else:
        for line in check_lines(checked, most):
            click.echo(line)
    return ExitStatus.DONE if checked.violations.is_empty() else ExitStatus.FAIL_ON_MET
