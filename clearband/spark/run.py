"""A whole run on a cluster: rows by the workers, all the rest from what they wrote.

All is made below the folder of a run that is not finished, and moved in its place when it is whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from clearband.errors import InputError, OutputError
from clearband.runs.conclude import Concluded, conclude
from clearband.runs.journal import PARTS, Journal, locked, sync_folder, write_staged, write_whole
from clearband.runs.part import PREFIX
from clearband.runs.run import Finished, Job, hashes_of, refuse_strangers
from clearband.spark.answers import LARGE_TEXTS, screened
from clearband.spark.counts import Written
from clearband.spark.payload import OwnFacts, Told
from clearband.spark.table import labels_of, parquet_only, placed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ROWS: Final = "spark-rows"
_RESULT: Final = "result"


def run_on_spark(spark: SparkSession, job: Job, own: OwnFacts, out: Path) -> Finished:
    """Screen Parquet files.

    Args:
        job: Its files lie where workers see them under the same paths; sizes of chunks are not looked at.
        own: What the user adds to the packaged facts; the job's register and law have it.
        out: The folder, empty or absent, which driver and workers see.

    Raises:
        InputError: An input cannot be used, or was changed meanwhile.
        OutputError: The folder is not fit for it, or is in use.
    """
    refuse_strangers(out, resume=False)
    parquet_only(job.dataset)
    if not job.dataset.rows:
        raise InputError("there are no rows", where=job.dataset.files[0].label)
    told = _told(spark, job, own)
    with _unfinished(out) as journal, _beside() as hashing:
        before = job.description()["inputs"]
        hashes = hashing.submit(hashes_of, job.dataset)
        raw = journal.folder / _ROWS
        rows, records = _write_rows(spark, job, told, raw)
        written = Written(
            spark, _read(spark, raw), told, [file.label for file in job.dataset.files], job.id_column
        )
        concluded = conclude([written.tally()], job.settings, job.register, job.law)
        if job.columns == "ids":
            raw = _slim(spark, job, raw)
        if job.description()["inputs"] != before:
            raise InputError("an input was changed meanwhile", remedy="run it again")
        passed_over = {"blank": rows - records} if rows > records else {}
        result = _Result(journal.folder / _RESULT)
        result.take_parts(raw, written.files)
        result.write(concluded, {**_record(job, told, rows, passed_over), "inputs": hashes.result()})
        result.move_to(out)
        shutil.rmtree(journal.folder)
    return Finished(concluded, 0, rows, passed_over)


def _told(spark: SparkSession, job: Job, own: OwnFacts) -> Told:
    dataset = job.dataset
    return Told(
        dataset.layout,
        job.settings,
        dataset.options,
        dataset.text_columns,
        dataset.columns,
        dataset.columns,
        own,
        placed=True,
        labels=labels_of(dataset),
        large=spark.conf.get(LARGE_TEXTS) == "true",
    )


@contextmanager
def _unfinished(out: Path) -> Iterator[Journal]:
    """The folder for this process alone; what is not finished is removed, of an earlier run, too."""
    was_there = out.exists()
    with locked(out) as journal:
        shutil.rmtree(journal.folder / _ROWS, ignore_errors=True)
        shutil.rmtree(journal.folder / _RESULT, ignore_errors=True)
        try:
            yield journal
        except BaseException:
            shutil.rmtree(journal.folder, ignore_errors=True)
            if not was_there and not any(out.iterdir()):
                out.rmdir()
            raise


@contextmanager
def _beside() -> Iterator[ThreadPoolExecutor]:
    """A thread for the hashes of inputs; a run that ends early does not wait for them."""
    pool = ThreadPoolExecutor(1)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _write_rows(spark: SparkSession, job: Job, told: Told, raw: Path) -> tuple[int, int]:
    """Screen and write the rows; how many were read, and how many of them are records.

    Raises:
        InputError: Spark has not read all rows.
        OutputError: This process does not see what workers wrote.
    """
    from pyspark.sql import Observation
    from pyspark.sql import functions as sf

    read, records = Observation("read"), Observation("records")
    count = sf.count(sf.lit(1)).alias("rows")
    table = placed(spark, job.dataset).observe(read, count)
    screened(table, told).observe(records, count).write.parquet(_uri(raw))
    if read.get["rows"] != job.dataset.rows:
        raise InputError(
            f"Spark has read {read.get['rows']:,} of {job.dataset.rows:,} rows",
            where=job.dataset.files[0].label,
            remedy="files whose names begin with _ or . are hidden to it: rename them",
        )
    seen = sum(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item() for path in _parts(raw))
    if seen != records.get["rows"]:
        raise OutputError(
            f"{records.get['rows']:,} rows were written, and {seen:,} of them are here",
            where=str(raw.parent.parent),
            remedy="name a folder with --out that all machines of the cluster share",
        )
    return read.get["rows"], records.get["rows"]


def _read(spark: SparkSession, raw: Path) -> DataFrame:
    return spark.read.parquet(_uri(raw))


def _slim(spark: SparkSession, job: Job, raw: Path) -> Path:
    """The rows again, of the input's columns only those that are kept."""
    from clearband.spark.counts import named

    slim = raw.with_name(f"{_ROWS}-slim")
    table = _read(spark, raw)
    names = [name for name in table.columns if name.startswith(PREFIX) or name in job.kept]
    table.select(*map(named, names)).write.mode("overwrite").parquet(_uri(slim))
    return slim


