"""``clearband report section-889``: a worksheet for the representations of FAR 52.204-24."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from clearband.cli.report.options import format_options, run_option, write_out

_FORMATS: Final = ("html", "pdf", "xlsx", "json")


@click.command("section-889")
@run_option
@format_options(*_FORMATS)
def command(run: Path, form: str | None, out: Path) -> None:
    """Write a worksheet for the representations of FAR 52.204-24: what the data says, and what would decide.

    The run must have asked the law for a federal contractor (screen --as federal-contractor). Nothing is
    ticked: while a record is open, no negative representation is what the data says.
    """
    from clearband.reports.filings.screened import read_screened
    from clearband.reports.filings.section_889 import section_889

    write_out(section_889(read_screened(run)), form, out, *_FORMATS)
