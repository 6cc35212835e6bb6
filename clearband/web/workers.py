"""The processes that work on runs, beside the one that answers requests."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from clearband.workspace.worker import DATABASE

_STOP_SECONDS: Final = 8.0
_LONGEST_REST: Final = 30.0


class Workers:
    """Starts workers, starts them again when they die, and stops them.

    Args:
        workspace: Folder of the workspace.
        database: URL of its database; None is the file in the folder.
        number: How many.
        log: Of `clearband.web.logs.log_to`.
    """

    def __init__(self, workspace: Path, database: str | None, number: int, log: Any) -> None:
        self._command = [sys.executable, "-m", "clearband.workspace.worker", "--workspace", str(workspace)]
        self._environment = {**os.environ, **({DATABASE: database} if database else {})}
        self._number = number
        self._log = log
        self._stopping = threading.Event()
        self._watchers: list[threading.Thread] = []

    def start(self) -> None:
        """Start them."""
        for _ in range(self._number):
            watcher = threading.Thread(target=self._keep, daemon=True)
            watcher.start()
            self._watchers.append(watcher)

    def stop(self) -> None:
        """Stop them; a run that one works on goes back to the queue. Returns when they have ended."""
        self._stopping.set()
        for watcher in self._watchers:
            watcher.join(_STOP_SECONDS + 2)

    def _keep(self) -> None:
        rest = 1.0
        while not self._stopping.is_set():
            begun = time.monotonic()
            # A group of its own: a terminal's Ctrl-C reaches the server, which tells the worker.
            with subprocess.Popen(self._command, env=self._environment, start_new_session=True) as process:  # noqa: S603
                while process.poll() is None and not self._stopping.wait(0.2):
                    pass
                if process.poll() is None:
                    _end(process)
            if not self._stopping.is_set():
                self._log.error("a worker ended", status=process.returncode)
                rest = 1.0 if time.monotonic() - begun > _LONGEST_REST else min(rest * 2, _LONGEST_REST)
                self._stopping.wait(rest)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
