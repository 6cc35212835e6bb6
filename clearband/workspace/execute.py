"""Executes one run in a process of its own, so that its memory comes back and ending it is killing it.

Run as a program, with a `Task` as JSON on standard input. It knows no database. Each line that it writes on
standard output is JSON: ``{"step": …, "rows": …}`` as a step begins, and at last ``{"done": …}`` or
``{"failed": …}``.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.directives.law import load_law
from clearband.errors import ClearbandError, OutputError
from clearband.model.canonical import sha256
from clearband.register import load_register
from clearband.reports.folder import write_run
from clearband.reports.folder.place import is_run
from clearband.reports.folder.run_record import sha256_of
from clearband.screening.merging import merge_sources
from clearband.screening.screen import screen
from clearband.sources import NamedInput, read_inventory
from clearband.workspace.answered import COLUMN, laid_in
from clearband.workspace.asked import Asked
from clearband.workspace.carry import RunFiles, compared
from clearband.workspace.errors import NotFoundError
from clearband.workspace.identity import identities, read_identities
from clearband.workspace.readings import Reading
from clearband.workspace.run_files import IDENTITIES
from clearband.workspace.store import Store
from clearband.workspace.view import write_view

Say = Callable[[str, int | None], None]
_DIES_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux."""
_COUNTS: Final = (
    "records",
    "units",
    "invalid_cells",
    "answers",
    "not_read",
    "mentions",
    "contradictions",
    "merged",
)


@dataclass(frozen=True)
class Task:
    """What is to be executed.

    Attributes:
        files: The folder of the store.
        run_folder: Where the run is to be.
        identities: Where the identities of its records are to be.
        view: Where its view is to be.
        asked: Of the run's row.
        inputs: ``files`` of the run's row.
        created: When the run was asked for: each attempt of it gives the same bytes.
        answers: Answered questions in force.
        before: ``run_id``, ``number``, ``folder`` and ``identities`` of the run before, if any.
    """

    files: str
    run_folder: str
    identities: str
    view: str
    asked: dict[str, Any]
    inputs: list[dict[str, Any]]
    created: str
    answers: list[dict[str, Any]]
    before: dict[str, Any] | None = None

    def as_json(self) -> str:
        """For the process that executes it."""
        return json.dumps(asdict(self))


def execute(task: Task, say: Say) -> dict[str, Any]:
    """Execute a run: its folder appears whole, with the identities of its records beside it, or not at all.

    Args:
        say: Told of each step, and of the number of records once that is known.

    Returns:
        ``result`` and ``run_sha256`` of the run's row.

    Raises:
        ClearbandError: An input cannot be read, or the folder cannot be written.
    """
    folder, known = Path(task.run_folder), Path(task.identities)
    _remove_remains(folder, known, Path(task.view))
    if not (is_run(folder) and known.is_file()):
        _screen(task, folder, known, say)
    if not Path(task.view).is_dir():
        say("Preparing pages", None)
        write_view(folder, pl.read_parquet(known, glob=False), Path(task.view))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    result = {name: summary[name] for name in _COUNTS if name in summary} | {IDENTITIES: sha256_of(known)}
    if task.before is not None:
        say("Comparing", summary["records"])
        result |= _since(task.before, RunFiles(folder, known))
    return {"result": result, "run_sha256": sha256_of(folder / "run.json")}


def _remove_remains(*places: Path) -> None:
    """Remove what attempts that were killed left beside their places."""
    for place in places:
        for left in place.parent.glob(f".{place.name}.*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _since(before: dict[str, Any], now: RunFiles) -> dict[str, Any]:
    earlier = RunFiles(Path(before["folder"]), Path(before["identities"]))
    try:
        counts = compared(earlier, now).counts
    except NotFoundError:
        return {}
    return {"since": {"run_id": before["run_id"], "number": before["number"]} | counts}


def _screen(task: Task, folder: Path, known: Path, say: Say) -> None:
    say("Reading", None)
    law, register = load_law(), load_register()
    asked, store = Asked.of(task.asked), Store(Path(task.files))
    settings = asked.settings(law, reading_of(task.inputs))
    inputs = [_input(store, one) for one in task.inputs]
    merged = merge_sources(read_inventory(inputs), settings, register, law)
    rows = merged.inventory.equipment.height
    say("Naming records", rows)
    read = merged.inventory.equipment
    told = read_identities(read)
    laid = laid_in(read, told, task.answers)
    inventory = replace(merged.inventory, equipment=laid.equipment)
    if laid.answers:
        answered = {"sha256": sha256(list(laid.answers)), "answers": len(laid.answers)}
        settings = replace(settings, reading={**settings.reading, "answered": answered})
    screened = screen(
        inventory, settings, register, law, merges=merged.merges, progress=lambda step: say(step, rows)
    )
    if laid.answers:
        screened = replace(screened, equipment=screened.equipment.with_columns(laid.told.alias(COLUMN)))
    _write_identities(identities(screened.equipment, screened.findings, read), known)
    say("Writing", rows)
    write_run(screened, folder, created=datetime.fromisoformat(task.created))


def reading_of(inputs: list[dict[str, Any]]) -> dict[str, Any]:
    """What was said of the reading of all inputs, as ``run.json`` has it: as ``clearband screen`` says it
    where the same was said of each, else by file."""
    said = [one["reading"] for one in inputs]
    if all(one == said[0] for one in said):
        return dict(said[0])
    return {"by_file": [{"file": one["file_name"], **one["reading"]} for one in inputs if one["reading"]]}


def _input(store: Store, one: Mapping[str, Any]) -> NamedInput:
    reading = Reading.of(one["reading"])
    mapping = reading.mapping if reading.columns else None
    return NamedInput(str(store.path(one["sha256"])), one["file_name"], mapping, reading.options)


def _write_identities(frame: pl.DataFrame, place: Path) -> None:
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        frame.write_parquet(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(place)
    except (OSError, pl.exceptions.PolarsError) as error:
        full = "No space left" in str(error)
        what = "the disk is full; nothing was written" if full else f"cannot be written: {error}"
        raise OutputError(what, where=place.parent.name, remedy="make room, then run again") from None
    finally:
        part.unlink(missing_ok=True)


def main() -> None:
    """Execute the task on standard input."""
    parent = os.getppid()
    # A worker that is killed leaves nobody who goes on with what another worker begins anew.
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return
    task = Task(**json.load(sys.stdin))

    def say(step: str, rows: int | None) -> None:
        _tell({"step": step, "rows": rows})

    try:
        _tell({"done": execute(task, say)})
    except ClearbandError as error:
        _tell({"failed": error.one_line()})
    except MemoryError:
        _tell({"failed": "there is too little memory for this inventory; divide it, or use a larger machine"})


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
