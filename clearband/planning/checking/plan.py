"""A plan as the rules see it: the rows of ``work.csv``, and what ``plan.json`` claims."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.checking.work_table import read_work

SCHEMA: Final = "clearband/plan/1"
_MOST_BYTES: Final = 16_000_000


@dataclass(frozen=True)
class Plan:
    """A plan.

    Args:
        work: ``work.csv``, quarters as text.
        cost: Claimed, in money of the network; exposure in points times quarters, objective in money.
        bound: Below which no plan's objective is; None where none is claimed, and then no gap either.
        gap: ``(objective - bound) / objective``.
        network_sha256: The hash of the network that it was made for, where it is told.
    """

    work: pl.DataFrame
    cost: float
    exposure: float
    objective: float
    bound: float | None
    gap: float | None
    network_sha256: str | None


def read_plan(folder: Path) -> Plan:
    """The plan of a folder.

    Raises:
        InputError: A file is missing or cannot be read, or a number is not told.
    """
    path = folder / "plan.json"
    claims = _claims(path)
    cost, exposure, objective = (_needed(claims, key, path) for key in ("cost", "exposure", "objective"))
    told = claims.get("network_sha256")
    if told is not None and not isinstance(told, str):
        raise InputError(
            "network_sha256 is not a text", where=str(path), remedy="put the hash of the network there"
        )
    return Plan(
        work=read_work(folder),
        cost=cost,
        exposure=exposure,
        objective=objective,
        bound=_number(claims, "bound", path),
        gap=_number(claims, "gap", path),
        network_sha256=told,
    )


def _claims(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        what, remedy = error.strerror or "cannot be read", "name the folder of a plan"
        raise InputError(what, where=str(path), remedy=remedy) from None
    if len(data) > _MOST_BYTES:
        raise InputError("larger than 16 MB", where=str(path), remedy="the work stands in work.csv")
    try:
        claims = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        what = " ".join(str(error).split())[:120]
        raise InputError(f"is not JSON ({what})", where=str(path), remedy="solve again") from None
    if not isinstance(claims, dict) or claims.get("schema") != SCHEMA:
        raise InputError(
            f'has not the schema "{SCHEMA}"', where=str(path), remedy="name the folder of a plan"
        )
    return claims


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _number(claims: dict[str, Any], key: str, path: Path) -> float | None:
    value = claims.get(key)
    if value is None:
        return None
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, OverflowError):  # a list or an object; an integer beyond all floating point
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{key} is not a number", where=str(path), remedy="solve again")
    return number


def _needed(claims: dict[str, Any], key: str, path: Path) -> float:
    number = _number(claims, key, path)
    if number is None:
        raise InputError(f"{key} is missing", where=str(path), remedy="solve again")
    return number
