"""What a command tells beside its results: lines and a count on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def say(line: str) -> None:
    """Tell the user something that is no result."""
    click.echo(f"clearband: {line}", err=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """Count on a terminal, in one line that is gone at the end; elsewhere say nothing."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    try:
        yield lambda count: click.echo(f"\r\x1b[K{count} {what}", err=True, nl=False)
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
