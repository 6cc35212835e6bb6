"""From Arrow batches to Arrow batches: what runs in the Python workers of a cluster.

Spark matches columns by their place and takes neither dictionaries nor unsigned numbers, so that each batch
is given exactly the types of `ADDED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl
import pyarrow as pa

from clearband.runs.kernel import Screened
from clearband.runs.part import CASE, PREFIX, TOLD
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.parquet_chunks import chunk_of_frame
from clearband.spark.payload import kernel_of

ADDED: Final[dict[str, pa.DataType]] = {
    PREFIX + "units": pa.int64(),
    PREFIX + "unreadable": pa.int64(),
    PREFIX + CASE: pa.int64(),
    **{PREFIX + name: pa.string() for name in TOLD.values()},
    PREFIX + "confidence": pa.float64(),
}
"""Columns behind those of the input, and their types."""


def screen_batches(
    said: str, columns: list[str], text_columns: list[str], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Screen the batches of a partition.

    Args:
        said: Of `clearband.spark.payload.payload`.
        columns: Names of all columns, whatever those of the batches are.
        text_columns: Columns that the layout speaks of, in its order.
        batches: Of any size; rows that are no equipment are left out.
    """
    kernel = kernel_of(said)
    for batch in batches:
        frame = pl.DataFrame(pl.from_arrow(batch))
        frame.columns = columns
        screened = kernel.screen(chunk_of_frame(frame, text_columns, Place(0, 1), "table"))
        kept = batch
        if screened.batch.keep is not None:
            kept = batch.filter(pa.array(screened.batch.keep.to_numpy()))
        added = _added(screened)
        yield pa.RecordBatch.from_arrays(
            [*kept.columns, *added], names=[*kept.schema.names, *ADDED]
        )  # fmt: skip


def _added(screened: Screened) -> list[pa.Array]:
    """The columns of `ADDED`."""
    numbers = pa.array(screened.numbers.to_numpy())
    return [
        pa.array(screened.units.to_numpy()),
        pa.array(screened.batch.unreadable.to_numpy()),
        *(told.take(numbers) for told in _TOLD.of(screened.beside)),
    ]


class _Told:
    """What stands beside the records of each case, as Arrow; made anew when cases came up."""

    def __init__(self) -> None:
        self._of: pl.DataFrame | None = None
        self._columns: list[pa.Array] = []

    def of(self, beside: pl.DataFrame) -> list[pa.Array]:
        """The columns behind the counts."""
        if beside is not self._of:
            plain = beside.with_columns(pl.col(pl.Categorical).cast(pl.String))
            self._columns = [
                pa.array(plain[name].to_list(), type=kind) for name, kind in list(ADDED.items())[2:]
            ]
            self._of = beside
        return self._columns


_TOLD: Final = _Told()
