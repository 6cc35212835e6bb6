"""``clearband assess questionnaire``: the questions for a vendor."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import profile_file_option, profile_of_assessment
from clearband.errors import UsageError


@click.command("questionnaire")
@click.argument("file", type=click.Path(path_type=Path))
@profile_file_option
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="A .xlsx or .json file."
)
def command(file: Path, profile_file: Path | None, out: Path) -> None:
    """Write the questions of an assessment for a vendor; what valid evidence answers is filled in already."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.questionnaire import DONE, questions
    from clearband.assess.score import scoring_of
    from clearband.reports.questionnaire import as_json, as_workbook
    from clearband.reports.whole_file import whole_file

    if out.suffix not in (".xlsx", ".json"):
        raise UsageError(
            f'"{out.suffix}" is no form of a questionnaire', where=str(out), remedy=".xlsx or .json"
        )
    assessment = read_assessment(file)
    base = catalogue()
    asked = questions(scoring_of(assessment, profile_of_assessment(assessment, profile_file), base))
    with whole_file(out) as staged:
        workbook = out.suffix == ".xlsx"
        staged.write_bytes(as_workbook(assessment, asked, base) if workbook else as_json(assessment, asked))
    done = sum(question.state == DONE for question in asked)
    click.echo(f"{out}: {len(asked)} questions, {done} answered by valid evidence already")
