"""``clearband criteria check``: an authority's own profile, with each fault, its line and what to do."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.errors import ExitStatus
from clearband.reports.plain_text import count


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """Check profiles: their words, their thresholds, and what political-legal criteria alone may not do.

    Exit status 3 when a file has an error; warnings are shown.
    """
    from clearband.assess.profiles import check_profile

    failed = False
    for path in files:
        problems = check_profile(path)
        for problem in problems:
            click.echo(f"{problem.severity}: {problem.one_line()}")
        errors = sum(problem.severity == "error" for problem in problems)
        failed = failed or errors > 0
        warnings = len(problems) - errors
        click.echo(f"{path.name}: {count(errors, 'error')}, {count(warnings, 'warning')}")
    return ExitStatus.INPUT_UNUSABLE if failed else ExitStatus.DONE
