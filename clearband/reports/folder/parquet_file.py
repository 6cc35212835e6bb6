"""Parquet files of a run: the same table gives the same bytes, and a full disk is told as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

import polars as pl
from polars.io.plugins import register_io_source

Schema = dict[str, pl.DataType | type[pl.DataType]]

_ROW_GROUP: Final = 100_000


class _Remembering:
    """A file that remembers why a write failed: Polars reports a failed write as a broken format."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def write(self, content: bytes) -> int:
        """Write, as a file does."""
        try:
            return self._file.write(content)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Flush, as a file does."""
        try:
            self._file.flush()
        except OSError as error:
            self.failure = error
            raise


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Write a table with fixed compression, level and row groups, a piece at a time.

    Raises:
        OSError: The system refused, for example because the disk is full.
    """
    # Where chunks end depends on the number of threads, and pages end with chunks.
    _sink(table.rechunk().lazy(), path)


def write_parquet_slices(slices: Iterable[pl.DataFrame], schema: Schema, path: Path) -> None:
    """Write a table that is never whole in memory, by slices of fixed size: the bytes are always the same.

    Raises:
        OSError: The system refused, for example because the disk is full.
    """

    def give(
        _columns: list[str] | None, _predicate: pl.Expr | None, _rows: int | None, _batch: int | None
    ) -> Iterator[pl.DataFrame]:
        for part in slices:
            yield part.select(pl.col(name).cast(kind) for name, kind in schema.items()).rechunk()

    _sink(register_io_source(give, schema=schema), path)


def _sink(frame: pl.LazyFrame, path: Path) -> None:
    with path.open("wb") as file:
        remembering = _Remembering(file)
        try:
            frame.sink_parquet(
                cast("BinaryIO", remembering),
                compression="zstd",
                compression_level=3,
                row_group_size=_ROW_GROUP,
                statistics=True,
                maintain_order=True,
            )
        except BaseException as error:
            if remembering.failure is not None:
                raise remembering.failure from error
            raise
