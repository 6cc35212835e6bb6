"""``clearband report section-889-report``: drafts of the reports of FAR 52.204-25(d)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from clearband.cli.dates import Day
from clearband.cli.report.options import format_options, run_option, write_out

_FORMATS: Final = ("html", "pdf", "xlsx", "json")


@click.command("section-889-report")
@run_option
@click.option("--found", type=Day(), help="The day of the finding. Left out: that of the run, else its day.")
@format_options(*_FORMATS)
def command(run: Path, found: date | None, form: str | None, out: Path) -> None:
    """Write drafts of the reports of FAR 52.204-25(d): within one business day, and within ten of the first.

    The run must have asked the law for a federal contractor (screen --as federal-contractor).
    """
    from clearband.reports.filings.screened import read_screened
    from clearband.reports.filings.section_889_report import section_889_report

    write_out(section_889_report(read_screened(run), found), form, out, *_FORMATS)
