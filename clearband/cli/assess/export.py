"""``clearband assess export``: an assessment and its result as OSCAL, held to NIST's schema."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import profile_file_option, profile_of_assessment


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@profile_file_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to. Default: printed, with what is not carried beside it as messages.",
)
def command(file: Path, profile_file: Path | None, out: Path | None) -> None:
    """Write OSCAL assessment results (1.2.3), checked against NIST's JSON Schema.

    What OSCAL cannot carry is said in the document and beside it.
    """
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.score import score
    from clearband.reports.oscal.check import held_to_schema
    from clearband.reports.oscal.parts import as_text
    from clearband.reports.oscal.results import LOST, assessment_results
    from clearband.reports.whole_file import whole_file

    assessment = read_assessment(file)
    result = score(assessment, profile_of_assessment(assessment, profile_file), catalogue())
    text = as_text(held_to_schema(assessment_results(assessment, result)))
    if out is None:
        click.echo(text, nl=False)
    else:
        with whole_file(out) as staged:
            staged.write_text(text, encoding="utf-8")
        click.echo(f"{out}: valid OSCAL")
    for lost in LOST:
        click.echo(f"not carried by OSCAL: {lost}", err=out is None)
