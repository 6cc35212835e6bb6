"""A folder that is written whole or not at all: filled beside its place, made durable, renamed into it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import OutputError

_OTHER: Final = "name another folder with --out"


@contextmanager
def whole_folder(out: Path, ours: Collection[str], is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A folder beside ``out`` to write files to, which takes its name at the end.

    Args:
        out: The folder wanted.
        ours: File names that an earlier one may hold.
        is_ours: Whether a folder in its place is an earlier one, which is then replaced.

    Raises:
        OutputError: Something else is in its place, or it cannot be written; nothing is left behind then.
    """
    place = Path(os.path.realpath(out))
    check_place(out, ours, is_ours)
    staged = place.with_name(f".{place.name}.clearband-partial-{secrets.token_hex(6)}")
    try:
        staged.mkdir()
        yield staged
        for path in [*sorted(staged.rglob("*")), staged]:
            _sync(path)
        check_place(out, ours, is_ours)
        _swap(staged, place)
        _sync(place.parent)
    except (OSError, pl.exceptions.PolarsError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"cannot be written: {said}", where=str(out), remedy=_OTHER) from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def check_place(out: Path, ours: Collection[str], is_ours: Callable[[Path], bool]) -> None:
    """Check that a folder may be written, before any work is done.

    Raises:
        OutputError: The folder above is missing, or something else is in its place.
    """
    place = Path(os.path.realpath(out))
    if not place.parent.is_dir():
        raise OutputError(
            "the folder above it does not exist", where=str(out), remedy=f"make {out.parent} first"
        )
    if not place.exists():
        return
    if not place.is_dir():
        raise OutputError("a file is in the place of the folder", where=str(out), remedy=_OTHER)
    names = [path.name for path in place.iterdir()]
    if names and not is_ours(place):
        raise OutputError("the folder holds something else", where=str(out), remedy=_OTHER)
    strangers = sorted(set(names) - set(ours))
    if strangers:
        raise OutputError(
            f"the folder has files that are not of it ({', '.join(strangers[:3])})",
            where=str(out),
            remedy="move them, or name another folder",
        )


def _swap(staged: Path, place: Path) -> None:
    if not place.exists():
        staged.rename(place)
        return
    aside = place.with_name(f".{place.name}.clearband-replaced-{secrets.token_hex(6)}")
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
