"""Options that the commands of an approved list share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from clearband.errors import InputError, UsageError

VARIABLE: Final = "CLEARBAND_PASSPHRASE"


def list_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--list``, which a command gets as ``folder``."""
    wrapped: Callable[..., Any] = click.option(
        "--list",
        "folder",
        type=click.Path(path_type=Path),
        default=Path("approved-list"),
        show_default=True,
        metavar="DIR",
        help="Folder of the list: authority.yaml and log.jsonl.",
    )(command)
    return wrapped


def key_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--key`` and ``--passphrase-file``."""
    for option in (
        click.option(
            "--passphrase-file",
            "passphrase_files",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="File with the passphrase, for each --key in turn, or one for all. Default: the variable "
            f"{VARIABLE}, or a question.",
        ),
        click.option(
            "--key",
            "keys",
            multiple=True,
            metavar="FILE|URI",
            help="Decider's key: an encrypted file, or a URI of a token or key service with #KEYID.",
        ),
    ):
        command = option(command)
    return command


def passphrases(keys: tuple[str, ...], files: tuple[Path, ...]) -> Callable[[str], str]:
    """What gives the passphrase of each key.

    Raises:
        UsageError: There are neither as many files as keys nor one for all.
    """
    if len(files) not in (0, 1, len(keys)):
        raise UsageError(
            f"{len(files)} passphrase files for {len(keys)} keys",
            remedy="give one for each key, or one for all",
        )
    of_key = dict(zip(keys, files if len(files) == len(keys) else files * len(keys), strict=False))

    def ask(key: str) -> str:
        if file := of_key.get(key) or (files[0] if files else None):
            return passphrase_of(file)
        if (held := os.environ.get(VARIABLE)) is not None:
            return held
        text: str = click.prompt(f"Passphrase of {key}", hide_input=True, err=True)
        return text

    return ask


def passphrase_of(file: Path) -> str:
    """The first line of a file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the passphrase cannot be read: {error}", where=str(file)) from None
    return lines[0] if lines else ""
