"""What all kinds of drafts take: the run, the format, the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from clearband.reports.filings.form import Filing


def run_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--run`` to a command, which gets the folder as ``run``."""
    option = click.option(
        "--run",
        type=click.Path(path_type=Path),
        required=True,
        metavar="DIR",
        help="The run (written by screen --out).",
    )
    wrapped: Callable[..., Any] = option(command)
    return wrapped


def format_options(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add ``--format`` and ``--out`` to a command, which gets them as ``form`` and ``out``."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="File to write."
        )(command)
        wrapped: Callable[..., Any] = click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help="Left out: what the name of the file ends with.",
        )(command)
        return wrapped

    return add


def write_out(filing: Filing, form: str | None, out: Path, *formats: str) -> None:
    """Write a draft in the format asked for, or that of the file's name, and say so.

    Raises:
        UsageError: Neither says a format of this kind.
    """
    from clearband.errors import UsageError
    from clearband.reports.filings.write import write_filing

    chosen = form or out.suffix.removeprefix(".").lower()
    if chosen not in formats:
        raise UsageError(
            f'no format is told by "{out.name}"',
            where="--out",
            remedy=f"add --format, one of {', '.join(formats)}",
        )
    write_filing(filing, chosen, out)
    click.echo(f"{out}: {filing.title}")
    made = filing.rests_on
    held = [name for name, sha256 in (("the run", made.run_sha256), ("the plan", made.plan_sha256)) if sha256]
    click.echo(f"  {filing.draft}. It rests on {' and '.join([*held, 'the facts'])} named in it.")
