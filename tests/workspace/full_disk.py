"""What a workspace on a full disk says: run on a small one, which is filled and then has room again.

Usage: python -m tests.workspace.full_disk DIR
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from clearband.cli.main import run
from clearband.errors import ClearbandError
from clearband.workspace import attachments, decisions
from clearband.workspace.backup import backup
from clearband.workspace.failures import failure
from clearband.workspace.place import open_workspace
from clearband.workspace.said import of_record
from clearband.workspace.verify import verify
from tests.workspace.team import team


def refused(work: Callable[[], object]) -> str:
    """The line that is said of it."""
    try:
        work()
    except DBAPIError as error:
        return failure(error).one_line()
    except ClearbandError as error:
        return error.one_line()
    return "nothing"


def command(*words: str) -> tuple[object, str]:
    """How a command ends, and its lines on standard error."""
    said = io.StringIO()
    try:
        with redirect_stderr(said), redirect_stdout(io.StringIO()):
            run(list(words))
    except SystemExit as stop:
        return stop.code, said.getvalue()
    return None, ""


def main(folder: Path) -> dict[str, object]:
    """Fill the disk, try everything, make room."""
    workspace = open_workspace(folder / "team", make=True)
    of = team(workspace)

    def decide() -> None:
        with of.by(of.analyst) as ledger:
            decisions.propose(ledger, of.camera, "confirmed", "x" * 9000)

    acknowledged = 0
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        left = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - 400_000
        file.write(b"\0" * left)
    # Ten times what the rest of the disk holds.
    said = "nothing"
    for _ in range(400):
        said = refused(decide)
        if said != "nothing":
            break
        acknowledged += 1
    told = {
        "decision": said,
        "attachment": refused(lambda: attachments.receive(workspace, of.analyst, [b"x" * 600_000])),
        "backup": refused(lambda: backup(workspace, folder / "one.tar")),
        "command": command("workspace", "person", "add", "y" * 100, "--workspace", str(folder / "team")),
        "left": sorted(path.name for path in folder.iterdir()),
        "acknowledged": acknowledged,
    }
    ballast.unlink()
    decide()
    with of.by(of.analyst) as ledger:
        rows = of_record(ledger.connection, of.camera.inventory_id, of.camera.identity).decisions
    told |= {"there": len(rows), "problems": verify(workspace).problems}
    # As a system does with a disk that has errors. No file may be open to be written while it is asked to.
    workspace.engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    return told | {
        "read-only": refused(lambda: open_workspace(folder / "team", make=True)),
        "changed": refused(decide),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
