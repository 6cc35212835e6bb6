"""A full disk: one clear line, nothing half-written, and all goes on when there is room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = "mount -t tmpfs -o size=3m small {folder} && exec {python} -m tests.workspace.full_disk {folder}"


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    # In a mount namespace of its own, which ends with the process.
    apart = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-rm"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system allows no mount namespace")
    script = SMALL.format(folder=tmp_path, python=sys.executable)
    done = subprocess.run([*apart, "sh", "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for what in ("decision", "attachment", "backup"):
        assert "disk is full" in told[what], told
    status, line = told["command"]
    assert (status, len(line.splitlines()), "disk is full" in line) == (3, 1, True), told
    assert told["left"] == ["ballast", "team"]
    assert told["acknowledged"] > 0
    assert told["there"] == told["acknowledged"] + 1
    assert told["problems"] == []
