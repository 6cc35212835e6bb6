"""``clearband plan report``: a plan to look at, and to work from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.argument("network", type=click.Path(path_type=Path), metavar="NET")
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write.")
def command(network: Path, plan: Path, out: Path) -> None:
    """Write a plan as a page, charts, and work orders.

    NET is a network (a folder, workbook or JSON file) and PLAN the folder of a plan. Every number is made
    anew from both; a plan that breaks a rule is shown too, and says so. DIR is written whole or not at all.
    """
    from clearband.planning.checking import read_plan
    from clearband.planning.network import read_network
    from clearband.reports.plain_text import count, visible
    from clearband.reports.plan import check_out, write_plan_report

    check_out(out)
    done = write_plan_report(read_network(network), read_plan(plan), out)
    drawn = sum(chart.drawing is not None for chart in done.charts)
    others = [name for name in done.files if "/" not in name]
    click.echo(f"{out}: {', '.join(others)}, {count(drawn, 'chart')} in charts/")
    for line in (*done.summary.lead, *done.summary.lines):
        click.echo(f"  {visible(line)}")
    if done.summary.broken:
        click.echo("  It breaks the rules of its network, and cannot be carried out as it stands:")
        for line in done.summary.broken:
            click.echo(f"    {line}")
