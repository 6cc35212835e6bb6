"""The log: canonical JSON Lines, each line with its number and the hash of the line before."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from pydantic import TypeAdapter, ValidationError

from clearband.errors import InputError, OutputError
from clearband.model.canonical import canonical
from clearband.model.listing import ListEvent

MAX_LINE: Final = 1_000_000
"""Bytes of the longest line that is read."""
NOTHING: Final = hashlib.sha256(b"").hexdigest()
"""What the first line has as the hash of the line before it."""
_UTC: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log: its event, its SHA-256 and its bytes, without the line end."""

    event: ListEvent
    sha256: str
    raw: bytes


@lru_cache(maxsize=1)
def _events() -> Any:
    adapter = TypeAdapter(ListEvent)
    _may_lack(adapter.core_schema)
    validator: Any = type(adapter.validator)
    return validator(adapter.core_schema)


def _may_lack(schema: Any) -> None:
    """Let every part that can be null be left out: canonical JSON leaves null out (`plain`)."""
    if isinstance(schema, list):
        for one in schema:
            _may_lack(one)
    elif isinstance(schema, dict):
        if schema.get("type") == "dataclass-field" and schema["schema"]["type"] == "nullable":
            schema["schema"] = {"type": "default", "schema": schema["schema"], "default": None}
        for one in schema.values():
            _may_lack(one)


def read_log(path: Path) -> Iterator[LogLine]:
    """The lines of a log, the chain of their hashes checked.

    A last line without its end was cut off while it was written, or is being written now: it is not counted.

    Raises:
        InputError: A line was changed, removed, moved, or is no event; names the line.
    """
    try:
        with path.open("rb") as lines:
            yield from _lines(lines, str(path))
    except FileNotFoundError:
        raise InputError(
            "there is no log", where=str(path), remedy="clearband approved init begins a list"
        ) from None


def _lines(lines: IO[bytes], name: str) -> Iterator[LogLine]:
    previous, validate = NOTHING, _events().validate_json
    number = 0
    while raw := lines.readline(MAX_LINE + 1):
        if raw[-1:] != b"\n":
            if len(raw) > MAX_LINE:
                raise InputError(
                    f"more than {MAX_LINE} bytes", where=f"{name} line {number + 1}", remedy="this is no log"
                )
            return
        raw = raw[:-1]
        try:
            event = validate(raw, strict=True)
        except ValidationError as error:
            raise InputError(
                _problem(error), where=f"{name} line {number + 1}", remedy="restore the log from a copy"
            ) from None
        if event.recorded.utcoffset() != _UTC:
            raise InputError(
                "recorded is no moment in UTC", where=f"{name} line {number + 1}", remedy="this is no log"
            )
        if event.number != number or event.previous != previous:
            raise _broken(event, number, name)
        previous = hashlib.sha256(raw).hexdigest()
        yield LogLine(event, previous, raw)
        number += 1


def _broken(event: ListEvent, number: int, name: str) -> InputError:
    where = f"{name} line {number + 1}"
    remedy = "restore the log from a published copy"
    if event.number > number:
        return InputError(
            f"event {event.number} stands where event {number} belongs: lines were removed or moved",
            where=where,
            remedy=remedy,
        )
    if event.number < number:
        return InputError(
            f"event {event.number} stands where event {number} belongs: lines were added or moved",
            where=where,
            remedy=remedy,
        )
    before = f"line {number} was changed after it was written" if number else "this is not how a log begins"
    return InputError(
        f"the hash of the line before does not fit: {before}, or this line was replaced",
        where=where,
        remedy=remedy,
    )


def _problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"no event: {place}: {first['msg']}" if place else f"no event: {first['msg']}"


def event_of(line: bytes) -> ListEvent:
    """The event of a line; raises pydantic's ValidationError."""
    event: ListEvent = _events().validate_json(line, strict=True)
    return event


def sha256_of(line: bytes) -> str:
    """The SHA-256 of a line without its end."""
    return hashlib.sha256(line).hexdigest()


def line_of(event: ListEvent) -> bytes:
    """The line of an event, without its end."""
    return canonical(event)


@contextmanager
def locked(path: Path, wait: float = 10.0) -> Iterator[None]:
    """Hold the log for writing; readers are not kept out.

    Raises:
        OutputError: Another writer holds it for longer than ``wait`` seconds, or it cannot be opened.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", where=str(path)) from None
    try:
        _lock(handle, path, wait)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, path: Path, wait: float) -> None:
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                raise OutputError(
                    "another command is writing to the log",
                    where=str(path),
                    remedy="try again when it is done",
                ) from None
            time.sleep(0.05)


def set_torn_aside(path: Path) -> Path | None:
    """Move a last line that was cut off into a file of its own, under the lock; None where all are whole.

    Nothing is lost: what was cut off was never part of the log, and is kept for who wants to look.
    """
    content_end, size = _whole_until(path), path.stat().st_size
    if content_end == size:
        return None
    with path.open("r+b") as log:
        log.seek(content_end)
        rest = log.read()
        aside = path.with_name(f"{path.name}.torn-{hashlib.sha256(rest).hexdigest()[:12]}")
        aside.write_bytes(rest)
        log.truncate(content_end)
        os.fsync(log.fileno())
    return aside


def _whole_until(path: Path) -> int:
    """Bytes up to the end of the last whole line."""
    with path.open("rb") as log:
        at = log.seek(0, os.SEEK_END)
        while at > 0:
            start = max(0, at - MAX_LINE)
            log.seek(start)
            found = log.read(at - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            at = start
    return 0


def append(path: Path, line: bytes) -> None:
    """Write one line at the end, on disk when this returns; hold the lock while calling it.

    Raises:
        OutputError: It could not be written; the log is as it was.
    """
    before = path.stat().st_size
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        whole = line + b"\n"
        if os.write(handle, whole) != len(whole):
            os.ftruncate(handle, before)
            raise OutputError("the disk is full; nothing was recorded", where=str(path))
        os.fsync(handle)
    except OSError as error:
        os.ftruncate(handle, before)
        raise OutputError(f"{error.strerror}; nothing was recorded", where=str(path)) from None
    finally:
        os.close(handle)
