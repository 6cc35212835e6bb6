"""Chunks of a data set in the workers of a cluster: each is read, screened and written there.

What a task writes has a name of its own, and counts only where the driver was given that name: a task that is
tried again, or twice, leaves files that nobody asks for.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from clearband.errors import InputError, OutputError
from clearband.runs.write_chunk import write_chunk
from clearband.sources.options import ReadOptions
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.parquet_chunks import ParquetFile
from clearband.sources.stream.partitions import PartitionedFile
from clearband.sources.stream.sizes import Sizes
from clearband.spark.memory import bound
from clearband.spark.payload import kernel_of

DONE: Final = {"number": pa.int64(), "entry": pa.string()}
"""Columns of what tasks give back, and their types: the number of a chunk, and what a journal notes of it."""


def screen_chunks(
    payload: str, wanted: dict[int, list[Any]], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Screen the chunks whose numbers are in the batches.

    Args:
        payload: Of `clearband.spark.payload.Told`; its work tells ``folder``, where to write, ``kept`` and
            ``id_column`` (`clearband.runs.write_chunk.write_chunk`), ``rows``, how many a chunk has, and
            ``memory``, bytes of address space that a worker may take.
        wanted: By the number of a chunk: path and label of its file, what the path says
            (`PartitionedFile.values`), and the row where it begins, the first being 0.

    Returns:
        Batches with the columns of `DONE`; an entry has ``name``, of which ``.parquet`` and ``.counts`` are.
    """
    told, kernel = kernel_of(payload)
    work = told.work
    bound(work["memory"])
    folder = Path(work["folder"])
    for batch in batches:
        for number in batch.column(0).to_pylist():
            path, label, values, at = wanted[number]
            if not folder.is_dir():
                raise OutputError(
                    "is not there for a worker",
                    where=work["folder"],
                    remedy="name a folder with --out that all machines of the cluster share",
                )
            file = _opened(path, label, json.dumps(values), told.options)
            chunk = next(file.chunks(Place(at, at + 1), Sizes(rows=work["rows"])))
            name = f"{number:06d}-{secrets.token_hex(8)}"
            entry = write_chunk(
                chunk, kernel.screen(chunk), label, work["kept"], work["id_column"],
                folder / f"{name}.parquet", folder / f"{name}.counts", every_case=True,
            )  # fmt: skip
            said = json.dumps({"name": name, **entry})
            yield pa.RecordBatch.from_pydict({"number": [number], "entry": [said]}, pa.schema(DONE))


@lru_cache(maxsize=4)
def _opened(path: str, label: str, values: str, options: ReadOptions) -> ParquetFile:
    if not Path(path).is_file():
        raise InputError(
            "is not there for a worker", where=path, remedy="put it where all machines of the cluster see it"
        )
    said = json.loads(values)
    if said:
        return PartitionedFile(Path(path), label, options, said)
    return ParquetFile(Path(path), label, options)
