"""A part of an earlier run that holds becomes a part of this one, as it is."""

from __future__ import annotations

import shutil
from typing import Final

from clearband.errors import InputError
from clearband.runs.job import Job
from clearband.runs.journal import PARTS, Journal, write_staged, write_staged_folder
from clearband.runs.progress import Meter

_SAME: Final = ("begin", "end", "rows", "records", "passed_over", "answers", "warnings")


def take_over(job: Job, journal: Journal, number: int, file: int, kept: int, meter: Meter) -> None:
    """Copy a part with its counts, and note it.

    Args:
        number: Its number in this run.
        file: Number of its file in this run.
        kept: Its number in the earlier run.

    Raises:
        InputError: It was changed since the earlier run was looked at.
    """
    earlier = job.again
    assert earlier is not None
    part = earlier.parts[kept]
    name = f"part-{number:06d}.parquet"
    sha256, size = write_staged(
        journal.out / PARTS / name, lambda path: shutil.copyfile(earlier.path(part), path)
    )
    if sha256 != earlier.record["outputs"][part["part"]]:
        raise InputError(
            "was changed meanwhile", where=str(earlier.path(part)), remedy="screen the inputs again"
        )
    write_staged_folder(journal.tally_folder(number), earlier.tally(kept).write)
    same = {name: part[name] for name in _SAME}
    journal.add({"part": name, "sha256": sha256, "bytes": size, "input": file, "kept": kept, **same})
    meter.add(part["rows"], part["answers"])
