"""Where a run may be written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from clearband.folders import FolderKind, check_place
from clearband.reports.folder.run_record import RUN_SCHEMA

_OURS: Final = frozenset(
    {
        "equipment.parquet",
        "findings.parquet",
        "findings.csv",
        "deadlines.csv",
        "drafts.parquet",
        "drafts.csv",
        "approved.parquet",
        "approved.csv",
        "changes.parquet",
        "changes.csv",
        "merges.parquet",
        "merges.csv",
        "bom.cdx.json",
        "summary.json",
        "report.html",
        "run.json",
    }
)


def is_run(folder: Path) -> bool:
    """Whether the folder holds a run: a ``run.json`` of our schema."""
    try:
        content = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("schema") == RUN_SCHEMA


RUN: Final = FolderKind("run of Clearband", _OURS, is_run)


def check_out(out: Path, inputs: Iterable[Path] = ()) -> Path:
    """Check that a run may be written to ``out``, before any work is done.

    Args:
        out: The folder wanted.
        inputs: The input files, which must not lie in it.

    Returns:
        The real place of the folder: absolute, links followed.

    Raises:
        OutputError: It may not.
    """
    return check_place(out, RUN, inputs)
