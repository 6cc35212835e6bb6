"""``clearband report fcc-annual``: a worksheet for the yearly report of the Secure Networks Act."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from clearband.cli.report.options import format_options, run_option, write_out

_FORMATS: Final = ("html", "pdf", "xlsx", "json")


@click.command("fcc-annual")
@run_option
@format_options(*_FORMATS)
def command(run: Path, form: str | None, out: Path) -> None:
    """Write a worksheet for the yearly report to the FCC on covered equipment and services (47 CFR 1.50007).

    The run must have asked the law for a provider of advanced communications service (screen --as
    advanced-communications-provider).
    """
    from clearband.reports.filings.fcc_annual import fcc_annual
    from clearband.reports.filings.screened import read_screened

    write_out(fcc_annual(read_screened(run)), form, out, *_FORMATS)
