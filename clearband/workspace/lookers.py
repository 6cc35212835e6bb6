"""Processes that look at one file each; the next one is kept ready, as starting takes longer than looking."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Final

from clearband.workspace.turns import Turns

REST: Final = 60
"""Seconds after which one that nobody needed ends by itself."""
_AT_ONCE: Final = 2
_WAITING: Final = 8
_NICE: Final = 5
"""Behind pages, before runs: a person waits for this one, many for those."""
_PROGRAM: Final = f"import os; os.nice({_NICE}); from clearband.workspace.preview_child import main; main()"
_COMMAND: Final = (sys.executable, "-c", _PROGRAM)
Process = subprocess.Popen[bytes]


class Lookers:
    """Starts processes of `clearband.workspace.preview_child`, and asks each once.

    Args:
        spare: Whether the next one is kept ready.
    """

    def __init__(self, *, spare: bool = True) -> None:
        self._keeps = spare
        self._spare: Process | None = None
        self._lock = threading.Lock()
        self._asked: set[Process] = set()
        self._under_way: dict[bytes, Future[bytes | None]] = {}
        self._turns = Turns(_AT_ONCE, _WAITING, "many files are being looked at")

    def ready(self) -> None:
        """Have one ready, since a file is on its way; where none can be started now, there is none."""
        with self._lock, suppress(OSError):
            if self._keeps and (self._spare is None or self._spare.poll() is not None):
                self._spare = _started()

    def look(self, asked: dict[str, Any], seconds: float) -> bytes | None:
        """Ask one. Who asks what another one asks already gets the same answer: a page that is loaded again
        and again while a file is looked at takes no turns of others.

        Args:
            asked: What it takes on its standard input.
            seconds: How long it may take.

        Returns:
            What it wrote, JSON where it ended well; None where it did not end in time.

        Raises:
            BusyError: Too many wait.
            OSError: No process can be started.
        """
        said = json.dumps(asked).encode()
        with self._turns.among_the_waiting():
            with self._lock:
                other = self._under_way.get(said)
                own = self._under_way.setdefault(said, Future())
            if other is not None:
                return other.result()
            try:
                own.set_result(self._look(said, seconds))
            except BaseException as error:
                own.set_exception(error)
                raise
            finally:
                with self._lock:
                    del self._under_way[said]
        self.ready()
        return own.result()

    def _look(self, said: bytes, seconds: float) -> bytes | None:
        with self._turns.at_once():
            process = self._taken()
            told = self._answer(process, said, seconds)
            if told == b"" and process.returncode == -signal.SIGALRM:
                # It had rested too long just when it was asked.
                told = self._answer(_started(), said, seconds)
            return told

    def _answer(self, process: Process, said: bytes, seconds: float) -> bytes | None:
        with self._lock:
            self._asked.add(process)
        with process:
            try:
                return process.communicate(said, timeout=seconds)[0]
            except subprocess.TimeoutExpired:
                return None
            finally:
                process.kill()
                with self._lock:
                    self._asked.remove(process)

    def close(self) -> None:
        """End the one that is ready, and those that look; none is kept from now on."""
        with self._lock:
            self._keeps = False
            spare, self._spare = self._spare, None
            for process in self._asked:
                process.kill()
        if spare is not None:
            _ended(spare)

    def _taken(self) -> Process:
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is None:
            return _started()
        if spare.poll() is None:
            return spare
        _ended(spare)
        return _started()


def _started() -> Process:
    # Half of the processors are left to pages.
    threads = {"POLARS_MAX_THREADS": str(max(1, (os.cpu_count() or 1) // 2)), "OPENBLAS_NUM_THREADS": "1"}
    # The command is this interpreter and a module of this package; what is asked goes in as JSON.
    return subprocess.Popen(  # noqa: S603
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **threads},
    )


def _ended(process: Process) -> None:
    with process:
        process.kill()
