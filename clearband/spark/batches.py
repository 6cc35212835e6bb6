"""From Arrow batches to Arrow batches: what runs in the Python workers of a cluster.

Spark matches columns by their place and takes neither dictionaries nor unsigned numbers, so that each batch
is given exactly the types of `ADDED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import polars as pl
import pyarrow as pa

from clearband.runs.kernel import Screened
from clearband.runs.part import CASE, PREFIX, TOLD
from clearband.sources.stream import Chunk
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.parquet_chunks import chunk_of_frame
from clearband.spark.payload import Told, kernel_of

_COUNTS: Final = (PREFIX + "units", PREFIX + "unreadable")
ADDED: Final[dict[str, pa.DataType]] = {
    **dict.fromkeys(_COUNTS, pa.int64()),
    PREFIX + CASE: pa.int64(),
    **{PREFIX + name: pa.string() for name in TOLD.values()},
    PREFIX + "confidence": pa.float64(),
}
"""Columns behind those of the input, and their types."""
_ROWS: Final = 200_000
_BYTES: Final = 64_000_000
"""Batches are put together up to this size, and larger ones are cut: a small batch costs nearly what a large
one does, and what is worked on takes a multiple of it."""


def screen_batches(payload: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Screen the batches of a partition.

    Args:
        payload: Of `clearband.spark.payload.Told`; its work tells ``columns``, the names of all columns,
            whatever those of the batches are, ``text_columns``, those that the layout speaks of, in its
            order, ``given``, the places of those that are given back, ``answers``, which of `ADDED` stand
            behind them, and whether texts are given back ``large``, with offsets of 64 bits.
        batches: Of any size; rows that are no equipment are left out.
    """
    told, kernel = kernel_of(payload)
    work = told.work
    beside = _Beside(work["answers"], pa.large_string() if work["large"] else pa.string())
    for table in _large(batches):
        screened = kernel.screen(_chunk_of_table(table, told))
        if not len(screened.numbers):
            continue
        kept = table.select(work["given"])
        if screened.batch.keep is not None:
            kept = kept.filter(pa.array(screened.batch.keep.to_numpy()))
        columns = dict(zip((work["columns"][at] for at in work["given"]), kept.columns, strict=True))
        yield from pa.table(columns | beside.columns(screened)).combine_chunks().to_batches()


def _chunk_of_table(table: pa.Table, told: Told) -> Chunk:
    """A table of Spark's as a chunk."""
    frame = pl.DataFrame(pl.from_arrow(table))
    frame.columns = told.work["columns"]
    # A column that is nothing but null has a type of Spark's choice.
    none = [pl.lit(None).alias(name) for name in told.layout.typed if frame[name].null_count() == len(frame)]
    return chunk_of_frame(frame.with_columns(none), told.work["text_columns"], Place(0, 1), "table")


def _large(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches, put together to larger ones; none is empty."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in chain.from_iterable(map(_cut, batches)):
        if waiting and (rows >= _ROWS or size + batch.nbytes > _BYTES):
            yield pa.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
        waiting.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
    if waiting:
        yield pa.Table.from_batches(waiting)


def _cut(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The rows of a batch, so many at a time that they have a size that can be worked on."""
    pieces = max(1, -(-batch.nbytes // _BYTES))
    step = max(1, batch.num_rows // pieces)
    for at in range(0, batch.num_rows, step):
        yield batch.slice(at, step)


class _Beside:
    """What stands beside records, as Arrow; what stands beside each case is made anew when cases came up."""

    def __init__(self, names: Sequence[str], text: pa.DataType) -> None:
        self._names = names
        self._text = text
        self._of: pl.DataFrame | None = None
        self._columns: dict[str, pa.Array] = {}

    def columns(self, screened: Screened) -> dict[str, pa.Array]:
        """The columns of `ADDED` that are wanted."""
        if screened.beside is not self._of:
            wanted = screened.beside.select(name for name in self._names if name not in _COUNTS)
            plain = wanted.with_columns(pl.col(pl.Categorical).cast(pl.String))
            self._columns = {name: self._arrow(plain[name], ADDED[name]) for name in plain.columns}
            self._of = screened.beside
        numbers = pa.array(screened.numbers.to_numpy())
        counts = dict(zip(_COUNTS, (screened.units, screened.batch.unreadable), strict=True))
        return {
            name: pa.array(counts[name].to_numpy()) if name in counts else self._columns[name].take(numbers)
            for name in self._names
        }

    def _arrow(self, column: pl.Series, kind: pa.DataType) -> pa.Array:
        return column.to_arrow().cast(self._text if kind == pa.string() else kind)
