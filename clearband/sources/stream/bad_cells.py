"""Cells of a chunk that could not be read: how many of each kind, and how many each record has."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def unreadable_cells(height: int, flags: Sequence[pl.Series], rows: pl.Series) -> pl.Series:
    """How many cells of each row are bad: by columns of flags, and by rows that have one, each time."""
    counts = pl.Series("unreadable", [0], dtype=pl.Int64).new_from_index(0, height)
    for flagged in flags:
        counts += flagged.cast(pl.Int64)
    if len(rows):
        found = rows.value_counts(name="cells")
        at = found.to_series(0)
        counts = counts.scatter(at, counts.gather(at) + found["cells"].cast(pl.Int64))
    return counts.alias("unreadable")


def counted(column: str, bad: pl.DataFrame) -> pl.DataFrame:
    """Bad cells of a column, told with how many there are."""
    counts = bad.group_by("value", "problem", maintain_order=True).agg(pl.len().alias("cells"))
    return counts.with_columns(column=pl.lit(column))
