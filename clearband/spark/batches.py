"""From Arrow batches to Arrow batches: what runs in the Python workers of a cluster.

Spark matches columns by their place and takes neither dictionaries nor unsigned numbers, so that each batch
is given exactly the types of `ADDED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

import polars as pl
import pyarrow as pa

from clearband.runs.kernel import Screened
from clearband.runs.part import CASE, PREFIX, TOLD
from clearband.sources.stream import Chunk
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.parquet_chunks import chunk_of_frame
from clearband.sources.stream.reader import EquipmentReader
from clearband.spark.payload import Told, kernel_of, told_by

PLACES: Final[dict[str, pa.DataType]] = {PREFIX + "file": pa.string(), PREFIX + "row": pa.int64()}
"""Columns in front of those of the input where rows have a place, and their types."""
ADDED: Final[dict[str, pa.DataType]] = {
    PREFIX + "units": pa.int64(),
    PREFIX + "unreadable": pa.int64(),
    PREFIX + CASE: pa.int64(),
    **{PREFIX + name: pa.string() for name in TOLD.values()},
    PREFIX + "confidence": pa.float64(),
}
"""Columns behind those of the input, and their types."""
BAD_CELLS: Final[dict[str, pa.DataType]] = {
    "column": pa.string(),
    "problem": pa.string(),
    "value": pa.string(),
    "cells": pa.int64(),
}
"""Columns of what could not be read, and their types."""

_ROWS: Final = 200_000
_BYTES: Final = 256_000_000
"""Batches are put together up to this size: a small batch costs nearly what a large one does."""


def screen_batches(payload: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Screen the batches of a partition.

    Args:
        payload: Of `clearband.spark.payload.Told`.
        batches: Of any size; rows that are no equipment are left out.
    """
    told, kernel = kernel_of(payload)
    beside = _Beside(told)
    for table in _large(batches):
        screened = kernel.screen(chunk_of_table(table, told))
        if not len(screened.numbers):
            continue
        kept = (
            table if screened.batch.keep is None else table.filter(pa.array(screened.batch.keep.to_numpy()))
        )
        columns = {name: kept.column(at) for name, at in _kept(told)}
        if told.placed:
            columns = _places(kept, told) | columns
        yield from pa.table(columns | beside.columns(screened)).combine_chunks().to_batches()


def bad_cells(payload: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What could not be read in the batches of a partition, as `BAD_CELLS`; arguments as above."""
    told = told_by(payload)
    reader = EquipmentReader(told.layout, told.options)
    for table in _large(batches):
        found = reader.batch(chunk_of_table(table, told)).invalid
        frame = found.select(
            pl.col(name).cast(pl.Int64 if name == "cells" else pl.String) for name in BAD_CELLS
        )
        texts = _texts(told.large)
        columns = {
            name: frame[name].to_arrow().cast(texts if kind == pa.string() else kind)
            for name, kind in BAD_CELLS.items()
        }
        yield from pa.table(columns).to_batches()


def first_rows(most: int, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The first rows of each group and file in each of the batches.

    Args:
        most: How many of each.
        batches: The first three columns are the group, the file and the number of the row in it.
    """
    for batch in batches:
        if batch.num_rows:
            places = pl.DataFrame(pl.from_arrow(batch.select(range(3)))).with_row_index("at")
            group, file, row = places.columns[1:]
            first = places.sort(row).group_by(group, file).head(most)
            yield batch.take(pa.array(first["at"].sort().to_numpy()))


def chunk_of_table(table: pa.Table, told: Told) -> Chunk:
    """A table of Spark's as a chunk."""
    if told.placed:
        table = table.select(range(len(PLACES), table.num_columns))
    frame = pl.DataFrame(pl.from_arrow(table))
    frame.columns = list(told.columns)
    # A column that is nothing but null has a type of Spark's choice.
    none = [pl.lit(None).alias(name) for name in told.layout.typed if frame[name].null_count() == len(frame)]
    return chunk_of_frame(frame.with_columns(none), told.text_columns, Place(0, 1), "table")


def _large(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches, put together to larger ones; none is empty."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        waiting.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= _ROWS or size >= _BYTES:
            yield pa.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def _kept(told: Told) -> Iterator[tuple[str, int]]:
    """Names and places of the columns that are given back."""
    before = len(PLACES) if told.placed else 0
    for at, name in enumerate(told.columns):
        if name in told.kept:
            yield name, before + at


def _places(table: pa.Table, told: Told) -> dict[str, Any]:
    """The columns of `PLACES`: what a file is called, and rows as a person counts them."""
    names = table.column(0).combine_chunks().dictionary_encode()
    said = [told.labels[unquote(name)] for name in names.dictionary.to_pylist()]
    labels = pa.array(said, type=_texts(told.large)).take(names.indices)
    rows = pl.Series(pl.from_arrow(table.column(1))) + 1
    return dict(zip(PLACES, (labels, pa.array(rows.to_numpy())), strict=True))


class _Beside:
    """What stands beside records, as Arrow; what stands beside each case is made anew when cases came up."""

    def __init__(self, told: Told) -> None:
        self._text = _texts(told.large)
        self._of: pl.DataFrame | None = None
        self._columns: dict[str, pa.Array] = {}

    def columns(self, screened: Screened) -> dict[str, pa.Array]:
        """The columns of `ADDED`."""
        if screened.beside is not self._of:
            plain = screened.beside.with_columns(pl.col(pl.Categorical).cast(pl.String))
            self._columns = {
                name: plain[name].to_arrow().cast(self._text if kind == pa.string() else kind)
                for name, kind in list(ADDED.items())[2:]
            }
            self._of = screened.beside
        numbers = pa.array(screened.numbers.to_numpy())
        counts = screened.units, screened.batch.unreadable
        return {
            **{name: pa.array(count.to_numpy()) for name, count in zip(list(ADDED)[:2], counts, strict=True)},
            **{name: column.take(numbers) for name, column in self._columns.items()},
        }


def _texts(large: bool) -> pa.DataType:
    return pa.large_string() if large else pa.string()
