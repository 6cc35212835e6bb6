"""Pages that were read, kept on disk until the whole is written, so that a reading can go on."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from clearband.errors import InputError, OutputError, UsageError

_FORM: Final = "clearband netbox reading 1"


@dataclass
class Stream:
    """One list, or one portion of it, as far as it was read."""

    results: list[dict[str, Any]] = field(default_factory=list)
    last: bool = False


class WorkFile:
    """A file with one page a line, written through to the disk.

    Args:
        path: The file; only its owner can read it.
        about: What is read; a reading of something else does not go on here.
        resume: Go on with what the file holds, if there is one. Otherwise it begins empty.

    Raises:
        UsageError: The file holds another reading.
        InputError: Another process is writing to it.
        OutputError: It cannot be written.
    """

    def __init__(self, path: Path, about: dict[str, Any], *, resume: bool) -> None:
        self.path = path
        self.begun = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        self.streams: dict[str, Stream] = {}
        self._file = _opened(path)
        try:
            kept = self._taken_up(about) if resume else 0
            self._file.seek(kept)
            self._file.truncate()
            if not kept:
                self._append({"form": _FORM, "about": about, "begun": self.begun})
        except BaseException:
            self._file.close()
            raise

    @property
    def holds_pages(self) -> bool:
        """Whether there is something to go on with."""
        return any(stream.results for stream in self.streams.values())

    def add(self, name: str, results: list[dict[str, Any]], *, last: bool) -> None:
        """Keep one page of a stream.

        Raises:
            OutputError: The disk is full or gone.
        """
        # In this order: interrupted between the two, the file must not be taken for one without pages.
        self._take(name, results, last)
        self._append({"stream": name, "last": last, "results": results})

    def remove(self) -> None:
        """The whole is written: the pages are not needed any more."""
        self.path.unlink(missing_ok=True)
        self._file.close()

    def close(self) -> None:
        """Leave the pages for later; a file without any is taken away."""
        if self.holds_pages:
            self._file.close()
        else:
            self.remove()

    def _take(self, name: str, results: list[dict[str, Any]], last: bool) -> None:
        stream = self.streams.setdefault(name, Stream())
        stream.results += results
        stream.last = last

    def _append(self, line: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(error.strerror or "cannot be written", where=str(self.path)) from None

    def _taken_up(self, about: dict[str, Any]) -> int:
        """Take in the whole lines of the file; the number of their bytes. A line that was cut off ends it."""
        kept = 0
        for number, line in enumerate(self._file):
            try:
                page = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                page = None
            if not isinstance(page, dict):
                break
            if number == 0:
                self._refuse_others(page, about)
            else:
                self._take(page["stream"], page["results"], page["last"])
            kept += len(line)
        return kept

    def _refuse_others(self, head: dict[str, Any], about: dict[str, Any]) -> None:
        if head.get("form") != _FORM or head.get("about") != about:
            raise UsageError(
                "the pages kept here are of another address, version or filter",
                where=str(self.path),
                remedy="leave --resume out to begin anew, or name another --out",
            )
        self.begun = str(head.get("begun"))


def _opened(path: Path) -> IO[bytes]:
    """The file, for this process alone."""
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        file = os.fdopen(number, "r+b")
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(path)) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise InputError(
            "another reading is writing here", where=str(path), remedy="wait for it, or name another --out"
        ) from None
    return file
