"""``clearband assess diff``: what changed between two assessments."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import profile_file_option, profile_of_assessment


@click.command("diff")
@click.argument("a", type=click.Path(path_type=Path), metavar="A")
@click.argument("b", type=click.Path(path_type=Path), metavar="B")
@profile_file_option
def command(a: Path, b: Path, profile_file: Path | None) -> None:
    """Show what changed from A to B: outcome, score, gates, criteria, answers, evidence."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.score import scoring_of
    from clearband.reports.assessment_changes import change_lines

    both = []
    for path in (a, b):
        assessment = read_assessment(path)
        both.append(scoring_of(assessment, profile_of_assessment(assessment, profile_file), catalogue()))
    for line in change_lines(*both):
        click.echo(line)
