"""A run in parts whose chunks are screened by the workers of a cluster."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.errors import InputError, OutputError
from clearband.runs.journal import PARTS, Journal, sync_folder
from clearband.runs.progress import Meter
from clearband.runs.run import Finished, Job, part_name, run_in_parts
from clearband.sources.stream import Dataset
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.parquet_chunks import ParquetFile
from clearband.sources.stream.partitions import PartitionedFile
from clearband.sources.stream.sizes import Sizes
from clearband.spark.answers import columns_of
from clearband.spark.memory import WORKER_BYTES
from clearband.spark.payload import OwnFacts, Told

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WRITTEN: Final = "workers"
"""In the journal's folder: what workers write."""
_WAVE: Final = 32
"""Tasks for each core until what they did is noted; the last one of them is waited for."""


def run_on_spark(
    spark: SparkSession, job: Job, own: OwnFacts, out: Path, meter: Meter, *, resume: bool = False
) -> Finished:
    """Screen Parquet files.

    Args:
        job: Its files lie where workers see them under the same paths.
        own: What the user adds to the packaged facts; the job's register and law have it.
        out, meter, resume: As for `clearband.runs.run.run_in_parts`; workers see the folder, too.

    Raises:
        InputError: An input cannot be used, was changed meanwhile, or is not seen by a worker.
        OutputError: The folder is not fit for it, is in use, or is not shared.
    """
    parquet_only(job.dataset)
    return run_in_parts(job, out, meter, resume=resume, engine=partial(_screen_rest, spark, own))


def parquet_only(dataset: Dataset) -> None:
    """Check that workers can begin anywhere in the files of a data set.

    Raises:
        InputError: A file is no Parquet.
    """
    for file in dataset.files:
        if not isinstance(file, ParquetFile):
            raise InputError(
                f"is {file.format}, and the Spark engine reads Parquet",
                where=file.label,
                remedy="write it as Parquet, or screen it with --stream",
            )


def _screen_rest(
    spark: SparkSession, own: OwnFacts, job: Job, journal: Journal, done: list[dict[str, Any]], meter: Meter
) -> None:
    """Have the workers do what is left, wave after wave, and note each chunk in its order."""
    folder = journal.folder / _WRITTEN
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    payload = Told(job.dataset.layout, job.settings, job.dataset.options, own, _work(job, folder)).payload()
    behind = (done[-1]["input"], Place(**done[-1]["end"])) if done else (0, job.dataset.files[0].start)
    number = len(done)
    places = _places(job.dataset, job.sizes, behind)
    first = next(places, None)
    if first is None and not number:
        raise InputError("there are no rows", where=job.dataset.files[0].label)
    places = chain([] if first is None else [first], places)
    while wave := list(islice(places, _WAVE * spark.sparkContext.defaultParallelism)):
        entries = _screened(spark, payload, [_wanted(job.dataset, *place) for place in wave])
        for (file, _), entry in zip(wave, entries, strict=True):
            _note(journal, folder, number, file, entry)
            meter.add(entry["rows"], entry["answers"])
            number += 1
    shutil.rmtree(folder)


def _work(job: Job, folder: Path) -> dict[str, Any]:
    return {
        "folder": str(folder.resolve()),
        "kept": job.kept,
        "id_column": job.id_column,
        "rows": job.sizes.rows,
        "memory": WORKER_BYTES,
    }


def _places(dataset: Dataset, sizes: Sizes, behind: tuple[int, Place]) -> Iterator[tuple[int, Place]]:
    """Where chunks begin: the number of the file, and the place in it."""
    first, begin = behind
    for number in range(first, len(dataset.files)):
        file = dataset.files[number]
        assert isinstance(file, ParquetFile)
        for place, _ in file.places(begin if number == first else file.start, sizes):
            yield number, place


def _wanted(dataset: Dataset, number: int, place: Place) -> list[Any]:
    """What a worker has to know of a chunk."""
    file = dataset.files[number]
    values = file.values if isinstance(file, PartitionedFile) else {}
    return [str(file.path.resolve()), file.label, dict(values), place.at]


def _screened(spark: SparkSession, payload: str, wanted: list[list[Any]]) -> list[dict[str, Any]]:
    """What the workers tell of chunks, a task each."""
    from clearband.spark.chunks import DONE, screen_chunks

    numbers = spark.range(0, len(wanted), 1, len(wanted))
    screen = partial(screen_chunks, payload, dict(enumerate(wanted)))
    told = numbers.mapInArrow(screen, columns_of(DONE)).collect()
    return [json.loads(row.entry) for row in sorted(told, key=lambda row: row.number)]


def _note(journal: Journal, folder: Path, number: int, file: int, entry: dict[str, Any]) -> None:
    """Take what a worker wrote, and note it as done.

    Raises:
        OutputError: It is not here.
    """
    name = entry.pop("name")
    part = part_name(number)
    try:
        (folder / f"{name}.parquet").rename(journal.out / PARTS / part)
        (folder / f"{name}.counts").rename(journal.tally_folder(number))
    except FileNotFoundError:
        raise OutputError(
            "what a worker wrote is not here",
            where=str(journal.out),
            remedy="name a folder with --out that all machines of the cluster share",
        ) from None
    sync_folder(journal.out / PARTS)
    sync_folder(journal.folder)
    journal.add({"part": part, "input": file, **entry})
