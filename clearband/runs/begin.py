"""How a run begins, or goes on: what is refused, what is there already."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from clearband.errors import InputError, OutputError
from clearband.runs.job import Job, hashes_of, sha256_of
from clearband.runs.journal import PARTS, UNFINISHED, Journal, write_whole
from clearband.runs.part import PREFIX
from clearband.runs.write_chunk import changed
from clearband.sources.stream import Dataset

_SHOWN: Final = 80
_HASHES: Final = "inputs.json"
"""In the journal's folder: the hashes of the inputs, once they are known."""


def refuse_strangers(out: Path, *, resume: bool) -> None:
    """Refuse a folder that holds anything else, before anything is made."""
    names = {path.name for path in out.iterdir()} if out.is_dir() else set()
    unfinished = (out / UNFINISHED / "run.json").exists()
    if resume and not unfinished:
        what = "is finished" if "run.json" in names else "is not there"
        if "run.json" in names:
            # It was killed when all was done and only this was left to be removed.
            shutil.rmtree(out / UNFINISHED, ignore_errors=True)
        raise OutputError(f"the run to go on with {what}", where=str(out), remedy="leave --resume out")
    if not resume and unfinished:
        raise OutputError(
            "holds a run that is not finished",
            where=str(out),
            remedy="go on with it by --resume, or name another folder",
        )
    if not resume and names - {UNFINISHED}:
        raise OutputError("the folder is not empty", where=str(out), remedy="name another folder with --out")
    if out.exists() and not out.is_dir():
        raise OutputError("a file is in the place of the folder", where=str(out))
    if not out.parent.is_dir():
        raise OutputError("the folder above it does not exist", where=str(out))


def refuse_names_of_ours(job: Job) -> None:
    """Refuse columns that are named as those that are added."""
    ours = [name for name in job.kept if name.startswith(PREFIX)]
    if ours:
        raise InputError(
            f'the column "{ours[0]}" is one that a run adds: it seems to be a part of an earlier run',
            where=job.dataset.files[0].label,
            remedy="screen the inventory that it was made from, or rename the column",
        )


def parts_done(journal: Journal, job: Job, *, resume: bool) -> list[dict[str, Any]]:
    """The parts that are done; all else of an earlier start is removed."""
    if not resume:
        journal.begin(job.description())
        return []
    refuse_changed(journal.description(), job)
    journal.keep_whole_lines()
    entries = journal.entries()
    journal.clear_orphans(
        {entry["part"] for entry in entries},
        {journal.tally_folder(number).name for number in range(len(entries))},
    )
    for entry in entries:
        part = journal.out / PARTS / entry["part"]
        if not part.is_file() or sha256_of(part) != entry["sha256"]:
            raise OutputError("was changed since it was written", where=str(part), remedy="begin a new run")
    return entries


def refuse_changed(begun: dict[str, Any], job: Job) -> None:
    """Refuse to go on where an input or anything asked is another than at the beginning.

    Raises:
        InputError: It is.
    """
    now = json.loads(json.dumps(job.description()))
    before, after = begun.pop("inputs"), now.pop("inputs")
    for earlier, later in zip(before, after, strict=False):
        if earlier != later:
            raise changed(later["file"])
    if len(before) != len(after):
        raise InputError("there are other inputs than when the run began", remedy="name the same ones")
    for name, value in now.items():
        if begun.get(name) != value:
            what, earlier, later = _differing(name.replace("_", " "), begun.get(name), value)
            raise InputError(
                f"{what} is not as when the run began ({_short(earlier)}, and now {_short(later)})",
                remedy="ask the same, or begin a new run",
            )


def _differing(name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    """What differs, as exactly as it has a name, and what it was and is."""
    if isinstance(before, dict) and isinstance(after, dict):
        key = next(key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key))
        return _differing(f"{name}: {key.replace('_', ' ')}", before.get(key), after.get(key))
    return name, before, after


def _short(value: Any) -> str:
    text = "nothing" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def noted_hashes(dataset: Dataset, journal: Journal) -> list[dict[str, Any]]:
    """The hashes of the inputs, noted for whoever goes on with the run.

    Raises:
        InputError: An earlier start has noted others: size and time of a file can be what they were, and its
            content another.
    """
    found = hashes_of(dataset)
    noted = journal.folder / _HASHES
    if noted.exists():
        for earlier, later in zip(json.loads(noted.read_bytes()), found, strict=True):
            if earlier != later:
                raise changed(later["file"])
    else:
        write_whole(noted, json.dumps(found).encode())
    return found
