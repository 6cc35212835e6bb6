"""A folder written whole or not at all: staged beside its place, made durable, renamed into it.

Nothing else gives that: files written one by one into the folder leave a half-written result when the power
goes or the disk fills. The staged folder has a name that says what it is (``.NAME.clearband-partial-…``), so
that the remains of a killed run are recognised and can be removed.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import OutputError

PARTIAL: Final = "clearband-partial"
"""In the name of a folder that is being written."""
REPLACED: Final = "clearband-replaced"
"""In the name of an earlier folder that is being replaced."""

_OTHER_FOLDER: Final = "name another folder with --out"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True)
class FolderKind:
    """A kind of folder, of which an earlier one may be replaced.

    Attributes:
        name: What it is called in messages, such as "network".
        files: Names that one may hold.
        recognise: Whether a folder is one.
    """

    name: str
    files: Collection[str]
    recognise: Callable[[Path], bool]


def check_place(out: Path, kind: FolderKind, inputs: Iterable[Path] = ()) -> Path:
    """Check that a folder may be written, before any work is done.

    Args:
        out: The folder wanted. One that is empty or of the kind is replaced; any other is refused.
        kind: What will be in it.
        inputs: Input files, which must not lie in it.

    Returns:
        The real place of the folder: absolute, links followed.

    Raises:
        OutputError: A file or another folder is in the place, the parent is missing or cannot be written, or
            the folder holds an input.
    """
    place = Path(os.path.realpath(out))
    try:
        _check_parent(out, place)
        _check_present(out, place, kind)
    except OSError as error:
        raise _cannot_write(out, error) from None
    for path in inputs:
        real = Path(os.path.realpath(path))
        # The parent of an input is where that file lies: replacing it would remove the input.
        if real == place or place in real.parents:
            raise OutputError(f"it holds the input {path.name}", where=str(out), remedy=_OTHER_FOLDER)
    return place


def _check_parent(out: Path, place: Path) -> None:
    parent = place.parent
    if not parent.exists():
        raise OutputError(
            "the folder above it does not exist", where=str(out), remedy=f"make {out.parent} first"
        )
    if not parent.is_dir():
        raise OutputError(f"{parent.name} is a file, not a folder", where=str(out), remedy=_OTHER_FOLDER)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputError(
            "no permission to write in the folder above it", where=str(out), remedy=_OTHER_FOLDER
        )


def _check_present(out: Path, place: Path, kind: FolderKind) -> None:
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        raise OutputError("a file is in the place of the folder", where=str(out), remedy=_OTHER_FOLDER)
    if place.is_mount():
        raise OutputError(
            "it is a mount point and cannot be replaced as a whole",
            where=str(out),
            remedy="name a folder in it",
        )
    names = {entry.name for entry in place.iterdir()}
    if names and not kind.recognise(place):
        raise OutputError(
            f"the folder is not empty and is no earlier {kind.name}", where=str(out), remedy=_OTHER_FOLDER
        )
    strangers = sorted(names - set(kind.files))
    if strangers:
        raise OutputError(
            f"the earlier {kind.name} in it has files that are not of it ({', '.join(strangers[:3])})",
            where=str(out),
            remedy="move them, or name another folder",
        )


@contextmanager
def whole_folder(out: Path, kind: FolderKind, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A staged folder to write files to, which is made durable and takes its name at the end.

    Args:
        out: The folder wanted; see `check_place`.

    Raises:
        OutputError: It cannot be written (disk full, permission …); nothing is left behind then, and an
            earlier folder in the place is as it was.
    """
    place = check_place(out, kind, inputs)
    staged = place.with_name(f".{place.name}.{PARTIAL}-{secrets.token_hex(6)}")
    try:
        staged.mkdir()
        yield staged
        for path in [*sorted(staged.rglob("*")), staged]:
            _sync(path)
        # Things may have changed while it was written.
        _check_present(out, place, kind)
        _swap(staged, place)
        _sync(place.parent)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _cannot_write(out, error) from None
    finally:
        # After success it has moved away; after a failure or an interrupt it goes.
        shutil.rmtree(staged, ignore_errors=True)


def _swap(staged: Path, place: Path) -> None:
    """Rename the staged folder into its place; an earlier one steps aside and goes when that has worked."""
    if not place.exists():
        staged.rename(place)
        return
    aside = place.with_name(f".{place.name}.{REPLACED}-{secrets.token_hex(6)}")
    place.rename(aside)
    try:
        staged.rename(place)
    except BaseException:
        with suppress(OSError):
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(out: Path, error: Exception) -> OutputError:
    """The error of the system as one line with a remedy."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if number in _FULL or "No space left" in text or "File too large" in text:
        return OutputError(
            "the disk is full; nothing was written",
            where=str(out),
            remedy="free some space or name another folder",
        )
    if number in _REFUSED:
        return OutputError("no permission to write there", where=str(out), remedy=_OTHER_FOLDER)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else text
    return OutputError(f"cannot be written: {reason}", where=str(out), remedy=_OTHER_FOLDER)
