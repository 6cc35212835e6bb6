"""Run a command and measure it: wall time, CPU time and peak memory of the process and its children.

Nothing heavy is imported here: Linux counts the memory of the process that starts a child towards the child's
peak.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

BIN: Final = Path(sys.executable).parent
PYTHON: Final = sys.executable
CLEARBAND: Final = str(BIN / "clearband")


@dataclass(frozen=True)
class Cost:
    """What one run took.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of user and system time, children that ended included.
        peak_rss: Highest resident memory of one process of the run, bytes.
        status: Exit status.
        said: What it wrote to standard error, the last 2,000 characters.
    """

    wall: float
    cpu: float
    peak_rss: int
    status: int
    said: str


def run(command: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Run one command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, process.returncode, said[-2000:]
    )


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as aligned text, the first column left, the others right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_json(name: str, costs: dict[str, Cost], **more: Any) -> str:
    """The figures of one benchmark as one line of JSON."""
    value = {"benchmark": name, "cpus": os.cpu_count(), "python": sys.version.split()[0], **more}
    value["runs"] = {
        key: {k: v for k, v in asdict(cost).items() if k != "said"} for key, cost in costs.items()
    }
    return json.dumps(value)
