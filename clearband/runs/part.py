"""The rows of a part: the input's columns as they are, and beside them what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import polars as pl

from clearband.errors import UsageError

PREFIX: Final = "clearband_"
"""Before the names of all columns that are added."""
CASE: Final = "case"
CHECK: Final = "check"
"""A second number made from all that a case says: cases of one key that differ in it would be told."""
FRONT: Final = 2
"""Of the columns that are added, so many stand in front of the input's."""
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


def refuse_answered(columns: Iterable[str]) -> None:
    """Refuse a table that has been screened before.

    Raises:
        UsageError: A column is named as those that are added.
    """
    taken = next((name for name in columns if name.startswith(PREFIX)), None)
    if taken is not None:
        raise UsageError(
            f"the table already has a column {taken}", remedy="screen the table it was made from"
        )


def beside(cases: pl.DataFrame) -> pl.DataFrame:
    """What stands beside a record, a row a case; texts are categories, which are written as texts."""
    return cases.select(
        pl.col(CASE).alias(PREFIX + CASE),
        *(pl.col(name).cast(pl.Categorical).alias(PREFIX + told) for name, told in TOLD.items()),
        pl.col("confidence").alias(PREFIX + "confidence"),
    )


def columns_beside(
    rows: pl.Series,
    units: pl.Series,
    unreadable: pl.Series,
    told: pl.DataFrame,
    numbers: pl.Series,
    file: str,
) -> pl.DataFrame:
    """The columns of a part that stand beside those of the input; the first `FRONT` stand in front of them.

    Args:
        rows: Row numbers of the records, shape (n,).
        units: How many pieces each record is, shape (n,).
        unreadable: How many of its cells could not be read, shape (n,).
        told: Of `beside`.
        numbers: For each record its row in ``told``, shape (n,).
        file: Name of the file.
    """
    name = pl.Series(PREFIX + "file", [file], dtype=pl.Enum([file])).new_from_index(0, len(rows))
    columns = [name, rows.alias(PREFIX + "row")]
    answers = _of_records(told, numbers) if len(rows) else told.clear()
    counts = units.alias(PREFIX + "units"), unreadable.alias(PREFIX + "unreadable")
    return pl.DataFrame([*columns, *counts, *answers.iter_columns()])


def _of_records(told: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """The row of each record; texts come from a list of those that some record has, which is quick to write.

    What else was ever told leaves no trace: the same records give the same bytes.
    """
    of_record = numbers.to_numpy()
    used = np.flatnonzero(np.bincount(of_record))
    place = np.zeros(told.height, dtype=np.uint32)
    place[used] = np.arange(len(used), dtype=np.uint32)
    rows = told[used]
    listed = [_listed(column) for column in rows.iter_columns() if isinstance(column.dtype, pl.Categorical)]
    return rows.with_columns(listed)[pl.Series(place[of_record])]


def _listed(texts: pl.Series) -> pl.Series:
    plain = texts.cast(pl.String)
    return plain.cast(pl.Enum(plain.drop_nulls().unique().sort()))
