"""``clearband assess score``: gates, score and outcomes."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import profile_file_option, profile_of_assessment


@click.command("score")
@click.argument("file", type=click.Path(path_type=Path))
@profile_file_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: canonical, the same for the same inputs.")
def command(file: Path, profile_file: Path | None, as_json: bool) -> None:
    """Show what an assessment comes to, and which single answers would change that."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.score import score
    from clearband.reports.assessment import score_json, score_lines

    assessment = read_assessment(file)
    profile = profile_of_assessment(assessment, profile_file)
    result = score(assessment, profile, catalogue())
    if as_json:
        click.echo(score_json(assessment, result).decode())
        return
    for line in score_lines(assessment, result, profile):
        click.echo(line)
