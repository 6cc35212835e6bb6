"""A folder written whole or not at all: staged beside its place, made durable, renamed into it.

Nothing else gives that: files written one by one into the folder leave a half-written run when the power goes
or the disk fills. The staged folder has a name that says what it is (``.NAME.clearband-partial-…``), so that
the remains of a killed run are recognised and can be removed.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import OutputError
from clearband.reports.folder.run_record import RUN_SCHEMA

PARTIAL: Final = "clearband-partial"
"""In the name of a folder that is being written."""
REPLACED: Final = "clearband-replaced"
"""In the name of an earlier run that is being replaced."""

_OTHER_FOLDER: Final = "name another folder with --out"


_OURS: Final = frozenset(
    {
        "equipment.parquet",
        "findings.parquet",
        "findings.csv",
        "deadlines.csv",
        "drafts.parquet",
        "drafts.csv",
        "approved.parquet",
        "approved.csv",
        "changes.parquet",
        "changes.csv",
        "summary.json",
        "report.html",
        "run.json",
    }
)


def check_out(out: Path, inputs: Iterable[Path] = ()) -> Path:
    """Check that a run may be written to ``out``, before any work is done.

    Args:
        out: The folder wanted.
        inputs: The input files, which must not lie in it.

    Returns:
        The real place of the folder: absolute, links followed.

    Raises:
        OutputError: A file or another person's folder is in the place, the parent is missing or cannot be
            written, or the folder holds an input.
    """
    place = Path(os.path.realpath(out))
    try:
        _check_parent(out, place)
        _check_present(out, place)
    except OSError as error:
        raise cannot_write(out, error) from None
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


def _check_present(out: Path, place: Path) -> None:
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
    if any(place.iterdir()) and not is_run(place):
        raise OutputError(
            "the folder is not empty and is no earlier run of Clearband", where=str(out), remedy=_OTHER_FOLDER
        )

    strangers = sorted(entry.name for entry in place.iterdir() if entry.name not in _OURS)
    if strangers:
        raise OutputError(
            f"the earlier run in it has files that are not of it ({', '.join(strangers[:3])})",
            where=str(out),
            remedy="move them, or name another folder",
        )


def is_run(folder: Path) -> bool:
    """Whether the folder holds a run: a ``run.json`` of our schema."""
    try:
        content = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("schema") == RUN_SCHEMA


def put_in_place(out: Path, place: Path, fill: Callable[[Path], None]) -> None:
    """Fill a staged folder, make it durable and rename it into its place.

    Args:
        out: The folder as the user named it, for messages.
        place: Its real place, as `check_out` gave it.
        fill: Writes the files into the staged folder.

    Raises:
        OutputError: It could not be written (disk full, permission …); nothing is left behind and an earlier
            run in the place is as it was.
    """
    staged = place.with_name(f".{place.name}.{PARTIAL}-{secrets.token_hex(6)}")
    try:
        staged.mkdir()
        fill(staged)
        for path in sorted(staged.iterdir()):
            _sync(path)
        _sync(staged)
        _swap(staged, out, place)
        _sync(place.parent)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise cannot_write(out, error) from None
    finally:
        # After success it has moved away; after a failure or an interrupt it goes.
        shutil.rmtree(staged, ignore_errors=True)


def _swap(staged: Path, out: Path, place: Path) -> None:
    """Rename the staged folder into its place; an earlier run steps aside and goes when that has worked."""
    # Things may have changed while the run was written.
    _check_present(out, place)
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


def cannot_write(out: Path, error: Exception) -> OutputError:
    """The error of the system as one line with a remedy."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if (
        number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        or "No space left" in text
        or "File too large" in text
    ):
        return OutputError(
            "the disk is full; nothing was written",
            where=str(out),
            remedy="free some space or name another folder",
        )
    if number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return OutputError("no permission to write there", where=str(out), remedy=_OTHER_FOLDER)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else text
    return OutputError(f"cannot be written: {reason}", where=str(out), remedy=_OTHER_FOLDER)
