"""An earlier run in parts and a new one, put side by side."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.directives.diff_reasons import events_between
from clearband.runs.again import Earlier
from clearband.runs.compare import Comparison
from clearband.runs.compare_sides import Part, Side
from clearband.runs.job import Job
from clearband.runs.journal import PARTS, Journal
from clearband.screening.run_reasons import run_reasons

_FOLDER: Final = "changes"


def comparison_of(
    job: Job, earlier: Earlier, out: Path, record: Mapping[str, Any], cases: pl.DataFrame
) -> Comparison:
    """The comparison of a run that is about to be finished.

    Args:
        out: Its folder, with all its parts.
        record: What its ``run.json`` will say.
        cases: Its table of cases.
    """
    asked, before = job.settings.questions, earlier.run
    ids = _column_of_ids(earlier.record, record)
    return Comparison(
        earlier,
        Side.of(_parts(earlier.folder, earlier.parts), earlier.record, ids),
        Side.of(_parts(out, record["parts"]), record, ids),
        cases,
        {} if job.of_parts else contents(earlier, record["inputs"]),
        run_reasons(before, record),
        events_between(job.law, (before.on, asked.on), (before.known_on, asked.known_on)),
    )


def contents(earlier: Earlier, inputs: list[dict[str, Any]]) -> dict[str, str]:
    """What is otherwise with the content of files, by their names; those that are the same are not in it."""
    found = {
        one["file"]: f"other content of {one['file']}"
        if one["file"] in earlier.inputs
        else f"with {one['file']}"
        for one in inputs
        if not earlier.same_content(one)
    }
    gone = earlier.inputs.keys() - {one["file"] for one in inputs}
    return found | {name: f"without {name}" for name in gone}


def _column_of_ids(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """The column by which records of both runs are known: what is taken for ids hangs on the first rows."""

    def held(record: Mapping[str, Any]) -> set[str]:
        return {record["id_column"], *(record["text_columns"] if record["columns"] == "all" else ())}

    both = held(before) & held(after)
    return next((name for name in (after["id_column"], before["id_column"]) if name and name in both), None)


def _parts(folder: Path, parts: list[dict[str, Any]]) -> list[Part]:
    return [Part(folder / PARTS / one["part"], one["file"], one["records"]) for one in parts]


@contextmanager
def folder_of_changes(journal: Journal) -> Iterator[Path]:
    """A folder for what is compared, some records at a time; it goes with the journal."""
    folder = journal.folder / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)
