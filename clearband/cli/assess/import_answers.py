"""``clearband assess import``: take in answers."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import counted, profile_file_option, profile_of_assessment, write
from clearband.errors import UsageError


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option("--automatic", "anew", is_flag=True, help="Make the automatic answers anew from the register.")
@profile_file_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Default: FILE itself.")
def command(
    file: Path, inputs: tuple[Path, ...], anew: bool, profile_file: Path | None, out: Path | None
) -> None:
    """Take into an assessment what a vendor filled in, or the answers of another assessment.

    INPUT is an answered questionnaire (.xlsx or .json), or another assessment of the subject: the answers
    of its vendors and assessors are taken with their evidence, for a new catalogue, profile or day.
    """
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.taking import carried_over, is_assessment
    from clearband.model.canonical import canonical

    if not inputs and not anew:
        raise UsageError("there is nothing to take in", remedy="name an INPUT, or say --automatic")
    assessment = read_assessment(file)
    before = {canonical(one) for one in assessment.answers}
    profile = profile_of_assessment(assessment, profile_file)
    for path in inputs:
        if is_assessment(path):
            assessment = carried_over(assessment, read_assessment(path))
            continue
        from clearband.assess.answered import taken_in
        from clearband.assess.filled_workbook import read_filled
        from clearband.assess.questionnaire import questions
        from clearband.assess.score import scoring_of

        base = catalogue()
        asked = questions(scoring_of(assessment, profile, base))
        assessment = taken_in(assessment, read_filled(path, assessment), asked, base)
    if anew:
        from clearband.assess.automatic import automatic, with_automatic
        from clearband.directives.law import load_law
        from clearband.register import load_register

        made = automatic(assessment, profile, load_register(), load_law())
        assessment = with_automatic(assessment, made)
    write(out or file, assessment)
    fresh = sum(canonical(one) not in before for one in assessment.answers)
    click.echo(f"{out or file}: {counted(fresh, 'answer')} new or changed, {len(assessment.answers)} in all")
