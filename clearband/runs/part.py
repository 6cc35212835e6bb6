"""The rows of a part: the input's columns as they are, and beside them what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

PREFIX: Final = "clearband_"
"""Before the names of all columns that are added."""
CASE: Final = "case"
CHECK: Final = "check"
"""A second number made from all that a case says: cases of one key that differ in it would be told."""
_LEVEL: Final = 1
"""Of Zstandard: as small as by Polars' level 3 for such columns, for two thirds of the time."""
_STATISTICS: Final = {"null_count": True, "min": False, "max": False}
"""Records are in the order of the input: least and greatest values of pages would let a reader skip none."""
TOLD: Final = {
    "maker": "maker",
    "maker_name": "maker_name",
    "category": "category",
    "answer": "answer",
    "answer_directive": "directive",
    "answer_clause": "clause",
    "answer_date": "date",
}
"""Texts of a case that stand beside each record, and their names there."""


def beside(cases: pl.DataFrame) -> pl.DataFrame:
    """What stands beside a record, a row a case; texts are categories, which are written as texts."""
    return cases.select(
        pl.col(CASE).alias(PREFIX + CASE),
        *(pl.col(name).cast(pl.Categorical).alias(PREFIX + told) for name, told in TOLD.items()),
        pl.col("confidence").alias(PREFIX + "confidence"),
    )


def part_rows(
    frame: pl.DataFrame,
    rows: pl.Series,
    units: pl.Series,
    unreadable: pl.Series,
    told: pl.DataFrame,
    numbers: pl.Series,
    file: str,
    kept: Sequence[str],
) -> pl.DataFrame:
    """The table of a part.

    Args:
        frame: Records as the input has them.
        rows: Their row numbers, shape (n,).
        units: How many pieces each record is, shape (n,).
        unreadable: How many of its cells could not be read, shape (n,).
        told: Of `beside`.
        numbers: For each record its row in ``told``, shape (n,).
        file: Name of the file.
        kept: Columns of the input that are written.
    """
    name = pl.Series(PREFIX + "file", [file], dtype=pl.Categorical).new_from_index(0, frame.height)
    columns = [name, rows.alias(PREFIX + "row"), *(frame[column] for column in kept)]
    answers = told[numbers] if frame.height else told.clear()
    counts = units.alias(PREFIX + "units"), unreadable.alias(PREFIX + "unreadable")
    return pl.DataFrame([*columns, *counts, *answers.iter_columns()])


def write_part(table: pl.DataFrame, path: Path) -> None:
    """Write a part; the same rows give the same bytes, whatever a run has seen before.

    The schema names no table of categories, which are those of one process.
    """
    schema = pl.Schema(
        {
            name: pl.Categorical() if isinstance(kind, pl.Categorical) else kind
            for name, kind in table.schema.items()
        }
    )
    # Where chunks of columns end depends on threads, and pages end with them.
    table.rechunk().write_parquet(
        path,
        arrow_schema=schema,
        compression_level=_LEVEL,
        statistics=_STATISTICS,
        row_group_size=table.height or None,
    )
