"""The rows of a part: the input's columns as they are, and beside them what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import polars as pl

from clearband.errors import UsageError
from clearband.parquet.appearance import Appearance, by_appearance, smallest
from clearband.parquet.numbered import Consecutive, Numbered, numbered
from clearband.parquet.pages import Paged

Column = Paged | pl.Series
"""A column of a part: as its pages are made here, or as Polars writes it."""

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
) -> list[Column]:
    """The columns of a part that stand beside those of the input; the first `FRONT` stand in front of them.

    Args:
        rows: Row numbers of the records, shape (n,).
        units: How many pieces each record is, shape (n,).
        unreadable: How many of its cells could not be read, shape (n,).
        told: Of `beside`.
        numbers: For each record its row in ``told``, shape (n,).
        file: Name of the file.
    """
    name = Numbered(PREFIX + "file", pl.Series([file]), np.zeros(len(rows), dtype=np.uint8))
    counts = [_few(units.alias(PREFIX + "units")), _few(unreadable.alias(PREFIX + "unreadable"))]
    return [name, _counted(rows.alias(PREFIX + "row")), *counts, *_of_records(told, numbers)]


def _few(column: pl.Series) -> Column:
    return numbered(column) or column


def _counted(rows: pl.Series) -> Column:
    if not len(rows) or rows[-1] - rows[0] != len(rows) - 1:
        return rows
    # They grow from row to row: so many of them from the first to the last leave none out.
    return Consecutive(rows.name, rows[0], len(rows))


def _of_records(told: pl.DataFrame, numbers: pl.Series) -> list[Numbered]:
    """What is told of each record.

    What else was ever told leaves no trace: the same records give the same bytes.
    """
    cases = by_appearance(numbers.to_numpy())
    return [_of_cases(column, cases) for column in told[cases.order].iter_columns()]


def _of_cases(column: pl.Series, cases: Appearance) -> Numbered:
    """A column of records from that of their cases, each in the order of its first record."""
    full = column.drop_nulls()
    if isinstance(full.dtype, pl.Categorical):
        found = by_appearance(full.to_physical().to_numpy())
        values = pl.Series(found.order, dtype=pl.UInt32).cat.to(full.dtype).cast(pl.String)
        places = found.numbers
    else:
        values = full.unique().sort()
        places = smallest(values.search_sorted(full).to_numpy(), len(values))
    if not column.null_count():
        return Numbered(column.name, values, places.take(cases.numbers))
    has = column.is_not_null().to_numpy()
    of_case = np.zeros(len(column), dtype=places.dtype)
    of_case[has] = places
    present = has.take(cases.numbers)
    return Numbered(column.name, values, of_case.take(cases.numbers).compress(present), present)
