"""``clearband report reimbursement``: a worksheet for a request to the reimbursement programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from clearband.cli.dates import Day, today
from clearband.cli.report.options import format_options, write_out

_FORMATS: Final = ("html", "pdf", "xlsx", "json")


@click.command("reimbursement")
@click.option(
    "--run", type=click.Path(path_type=Path), metavar="DIR", help="The run (written by screen --out)."
)
@click.option(
    "--plan", type=click.Path(path_type=Path), metavar="DIR", help="The plan (written by plan solve)."
)
@click.option("--network", type=click.Path(path_type=Path), metavar="NET", help="The network of the plan.")
@click.option(
    "--prices",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own prices, such as the FCC catalogue.",
)
@click.option("--on", "day", type=Day(), help="The day it is about. Left out: that of the run, else today.")
@format_options(*_FORMATS)
def command(
    run: Path | None, plan: Path | None, network: Path | None, prices: Path | None, day: date | None,
    form: str | None, out: Path,
) -> None:  # fmt: skip
    """Write a worksheet for FCC Form 5640: what must go, the cost catalogue's lines, and what a plan spends.

    Made of a run, of a plan with its network, or of both. No cost is estimated: that is the applicant's.
    """
    from clearband.errors import UsageError
    from clearband.planning.prices import load_prices
    from clearband.reports.filings.plan_lines import PlanLines
    from clearband.reports.filings.reimbursement import reimbursement
    from clearband.reports.filings.screened import read_screened

    if (plan is None) != (network is None):
        raise UsageError("--plan and --network go together", remedy="give both or neither")
    screened = read_screened(run) if run else None
    planned = PlanLines.read(plan, network) if plan and network else None
    on = day or (screened.on if screened else today())
    write_out(reimbursement(screened, planned, load_prices(prices), on), form, out, *_FORMATS)
