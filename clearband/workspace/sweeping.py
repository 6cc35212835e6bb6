"""Remove what was cut short left behind: pieces of uploads, and folders of runs that were never done."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from clearband.workspace import uploads
from clearband.workspace.database import reading
from clearband.workspace.place import Workspace
from clearband.workspace.tables import run

_HOUR: Final = 3_600.0


def sweep(workspace: Workspace) -> list[Path]:
    """Remove leftovers; whatever is still worked on stays.

    Returns:
        What was removed.
    """
    return [*uploads.sweep(workspace), *_of_runs(workspace)]


def _of_runs(workspace: Workspace) -> Iterator[Path]:
    with reading(workspace.engine) as connection:
        states = {run_id: state for run_id, state in connection.execute(sa.select(run.c.id, run.c.state))}  # noqa: C416
    for place in (workspace.run_folder(""), workspace.identities_file("").parent, workspace.view_folder("")):
        for path in list(place.iterdir()):
            state = states.get(path.name.lstrip(".").partition(".")[0])
            # Beside its place lies what was not finished; of a run that was never done nothing counts.
            if state in ("failed", "cancelled") or (state == "done" and _is_left(path)):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                yield path


def _is_left(path: Path) -> bool:
    """Whether something beside the place of a run is a leftover: a server may be preparing its pages anew."""
    try:
        return path.name.startswith(".") and path.stat().st_mtime < time.time() - _HOUR
    except FileNotFoundError:
        return False
