"""The row groups of a Parquet file, for chunks that end with them and whose columns can be copied."""

from __future__ import annotations

import io
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import Final

import polars as pl

from clearband.parquet.footer import Footer, read_footer
from clearband.parquet.joined import Columns, write_joined
from clearband.sources.stream.chunk import RowGroups

_FEW_ROWS: Final = 20_000
"""Smaller row groups are joined: to copy their columns one by one costs more than to write them anew."""
_TRIED: Final = 1_000
"""Rows by which it is seen whether copies read as what they were copied from."""


class FileRowGroups:
    """Where the row groups of a file end, and whether their columns can be copied."""

    def __init__(self, path: Path, footer: Footer) -> None:
        self._path, self._footer = path, footer
        self._ends = [0, *accumulate(group.rows for group in footer.groups)]

    def rows_from(self, at: int, most: int) -> int:
        """How many of the next rows make a chunk: whole row groups as far as ``most`` allows."""
        end = self._ends[bisect_right(self._ends, at + most) - 1]
        return min(most, self._ends[-1] - at) if end <= at else end - at

    def between(self, begin: int, end: int) -> RowGroups | None:
        """The row groups between two rows; None where they do not begin or end there, or are small."""
        first, behind = bisect_right(self._ends, begin) - 1, bisect_right(self._ends, end) - 1
        whole = self._ends[first] == begin and self._ends[behind] == end and first < behind
        if not whole or (behind - first > 1 and (end - begin) / (behind - first) < _FEW_ROWS):
            return None
        return RowGroups(self._path, self._footer, range(first, behind))


def row_groups_of(path: Path, scan: pl.LazyFrame) -> FileRowGroups | None:
    """The row groups of a file.

    A copy has the types of Parquet, not what the writer's library noted of its own (categories, time zones),
    and older writers noted wrong places: the first rows of a copy are read and held against the file's.

    Args:
        scan: All rows and columns of the file.

    Returns:
        None where the footer cannot be understood, or a copy would not read as the file does.
    """
    try:
        footer = read_footer(path)
        if not footer.groups or not footer.groups[0].rows or not _copies_well(path, footer, scan):
            return None
    except (
        OSError,
        ValueError,
        OverflowError,
        MemoryError,
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,
    ):
        return None
    return FileRowGroups(path, footer)


def _copies_well(path: Path, footer: Footer, scan: pl.LazyFrame) -> bool:
    copy = io.BytesIO()
    with path.open("rb") as file:
        write_joined(copy, [[Columns(file, footer, 0, range(len(footer.columns)))]])
    copy.seek(0)
    rows = min(_TRIED, footer.groups[0].rows)
    wanted = scan.head(rows).collect()
    found = pl.read_parquet(copy, n_rows=rows)
    return found.schema == wanted.schema and found.equals(wanted)
