"""What a run has done so far, so that it can go on after it was killed.

A run that is not finished has a folder ``.unfinished`` in its folder, with a lock, the description of the
run, and a journal: one line of JSON for each part that is whole and durable. What is not in the journal
counts as not there. The folder goes when the run is finished.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import OutputError

UNFINISHED: Final = ".unfinished"
PARTS: Final = "parts"
_START: Final = "run.json"
_JOURNAL: Final = "journal.jsonl"
_LOCK: Final = "lock"
_STAGED: Final = ".staged"
_NOTED: Final = frozenset(("part", "sha256", "bytes", "input", "begin", "end", "rows", "records"))


class Journal:
    """The journal of a run that is not finished."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / UNFINISHED

    @property
    def begun(self) -> bool:
        """Whether there is a run that is not finished."""
        return (self.folder / _START).exists()

    def begin(self, description: dict[str, Any]) -> None:
        """Begin a run: what it is, on disk before anything else."""
        write_whole(self.folder / _START, json.dumps(description, indent=1).encode())
        make_folder(self.out / PARTS)

    def description(self) -> dict[str, Any]:
        """What the run was begun with.

        Raises:
            OutputError: It cannot be read.
        """
        try:
            found = json.loads((self.folder / _START).read_bytes())
        except (OSError, ValueError):
            raise OutputError(
                "the unfinished run in it cannot be read", where=str(self.out), remedy="remove the folder"
            ) from None
        assert isinstance(found, dict)
        return found

    def entries(self) -> list[dict[str, Any]]:
        """The parts that are done. A last line that was cut off does not count.

        Raises:
            OutputError: An earlier line is damaged.
        """
        try:
            content = (self.folder / _JOURNAL).read_bytes()
        except FileNotFoundError:
            return []
        lines = content.split(b"\n")
        # What follows the last line break was never finished; a damaged line before it is another matter.
        return [self._entry(number, line) for number, line in enumerate(lines[:-1], start=1)]

    def _entry(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict) or not found.keys() >= _NOTED:
            raise OutputError(
                f"line {number} is damaged, and with it the unfinished run",
                where=str(self.folder / _JOURNAL),
                remedy="remove the folder and begin a new run",
            )
        return found

    def keep_whole_lines(self) -> None:
        """Cut off a last line that was not finished, so that the next one begins on its own."""
        path = self.folder / _JOURNAL
        with suppress(FileNotFoundError), path.open("r+b") as file:
            file.truncate(file.read().rfind(b"\n") + 1)
            durable(file.fileno())

    def add(self, entry: dict[str, Any]) -> None:
        """Note a part as done."""
        with (self.folder / _JOURNAL).open("ab") as file:
            file.write(json.dumps(entry).encode() + b"\n")
            file.flush()
            durable(file.fileno())

    def tally_folder(self, number: int) -> Path:
        """Where the counts of a part lie."""
        return self.folder / f"part-{number:06d}"

    def remove(self) -> None:
        """The run is finished: the journal goes; first what says that there is a run to go on with."""
        (self.folder / _START).unlink()
        sync_folder(self.folder)
        shutil.rmtree(self.folder)

    def clear_orphans(self, parts: set[str], tallies: set[str]) -> int:
        """Remove what was being written when the run was killed; how many files and folders that were."""
        removed = 0
        make_folder(self.out / PARTS)
        for path in (self.out / PARTS).iterdir():
            if path.name not in parts:
                path.unlink()
                removed += 1
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in tallies:
                shutil.rmtree(path)
                removed += 1
            elif path.name.endswith(_STAGED):
                path.unlink()
                removed += 1
        for path in self.out.iterdir():
            if path.name.endswith(_STAGED):
                path.unlink()
                removed += 1
        return removed


def begun_on(out: Path) -> date | None:
    """The day that the unfinished run in a folder was asked about; None where there is no such run.

    A run that goes on after midnight asks what it asked before, also where nobody named the day.

    Raises:
        OutputError: What the run was begun with cannot be read.
    """
    journal = Journal(out)
    if not journal.begun:
        return None
    try:
        return date.fromisoformat(journal.description()["settings"]["on"])
    except (KeyError, TypeError, ValueError):
        raise OutputError(
            "the unfinished run in it cannot be read", where=str(out), remedy="remove the folder"
        ) from None


@contextmanager
def locked(out: Path) -> Iterator[Journal]:
    """The journal of a run's folder, for this process alone.

    Raises:
        OutputError: Another process writes there.
    """
    journal = Journal(out)
    make_folder(out)
    make_folder(journal.folder)
    with (journal.folder / _LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(
                "another run is writing there", where=str(out), remedy="wait for it, or name another folder"
            ) from None
        yield journal


def make_folder(path: Path) -> None:
    """Make a folder, its name durable; one that is there stays."""
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def durable(descriptor: int) -> None:
    """Wait until what was written is on the disk."""
    os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        durable(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    write_staged(path, lambda staged: staged.write_bytes(content))


def write_staged(path: Path, write: Callable[[Path], object]) -> tuple[str, int]:
    """Write a file beside its place, make it durable, rename it into its place.

    Returns:
        Its SHA-256 and its size in bytes.
    """
    staged = path.with_name(path.name + _STAGED)
    _written(staged, write)
    with staged.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        durable(file.fileno())
    staged.rename(path)
    sync_folder(path.parent)
    return sha256, size


def _written(path: Path, write: Callable[[Path], object]) -> None:
    """Write; a full disk is told as what it is, whatever the column engine makes of it."""
    try:
        write(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        what = getattr(error, "strerror", None) or " ".join(str(error).split())[:200]
        free = shutil.disk_usage(path.parent).free
        raise OutputError(
            f"cannot be written ({what}); {free:,} bytes are free on its disk",
            where=str(path),
            remedy="make room, then the same command with --resume goes on",
        ) from None


def write_staged_folder(path: Path, write: Callable[[Path], object]) -> None:
    """The same for a folder of files."""
    staged = path.with_name(path.name + _STAGED)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    _written(staged, write)
    for one in staged.iterdir():
        with one.open("rb") as file:
            durable(file.fileno())
    sync_folder(staged)
    staged.rename(path)
    sync_folder(path.parent)