def _parts(raw: Path) -> list[Path]:
    return sorted(raw.glob("part-*.parquet"))


def _uri(path: Path) -> str:
    return f"file:{path.resolve()}"


def _record(job: Job, told: Told, rows: int, passed_over: dict[str, int]) -> dict[str, Any]:
    """What ``run.json`` says."""
    sizes = ("chunk_rows", "chunk_bytes")
    layout = job.dataset.layout
    warnings = {line for file in job.dataset.files for line in file.warnings} | set(layout.columns.warnings)
    return {
        **{name: value for name, value in job.description().items() if name not in sizes},
        "engine": "spark",
        "layout": layout.as_json(),
        "text_columns": list(told.text_columns),
        "id_column": job.id_column,
        "rows": rows,
        "passed_over": passed_over,
        "warnings": sorted(warnings),
    }


class _Result:
    """What the folder of the run will hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[dict[str, Any]] = []
        self._outputs: dict[str, str] = {}
        folder.mkdir()

    def take_parts(self, raw: Path, files: Sequence[str]) -> None:
        """Take the files of the workers, in the order of their first rows."""
        (self._folder / PARTS).mkdir()
        order = {label: at for at, label in enumerate(files)}
        found = []
        for path in _parts(raw):
            first = (
                pl.scan_parquet(path, glob=False).select(f"{PREFIX}file", f"{PREFIX}row").head(1).collect()
            )
            if first.height:
                file, row = first.row(0)
                found.append((order[file], row, path))
        for number, (at, row, path) in enumerate(sorted(found)):
            name = f"part-{number:06d}.parquet"
            sha256, size = write_staged(self._folder / PARTS / name, path.rename)
            records = (
                pl.scan_parquet(self._folder / PARTS / name, glob=False).select(pl.len()).collect().item()
            )
            self._outputs[name] = sha256
            self._parts.append(
                {"part": name, "file": files[at], "first_row": row, "records": records, "bytes": size}
            )

    def write(self, concluded: Concluded, record: dict[str, Any]) -> None:
        """Write all else."""
        for name, table in (
            ("cases.parquet", concluded.cases),
            ("findings.parquet", concluded.findings),
            ("invalid.parquet", concluded.invalid),
        ):
            self._outputs[name], _ = write_staged(self._folder / name, table.rechunk().write_parquet)
        summary = _json(concluded.summary)
        self._outputs["summary.json"], _ = write_staged(
            self._folder / "summary.json", lambda path: path.write_bytes(summary)
        )
        whole = {**record, "parts": self._parts, "outputs": dict(sorted(self._outputs.items()))}
        write_whole(self._folder / "run.json", _json(whole))

    def move_to(self, out: Path) -> None:
        """Move all to its place; last what says that there is a run."""
        names = sorted((path.name for path in self._folder.iterdir()), key=lambda name: name == "run.json")
        for name in names:
            (self._folder / name).rename(out / name)
        sync_folder(out)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
