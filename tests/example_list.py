"""What the program of the example list makes: made once, by the worker that needs it first."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "examples" / "approved-list" / "run.sh"


@dataclass(frozen=True)
class Ran:
    """The folder that the program made, and what it printed. The folder is only to be read."""

    folder: Path
    printed: str


def ran(factory: pytest.TempPathFactory) -> Ran:
    """Run the program, or wait for the worker that does."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    shared = factory.getbasetemp() if alone else factory.getbasetemp().parent
    made, printed = shared / "made by the script", shared / "printed by the script"
    with (shared / "lock of the script").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
            done = subprocess.run(
                ["sh", SCRIPT, made], env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=300,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout
            printed.write_text(done.stdout, encoding="utf-8")
    return Ran(made, printed.read_text(encoding="utf-8"))
