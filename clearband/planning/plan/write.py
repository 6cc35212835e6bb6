"""Writes the folder of a plan, whole or not at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from clearband import __version__
from clearband.folders import FolderKind, check_place, whole_folder
from clearband.planning.optimise.solve import Solution
from clearband.planning.plan.work_table import work_table
from clearband.planning.units.assemble import Assembled

SCHEMA: Final = "clearband/plan/1"
_WORK: Final = "work.csv"
_CLAIMS: Final = "plan.json"
_OURS: Final = frozenset({_WORK, _CLAIMS})


@dataclass(frozen=True)
class Told:
    """What ``plan.json`` tells, and the work.

    Attributes:
        claims: Keys of ``plan.json``; seconds, versions and the seed among them.
    """

    claims: dict[str, Any]
    work: pl.DataFrame


def told(assembled: Assembled, solution: Solution, *, seed: int, gap: float) -> Told:
    """What there is to say of a solution without missing units."""
    exposure = _exposure(assembled, solution)
    settings = assembled.network.settings
    # The bound is of what was planned with: where choices were left out, it proves nothing of the network.
    bound = solution.bound if assembled.complete else None
    value = solution.value
    return Told(
        {
            "schema": SCHEMA,
            "network_sha256": assembled.network.sha256,
            "title": settings.title,
            "currency": settings.currency,
            "cost": value - settings.exposure_price * exposure,
            "exposure": exposure,
            "objective": value,
            "bound": bound,
            "gap": None if bound is None else max(0.0, (value - bound) / value) if value > 0 else 0.0,
            "items": int(assembled.work.items.get_column("goes").sum()),
            "units": len(solution.option),
            "settings": {"seed": seed, "gap": gap, "price": settings.price, "unknown": settings.unknown},
            "seconds": round(solution.seconds, 3),
            "clearband": __version__,
        },
        work_table(assembled, solution),
    )


def check_out(out: Path) -> None:
    """Check that a plan may be written to a folder, before any work is done.

    Raises:
        OutputError: It may not.
    """
    check_place(out, _kind())


def write_plan(plan: Told, out: Path) -> None:
    """Write a plan; an earlier plan in its place is replaced.

    Raises:
        OutputError: It cannot be written, or something else is in its place.
    """
    with whole_folder(out, _kind()) as folder:
        plan.work.write_csv(folder / _WORK)
        text = json.dumps(plan.claims, indent=2, ensure_ascii=False, allow_nan=False)
        (folder / _CLAIMS).write_text(f"{text}\n", encoding="utf-8")


def _kind() -> FolderKind:
    return FolderKind("plan", _OURS, is_plan)


def is_plan(folder: Path) -> bool:
    """Whether a folder holds a plan of this form."""
    try:
        return SCHEMA in (folder / _CLAIMS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def _exposure(assembled: Assembled, solution: Solution) -> float:
    points = assembled.work.units.sort("unit").get_column("points").to_numpy().astype(float)
    return float(np.sort(points * np.maximum(solution.quarter, 0)).sum())
