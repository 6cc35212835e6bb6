"""Parquet files of a run: the same table gives the same bytes, and a full disk is told as such."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final, cast

import polars as pl

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
    with path.open("wb") as file:
        remembering = _Remembering(file)
        try:
            # Where chunks end depends on the number of threads, and pages end with chunks.
            table.rechunk().lazy().sink_parquet(
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
