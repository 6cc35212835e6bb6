"""A process that has Clearband loaded and runs one command after another, as a user types them."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

_PROGRAM = """
import json, os, sys
from clearband.cli.main import run

answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    words, out = json.loads(line)
    file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.close(file)
    status = 0
    try:
        run(words)
    except SystemExit as stop:
        status = stop.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    print(status, file=answers, flush=True)
"""


class Console:
    """Commands of ``clearband`` in one folder; the start of a process is paid for once.

    Args:
        folder: Where they run.
        environment: The variables they see.
        printed: A file that takes what a command prints.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], printed: Path) -> None:
        self._printed = printed
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, words: Sequence[str]) -> tuple[int, str]:
        """Exit status of a command, and what it prints on both streams."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        print(json.dumps([list(words), os.fspath(self._printed)]), file=asked, flush=True)
        ready, _, _ = select.select([answers], [], [], 300)
        status = answers.readline() if ready else ""
        said = self._printed.read_text(encoding="utf-8")
        assert status, f"it does not end, or the process is gone: {said}"
        return int(status), said

    def __enter__(self) -> Console:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        self._process.__exit__(kind, error, trace)
