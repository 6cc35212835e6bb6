"""Read a finished run back whole, to screen it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.reports.folder.read_back import read_drafts, read_merges
from clearband.reports.folder.run_record import sha256_of
from clearband.reports.folder.verify import read_run_record, verify_run
from clearband.screening.earlier import EarlierRun

_NEEDED: Final = {"clearband": str, "facts_sha256": str, "inputs": list, "settings": dict}


def read_run(folder: Path) -> EarlierRun:
    """The run in a folder, if nobody has changed it since.

    Raises:
        InputError: The folder is no run, is of another form, was altered, or cannot be read.
    """
    record = read_run_record(folder)
    for key, kind in _NEEDED.items():
        if not isinstance(record.get(key), kind):
            raise InputError(
                f"{key}: is missing or is no {kind.__name__}",
                where=str(folder / "run.json"),
                remedy="name a run that is as it was written, or screen the inputs",
            )
    checked = verify_run(folder)
    if not checked.intact:
        raise InputError(
            f"the run was altered: {checked.sentences()[0]}",
            where=str(folder),
            remedy="name a run that is as it was written, or screen the inputs",
        )
    try:
        equipment = pl.read_parquet(folder / "equipment.parquet", glob=False)
        drafts = read_drafts(folder)
        merges = read_merges(folder)
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read: {error}", where=str(folder), remedy="screen the inputs") from error
    sha256 = sha256_of(folder / "run.json")
    return EarlierRun(str(folder), sha256, record, summary, equipment, drafts, merges)
