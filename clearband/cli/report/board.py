"""``clearband report board``: one page for a board."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from clearband.cli.report.options import format_options, run_option, write_out

_FORMATS: Final = ("html", "pdf", "json")


@click.command("board")
@run_option
@format_options(*_FORMATS)
def command(run: Path, form: str | None, out: Path) -> None:
    """Write one page for a board: what there is, what is forbidden since when, what is open, what is due."""
    from clearband.reports.filings.board import board
    from clearband.reports.filings.screened import read_screened

    write_out(board(read_screened(run)), form, out, *_FORMATS)
