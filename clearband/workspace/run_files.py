"""Whether the files of a run are as they were when it ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from clearband.workspace.place import Workspace

IDENTITIES: Final = "identities_sha256"
"""In ``result`` of a run's row. Whoever moved an identity would move a decision to another record."""


def run_files(
    workspace: Workspace, run_id: str, record: str, result: dict[str, Any] | None
) -> tuple[int, list[str]]:
    """Hash what a run wrote. What is prepared of it for pages, `clearband.workspace.view_kept` compares.

    Args:
        record: SHA-256 of ``run.json``, by the run's row.
        result: Of the run's row.

    Returns:
        How many files were hashed, and what is wrong with them.
    """
    folder = workspace.run_folder(run_id)
    wanted = {folder / "run.json": record}
    if result and IDENTITIES in result:
        wanted[workspace.identities_file(run_id)] = str(result[IDENTITIES])
    problems = list(_changed(workspace, wanted))
    if not problems:
        # What run.json names is believed because its own hash is that of the row.
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["outputs"]
        outputs = {folder / name: str(digest) for name, digest in told.items()}
        problems = [*_changed(workspace, outputs), *_added(workspace, folder, {*wanted, *outputs})]
        wanted |= outputs
    return len(wanted), problems


def _added(workspace: Workspace, folder: Path, known: set[Path]) -> Iterator[str]:
    """Some files of a run are there only where there is something to tell: pages believe an added one."""
    for path in sorted({*folder.rglob("*")} - known):
        yield f"{path.relative_to(workspace.folder)}: it is no part of the run"


def _changed(workspace: Workspace, wanted: dict[Path, str]) -> Iterator[str]:
    for path, digest in wanted.items():
        try:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            same = False
        if not same:
            yield f"{path.relative_to(workspace.folder)}: it is missing or was changed"
