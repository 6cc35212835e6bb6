"""How a run ends: the counts of all parts become cases, findings, a summary and the record of the run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from clearband.runs.again import COUNTS
from clearband.runs.compare import Compared, write_changes
from clearband.runs.comparison import comparison_of, folder_of_changes
from clearband.runs.conclude import Concluded, conclude
from clearband.runs.counts_file import write_counts
from clearband.runs.job import Job
from clearband.runs.journal import Journal, make_folder, write_staged, write_whole
from clearband.runs.readable import readable_json
from clearband.runs.tally import TALLIES, Tally, sum_of

_OF_PARTS: Final = ("rows", "records", "bytes", "begin", "end", "passed_over", "answers", "warnings")


@dataclass(frozen=True)
class Finished:
    """A run that is finished.

    Attributes:
        skipped_parts: Parts that an earlier start had done.
        rows: Rows read in all; those that are no equipment among them.
        passed_over: How many rows were none, by reason.
        compared: What is otherwise than in the earlier run, where one was named.
    """

    concluded: Concluded
    skipped_parts: int
    rows: int
    passed_over: dict[str, int]
    compared: Compared | None = None


def finish(
    job: Job, journal: Journal, entries: list[dict[str, Any]], inputs: list[dict[str, Any]], skipped: int
) -> Finished:
    """Write all that is not a part; last ``run.json``, which says that the run is whole.

    Args:
        entries: What the journal says of the parts.
        inputs: Hashes of the files that were read (`clearband.runs.job.hashes_of`).
        skipped: Parts that an earlier start had done.
    """
    folders = [journal.tally_folder(number) for number in range(len(entries))]
    added = sum_of(map(Tally.read, folders))
    concluded = conclude([added], job.settings, job.register, job.law, job.standings)
    out = journal.out
    outputs = {entry["part"]: entry["sha256"] for entry in entries}
    make_folder(out / COUNTS)
    for name, table in (
        ("cases.parquet", concluded.cases),
        ("findings.parquet", concluded.findings),
        ("invalid.parquet", concluded.invalid),
        (f"{COUNTS}/cases.parquet", added.cases),
    ):
        outputs[name], _ = write_staged(out / name, table.rechunk().write_parquet)
    for kind in TALLIES:
        if kind != "cases":  # they are there once, for all parts
            name = f"{COUNTS}/{kind}.parquet"
            outputs[name], _ = write_staged(out / name, partial(write_counts, folders, kind))
    summary = readable_json(concluded.summary)
    outputs["summary.json"], _ = write_staged(out / "summary.json", lambda path: path.write_bytes(summary))
    record = _record(job, entries, inputs)
    compared = None
    if job.again is not None:
        comparison = comparison_of(job, job.again, out, record, concluded.cases)
        kept = {number: entry["kept"] for number, entry in enumerate(entries) if "kept" in entry}
        with folder_of_changes(journal) as folder:
            files, compared = comparison.write(folder, kept)
            changes = out / "changes.parquet"
            outputs[changes.name], _ = write_staged(changes, lambda path: write_changes(files, path))
        record["changes"] = compared.as_json()
    record["outputs"] = dict(sorted(outputs.items()))
    write_whole(out / "run.json", readable_json(record))
    journal.remove()
    return Finished(concluded, skipped, record["rows"], record["passed_over"], compared)


def _record(job: Job, entries: list[dict[str, Any]], inputs: list[dict[str, Any]]) -> dict[str, Any]:
    """What ``run.json`` says, but for the hashes of what was written."""
    passed_over: dict[str, int] = {}
    for entry in entries:
        for reason, rows in entry["passed_over"].items():
            passed_over[reason] = passed_over.get(reason, 0) + rows
    return {
        **{name: value for name, value in job.description().items() if name != "inputs"},
        "inputs": job.again.record["inputs"] if job.again is not None and job.of_parts else inputs,
        "layout": job.dataset.layout.as_json(),
        "text_columns": list(job.dataset.text_columns),
        "id_column": job.id_column,
        "rows": sum(entry["rows"] for entry in entries),
        "passed_over": passed_over,
        "parts": [
            {
                "part": entry["part"],
                "file": job.dataset.files[entry["input"]].label,
                "first_row": entry["begin"]["row"],
                **{name: entry[name] for name in _OF_PARTS},
            }
            for entry in entries
        ],
        "warnings": sorted(
            {line for entry in entries for line in entry["warnings"]}
            | {line for file in job.dataset.files for line in file.warnings}
            | set(job.dataset.layout.columns.warnings)
        ),
    }
