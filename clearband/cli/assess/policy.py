"""The profile of an assessment: a shipped one by its id, or a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearband.errors import InputError, UsageError

if TYPE_CHECKING:
    from clearband.model.assessment import Assessment
    from clearband.model.criterion import Profile


def profile_file_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--profile-file`` to a command that reads assessments."""
    option = click.option(
        "--profile-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The profile it was made with, where it is none of the shipped ones.",
    )
    wrapped: Callable[..., Any] = option(command)
    return wrapped


def profile_called(name: str) -> Profile:
    """The shipped profile of an id, or the one in a file.

    Raises:
        UsageError: There is neither.
        FactsError: The file is no profile.
    """
    from clearband.assess.profiles import read_profile, shipped_profiles

    shipped = shipped_profiles()
    if name in shipped:
        return shipped[name]
    if Path(name).is_file():
        return read_profile(Path(name))
    raise UsageError(f'"{name}" is neither a profile nor a file', remedy=f"shipped are {', '.join(shipped)}")


def profile_of_assessment(assessment: Assessment, file: Path | None) -> Profile:
    """The profile that an assessment names.

    Raises:
        InputError: It names one that does not ship, and no file was given; or the file is another one.
    """
    profile = None if file is None else profile_called(str(file))
    if profile is None:
        from clearband.assess.profiles import shipped_profiles

        profile = shipped_profiles().get(assessment.profile)
    if profile is None or profile.id != assessment.profile:
        what = f'was made with the profile "{assessment.profile}"'
        raise InputError(what, where=assessment.id, remedy="name its file with --profile-file")
    return profile


def counted(number: int, what: str) -> str:
    """A number of things in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def write(path: Path, assessment: Assessment) -> None:
    """Write an assessment, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    from clearband.assess.document import written
    from clearband.reports.whole_file import whole_file

    with whole_file(path) as staged:
        staged.write_bytes(written(assessment))
