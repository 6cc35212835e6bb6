"""The folder that ``clearband impact --out`` writes, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clearband.folders import FolderKind, check_place, whole_folder

if TYPE_CHECKING:
    from clearband.impact.form import ImpactTold

_OURS: Final = frozenset({"index.html", "impact.json"})


def json_of(told: ImpactTold) -> str:
    """As ``impact.schema.json`` says."""
    return json.dumps(told.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2)


def check_out(out: Path) -> None:
    """Check that a brief may be written to a folder, before any work is done.

    Raises:
        OutputError: It may not.
    """
    check_place(out, _kind())


def write(told: ImpactTold, out: Path) -> None:
    """Write ``index.html`` and ``impact.json``; an earlier brief in their place is replaced.

    Raises:
        OutputError: They cannot be written, or something else is in their place.
    """
    from clearband.reports.impact import write_brief

    with whole_folder(out, _kind()) as folder:
        write_brief(told, folder)
        (folder / "impact.json").write_text(json_of(told) + "\n", encoding="utf-8")


def _kind() -> FolderKind:
    return FolderKind("brief", _OURS, _is_brief)


def _is_brief(folder: Path) -> bool:
    try:
        return "clearband/impact/1" in (folder / "impact.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
