"""``clearband report country``: a brief about a country."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from clearband.cli.dates import Day, today
from clearband.cli.report.options import format_options, write_out

_FORMATS: Final = ("html", "pdf", "json")


@click.command("country")
@click.option("--country", required=True, metavar="CC", help="The country: two letters, such as DE.")
@click.option("--on", "day", type=Day(), help="The day. Left out: that of the run, else today.")
@click.option(
    "--run", type=click.Path(path_type=Path), metavar="DIR", help="Tell what a run says under its measures."
)
@format_options(*_FORMATS)
def command(country: str, day: date | None, run: Path | None, form: str | None, out: Path) -> None:
    """Write a brief about a country: its measures with dates and force, and what is known of its networks.

    Made of the facts alone, each with its source. An allegation is called one.
    """
    from clearband.impact.places import country_code
    from clearband.reports.filings.country import country_brief
    from clearband.reports.filings.screened import read_screened

    screened = read_screened(run) if run else None
    on = day or (screened.on if screened else today())
    write_out(country_brief(country_code(country), on, screened), form, out, *_FORMATS)
