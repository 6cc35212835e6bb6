"""The option ``--enterprise-numbers`` and what it adds to the register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from clearband.register import Register
    from clearband.register.enterprise_file import EnterpriseList


def enterprise_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--enterprise-numbers`` to a command, which gets the file as ``enterprise_numbers``."""
    option = click.option(
        "--enterprise-numbers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="IANA's list of private enterprise numbers (its text, or a table of number and organisation), "
        "for sysObjectIDs that the facts do not know.",
    )
    wrapped: Callable[..., Any] = option(command)
    return wrapped


def register_with(file: Path | None) -> tuple[Register, dict[str, str] | None]:
    """The register, with a user's copy of IANA's list where one is given, and what a run records of it.

    Raises:
        InputError: The file is no such list; names file, line and remedy.
    """
    from clearband.register import load_register

    register = load_register()
    listed = enterprise_list(file)
    if listed is None:
        return register, None
    return register.with_enterprise_list(listed), listed.record


def enterprise_list(file: Path | None) -> EnterpriseList | None:
    """A user's copy of IANA's list, where one is given; entries that are left out are told.

    Raises:
        InputError: The file is no such list; names file, line and remedy.
    """
    if file is None:
        return None
    from clearband.register.enterprise_file import read_enterprise_list

    listed = read_enterprise_list(file)
    if listed.left_out:
        click.echo(
            f"clearband: {file} line {listed.first_left_out}: an entry without an organisation was left out"
            f"{f', as {listed.left_out - 1} more' if listed.left_out > 1 else ''}",
            err=True,
        )
    return listed
