"""What a reader must know beside the answers: mentions, contradictions and cells that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

Row = dict[str, Any]
LIMIT: Final = 200
"""Rows of each of these tables on the page; ``equipment.parquet`` holds all."""


@dataclass(frozen=True)
class Remarks:
    """The first rows of a table and how many there are in all."""

    rows: list[Row]
    total: int

    @property
    def left_out(self) -> int:
        """Rows that are not shown."""
        return self.total - len(self.rows)


def _exploded(equipment: pl.DataFrame, column: str) -> Remarks:
    """The entries of a list column, each beside its record."""
    filled = equipment.lazy().filter(pl.col(column).list.len() > 0)
    total = int(filled.select(pl.col(column).list.len().sum()).collect().item() or 0)
    rows = (
        filled.head(LIMIT)
        .select("record_id", "source", "site", column)
        .explode(column)
        .unnest(column)
        .head(LIMIT)
    )
    return Remarks(rows.collect().to_dicts(), total)


def mentions(equipment: pl.DataFrame) -> Remarks:
    """Makers named where a name is no evidence."""
    return _exploded(equipment, "mentions")


def unreadable_cells(equipment: pl.DataFrame) -> Remarks:
    """Cells that could not be read."""
    return _exploded(equipment, "invalid")


def contradictions(equipment: pl.DataFrame) -> Remarks:
    """Records whose signals point to different makers."""
    found = equipment.lazy().filter(pl.col("contradiction").fill_null(value=False))
    columns = (
        "record_id",
        "site",
        "maker",
        "maker_name",
        "confidence",
        "runner_up",
        "runner_up_confidence",
        "evidence",
        "answer",
    )
    rows = found.select(columns).head(LIMIT).collect().to_dicts()
    return Remarks(rows, found.select(pl.len()).collect().item())
