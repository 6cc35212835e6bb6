"""Options of the commands that make a root."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def root_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--list``, ``--root-key``, ``--threshold`` and ``--valid-days``."""
    for option in (
        click.option(
            "--valid-days",
            type=click.IntRange(1, 3660),
            default=365,
            show_default=True,
            help="Life of the root and of the top of the targets.",
        ),
        click.option("--threshold", type=click.IntRange(1), help="Least signatures of a root. Default: 2."),
        click.option(
            "--root-key",
            "root_keys",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE.pub",
            help="Public key of an office that signs the root.",
        ),
        click.option(
            "--list",
            "lists",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="List of an authority that may publish; its deciders sign it, as many as its quorum.",
        ),
    ):
        command = option(command)
    return command
