"""``clearband workspace verify``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from clearband.cli.workspace.options import JSON, Place, workspace_options
from clearband.errors import ExitStatus

if TYPE_CHECKING:
    from clearband.workspace.verify import Verified

FORM: Final = "https://clearband.dev/schema/workspace-verified-1.json"
EXPECT: Final = click.option(
    "--expect",
    metavar="SHA256",
    help="A hash that the trail ended with once: it must still hold that entry.",
)


@click.command("verify")
@workspace_options
@EXPECT
@JSON
def command(folder: Path, database: str | None, expect: str | None, as_json: bool) -> int:
    """Check the audit trail from its first entry, every row against its last entry, every file, and what
    pages read of each run.

    A chain of hashes cannot tell that its end was cut off: note the head that this prints, and give it with
    --expect another time. Exit status 1 where anything is not as the trail says.
    """
    with Place(folder, database).opened() as workspace:
        from clearband.workspace.verify import verify

        return tell(verify(workspace, expect=expect), as_json=as_json)


def tell(seen: Verified, *, as_json: bool) -> int:
    """Print what was seen; the exit status."""
    if as_json:
        click.echo(json.dumps({"schema": FORM, "good": not seen.problems, **asdict(seen)}, indent=1))
    else:
        for problem in seen.problems:
            click.echo(problem)
        # Thousands are set apart for people only.
        counts = f"{seen.entries:,} entries of the trail, {seen.rows:,} rows, {seen.files:,} files"
        number = len(seen.problems)
        wrong = f"{number:,} problem{'s' if number > 1 else ''}" if number else "all as it should be"
        click.echo(f"{counts}: {wrong}")
        click.echo(f"head {seen.head}")
    return ExitStatus.FAIL_ON_MET if seen.problems else ExitStatus.DONE
