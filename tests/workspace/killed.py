"""Processes that are killed by SIGKILL in the middle of what they do; each function runs in such a one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tarfile
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from clearband.workspace import decisions
from clearband.workspace.backup import backup
from clearband.workspace.database import writing
from clearband.workspace.ledger import Actor, Ledger
from clearband.workspace.place import open_workspace
from clearband.workspace.subject import Subject

_APART = multiprocessing.get_context("forkserver")
_APART.set_forkserver_preload([__name__])


def until_killed(work: Callable[..., None], *given: Any) -> tuple[bool, list[Any]]:
    """Run in a process of its own.

    Returns:
        Whether it was killed, and what it had told before.
    """
    hear, tell = _APART.Pipe(duplex=False)
    process = _APART.Process(target=work, args=(tell, *given))
    process.start()
    tell.close()
    told = []
    try:
        while True:
            told.append(hear.recv())
    except EOFError:
        pass
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0, told


def migrate(_tell: Pipe, folder: Path, database: str | None, at: int) -> None:
    """Make a workspace, and die before a statement."""
    _die_at(at)
    open_workspace(folder, database, make=True).engine.dispose()


def decide(tell: Pipe, folder: Path, database: str | None, actor: Actor, subject: Subject, at: int) -> None:
    """Decide again and again, tell what is in force, and die before a statement."""
    workspace = open_workspace(folder, database)
    _die_at(at)
    for number in range(1000):
        with writing(workspace.engine) as connection:
            reason = f"for the {number}th time"
            row = decisions.propose(Ledger(connection, actor), subject, "confirmed", reason)
        tell.send(row["id"])


def back_up(_tell: Pipe, folder: Path, database: str | None, file: Path, at: int) -> None:
    """Write a backup, and die before a member, or (at -1) when it is to take its name."""
    workspace = open_workspace(folder, database)
    add, seen = tarfile.TarFile.addfile, 0

    def addfile(*given: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            _die()
        add(*given)

    tarfile.TarFile.addfile = addfile  # type: ignore[method-assign,assignment]
    if at < 0:
        Path.replace = _die  # type: ignore[method-assign,assignment]
    backup(workspace, file)


def _die(*_given: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(at: int) -> None:
    """Die before the statement of this number; commits are counted, too."""
    seen = 0

    def count(*_given: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            _die()

    sa.event.listen(Engine, "before_cursor_execute", count)
    sa.event.listen(Engine, "commit", count)
