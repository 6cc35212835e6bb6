"""Executes runs, one after the other: ``python -m clearband.workspace.worker --workspace DIR``.

Several may work on one queue, on one machine or on several that share the folder. It stops gracefully on
SIGTERM and SIGINT: the run that it works on goes back to the queue.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from clearband.errors import ClearbandError
from clearband.workspace import jobs
from clearband.workspace.execute import Task
from clearband.workspace.jobs import Job
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.sweeping import sweep
from clearband.workspace.tasks import task_of

NICE: Final = 10
DATABASE: Final = "CLEARBAND_DATABASE"
"""Environment variable of the database's URL, where it is not given: an option would be seen by everybody on
the machine, and a URL may hold a password."""
_POLL: Final = 1.0
_TELL: Final = 1.0
_LOOK: Final = 0.2
_SWEEP: Final = 3600.0
_NAMED: Final = 20
_ENV: Final = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:10000,muzzy_decay_ms:0,narenas:2"}


class Worker:
    """Takes runs and has them executed.

    Args:
        workspace: Whose runs.
        lease: Seconds that a run is its own without word.
    """

    def __init__(self, workspace: Workspace, *, lease: float = jobs.LEASE) -> None:
        """Nothing taken yet."""
        self._workspace = workspace
        self._lease = lease
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stop = threading.Event()

    def work(self) -> None:
        """Execute runs until `stop` is set."""
        swept = -math.inf
        while not self.stop.is_set():
            try:
                if time.monotonic() - swept > _SWEEP:
                    self._sweep()
                    swept = time.monotonic()
                found = self.once()
            except sa.exc.OperationalError as error:
                # A database that is away comes back; a lease that ended meanwhile is taken anew.
                _log("the database cannot be reached", reason=str(error.orig).splitlines()[0])
                found = False
            if not found:
                self.stop.wait(_POLL)

    def once(self) -> bool:
        """Execute the run that has waited longest. Returns whether there was one."""
        engine = self._workspace.engine
        job = jobs.claim(engine, self.name, lease=self._lease)
        if job is None:
            return False
        _log("run begun", run=job.id, attempt=job.attempt)
        with _child(task_of(self._workspace, job)) as child:
            ended, said = self._watch(job, child)
        _log("run ended", run=job.id, how=ended)
        if ended == "stopped":
            jobs.give_back(engine, job, counts=False)
        elif ended == "cancelled":
            jobs.end_cancelled(engine, job)
        elif "done" in said:
            jobs.finish(engine, job, **said["done"])
        elif "failed" in said:
            jobs.fail(engine, job, said["failed"])
        elif ended != "lost":
            jobs.give_back(engine, job, counts=True)
        if "done" not in said:
            self._sweep()
        return True

    def _sweep(self) -> None:
        removed = sweep(self._workspace)
        if removed:
            _log("leftovers removed", names=[path.name for path in removed[:_NAMED]], count=len(removed))

    def _watch(self, job: Job, child: subprocess.Popen[bytes]) -> tuple[str, dict[str, Any]]:
        """Wait for the end of a child, tell how far it is, and look whether it is to end.

        Returns:
            How it ended (``ended``, ``stopped``, ``cancelled``, ``lost``), and the last that it said.
        """
        progress: dict[str, Any] | None = None
        said: dict[str, Any] = {}
        told = heard = time.monotonic()
        for line in _lines(child):
            if line:
                said = json.loads(line)
                if "step" in said:
                    progress = said
            if self.stop.is_set():
                return "stopped", {}
            if time.monotonic() - told < _TELL:
                continue
            try:
                cancel = jobs.renew(self._workspace.engine, job, progress, lease=self._lease)
                told = heard = time.monotonic()
            except sa.exc.OperationalError:
                told = time.monotonic()
                cancel = None if told - heard > self._lease else False
            if cancel is None:
                return "lost", {}
            if cancel:
                return "cancelled", {}
        status = child.wait()
        if self.stop.is_set() and not {"done", "failed"} & said.keys():
            # Whoever stops a service or a machine may signal all its processes at once: no attempt failed.
            return "stopped", {}
        return f"ended with status {status}", said


@contextmanager
def _child(task: Task) -> Iterator[subprocess.Popen[bytes]]:
    """The process that executes a task; killed, with what it started, where it has not ended."""
    # The command is this interpreter and a module of this package; the rest goes in as JSON.
    child = subprocess.Popen(
        [sys.executable, "-m", "clearband.workspace.execute"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ENV},
        start_new_session=True,
    )
    try:
        assert child.stdin is not None
        try:
            child.stdin.write(task.as_json().encode())
            child.stdin.close()
        except BrokenPipeError:
            pass
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _lines(child: subprocess.Popen[bytes]) -> Iterator[str]:
    """What a child says, line by line; an empty text now and then while it says nothing."""
    assert child.stdout is not None
    descriptor, left = child.stdout.fileno(), b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if not selector.select(_LOOK):
                yield ""
                continue
            piece = os.read(descriptor, 65_536)
            if not piece:
                return
            *lines, left = (left + piece).split(b"\n")
            yield from (line.decode() for line in lines)


def _log(what: str, **more: Any) -> None:
    sys.stderr.write(json.dumps({"event": what, "level": "info", **more}) + "\n")
    sys.stderr.flush()


def main(arguments: list[str] | None = None) -> int:
    """Work until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m clearband.workspace.worker", description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True, metavar="DIR")
    parser.add_argument("--database", metavar="URL", help=f"default: {DATABASE}, else the file in DIR")
    parser.add_argument("--lease", type=float, default=jobs.LEASE, metavar="SECONDS")
    given = parser.parse_args(arguments)
    os.nice(NICE)
    try:
        place = open_workspace(given.workspace, given.database or os.environ.get(DATABASE))
    except ClearbandError as error:
        sys.stderr.write(f"clearband: {error.one_line()}\n")
        return int(error.exit_status)
    worker = Worker(place, lease=given.lease)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop.set())
    _log("worker ready", worker=worker.name)
    worker.work()
    _log("worker stopped", worker=worker.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
