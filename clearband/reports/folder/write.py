"""Write a run: equipment, findings, summary, report, and the record of the run itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.folders import whole_folder
from clearband.reports.deadlines import deadlines_table
from clearband.reports.folder.findings_csv import write_findings_csv, write_flat_csv
from clearband.reports.folder.parquet_file import write_parquet, write_parquet_slices
from clearband.reports.folder.place import RUN
from clearband.reports.folder.run_record import created_time, run_record, sha256_of
from clearband.screening.findings import FINDINGS_SCHEMA

if TYPE_CHECKING:
    import polars as pl

    from clearband.screening.result import Screening

_RECORDS_AT_ONCE: Final = 20_000
REPORT_RECORDS: Final = 2_000
"""Records shown in ``report.html`` unless told otherwise."""


@dataclass(frozen=True)
class WrittenRun:
    """A run in its place.

    Attributes:
        folder: Where it lies.
        files: Name to SHA-256 of every file but ``run.json``.
    """

    folder: Path
    files: dict[str, str]

    @property
    def report(self) -> Path | None:
        """The report, when one was written."""
        return self.folder / "report.html" if "report.html" in self.files else None


def write_run(
    screening: Screening,
    out: Path,
    *,
    report: bool = True,
    created: datetime | None = None,
    inputs: Iterable[Path] = (),
    report_records: int = REPORT_RECORDS,
    sources: Mapping[str, Mapping[str, Any]] | None = None,
    changes: pl.DataFrame | None = None,
    bom: bool = False,
) -> WrittenRun:
    """Write the folder of a run, whole or not at all.

    Args:
        screening: What to write.
        out: The folder. One that is empty or an earlier run is replaced; any other is refused.
        report: Whether to write ``report.html``.
        created: Time of the run for ``run.json``; ``SOURCE_DATE_EPOCH`` overrides it. Nothing else holds one.
        inputs: The input files, so that no folder that holds one is replaced.
        report_records: Most records shown in the report, strictest first.
        sources: What each source id stands for; None takes the packaged facts.
        changes: What changed since an earlier run (`clearband.screening.changes`).
        bom: Whether to write the equipment with its findings as a bill of materials, too.

    Raises:
        OutputError: It cannot be written; nothing is left behind.
    """
    hashes: dict[str, str] = {}

    with whole_folder(out, RUN, inputs) as folder:
        # The joined findings are the largest table: never whole in memory.
        write_parquet_slices(
            screening.findings.slices(_RECORDS_AT_ONCE), FINDINGS_SCHEMA, folder / "findings.parquet"
        )
        write_findings_csv(screening.findings, folder / "findings.csv")
        write_flat_csv(deadlines_table(screening.summary), folder / "deadlines.csv")
        write_parquet(screening.equipment, folder / "equipment.parquet")
        if not screening.drafts.is_empty():
            write_parquet(screening.drafts, folder / "drafts.parquet")
            write_flat_csv(screening.drafts, folder / "drafts.csv")
        if screening.approved is not None:
            write_parquet(screening.approved, folder / "approved.parquet")
            write_flat_csv(screening.approved, folder / "approved.csv")
        if screening.merges is not None:
            write_parquet(screening.merges, folder / "merges.parquet")
            write_flat_csv(screening.merges, folder / "merges.csv")
        if changes is not None:
            write_parquet(changes, folder / "changes.parquet")
            write_flat_csv(changes, folder / "changes.csv")
        (folder / "summary.json").write_text(json_text(screening.summary), encoding="utf-8", newline="\n")
        if bom:
            from clearband.reports.cyclonedx import NAME, write_bom

            write_bom(screening, folder / NAME, created_time(None))
        if report:
            from clearband.reports.page import write_report

            write_report(screening, folder / "report.html", records=report_records, sources=sources)
        hashes.update({path.name: sha256_of(path) for path in sorted(folder.iterdir())})
        record = run_record(screening.run, hashes, created)
        (folder / "run.json").write_text(json_text(record), encoding="utf-8", newline="\n")
    return WrittenRun(out, hashes)


def json_text(value: Any) -> str:
    """Plain JSON values as text for people and programs: indented, UTF-8, a final line end."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
