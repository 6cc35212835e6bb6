"""``clearband assess explain``: every criterion with what it rests on."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.assess.policy import profile_file_option, profile_of_assessment
from clearband.errors import UsageError


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("criteria", nargs=-1, metavar="[CRITERION]...")
@profile_file_option
def command(file: Path, criteria: tuple[str, ...], profile_file: Path | None) -> None:
    """Explain an assessment, or some of its criteria: answer, evidence, level, source, gates, the unknown."""
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.score import score, scoring_of
    from clearband.reports.assessment import criterion_lines, score_lines

    assessment = read_assessment(file)
    profile = profile_of_assessment(assessment, profile_file)
    base = catalogue()
    scoring = scoring_of(assessment, profile, base)
    for name in criteria:
        if name not in scoring.criteria:
            known = name in base.criteria
            what = "does not apply to this subject under this profile" if known else "is no criterion"
            raise UsageError(f"{name} {what}", remedy="`clearband criteria list` shows them")
    if not criteria:
        for line in score_lines(assessment, score(assessment, profile, base), profile):
            click.echo(line)
        click.echo("")
    for name in criteria or scoring.criteria:
        for line in criterion_lines(scoring, name):
            click.echo(line)
