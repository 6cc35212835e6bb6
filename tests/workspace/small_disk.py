"""Run a module of the tests on a disk of a few megabytes, which nobody else sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.needed import without

ROOT = Path(__file__).parents[2]
SMALL = "mount -t tmpfs -o size={size} small {folder} && exec {python} -m {module} {folder}"


def on_a_small_disk(module: str, folder: Path, size: str) -> dict[str, Any]:
    """What a module prints as JSON that is given a folder on a small disk.

    Args:
        folder: Where the disk is mounted, in a mount namespace of its own, which ends with the process.
        size: As ``mount`` takes it: ``3m``.
    """
    apart = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-rm"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        without("this system allows no mount namespace")
    script = SMALL.format(size=size, folder=folder, python=sys.executable, module=module)
    done = subprocess.run([*apart, "sh", "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
