"""Python where it is needed, once per distinct value instead of once per row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

BAD_SCHEMA = {"row": pl.UInt32, "value": pl.String, "problem": pl.String}


@dataclass(frozen=True)
class Parsed:
    """A column that was read.

    Args:
        values: The typed column, null where absent or unreadable.
        bad: ``row`` (index into the column), ``value`` and ``problem`` of each cell that could not be read.
    """

    values: pl.Series
    bad: pl.DataFrame


def no_bad() -> pl.DataFrame:
    """No unreadable cells."""
    return pl.DataFrame(schema=BAD_SCHEMA)


def join_distinct(cells: pl.Series, keys: Sequence[str], columns: dict[str, pl.Series]) -> pl.DataFrame:
    """Look the results of distinct values up for every row, in the rows' order."""
    table = pl.DataFrame({"key": pl.Series(keys, dtype=pl.String), **columns})
    return cells.to_frame("key").join(table, on="key", how="left", maintain_order="left")


def parse_distinct(
    cells: pl.Series,
    parse: Callable[[str], tuple[Any, str | None]],
    dtype: pl.DataType | type[pl.DataType],
) -> Parsed:
    """Apply ``parse`` to each distinct cell.

    Args:
        cells: String column.
        parse: Gives the value (or None) and what is wrong with the cell (or None).
        dtype: Type of the values.
    """
    keys = cells.drop_nulls().unique(maintain_order=True).to_list()
    results = [parse(key) for key in keys]
    joined = join_distinct(
        cells,
        keys,
        {
            "value": pl.Series([value for value, _ in results], dtype=dtype),
            "problem": pl.Series([problem for _, problem in results], dtype=pl.String),
        },
    )
    return Parsed(joined["value"], bad_cells(cells, joined["problem"]))


def bad_cells(cells: pl.Series, problems: pl.Series) -> pl.DataFrame:
    """The rows whose problem is not null, in the form of :class:`Parsed`."""
    if problems.null_count() == len(problems):
        return no_bad()
    return (
        pl.DataFrame({"value": cells.cast(pl.String), "problem": problems})
        .with_row_index("row")
        .filter(pl.col("problem").is_not_null())
        .select(pl.col("row").cast(pl.UInt32), "value", "problem")
    )


PLACEHOLDERS = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "none",
        "null",
        "nil",
        "-",
        "--",
        "---",
        "–",
        "—",
        "?",
        "??",
        "unknown",
        "tbd",
        "not available",
        "not applicable",
        "unbekannt",
        "inconnu",
        "未知",
        "无",
    }
)
"""Words for "nothing known" in cells that hold a number, date, address or country, in lower case."""


def is_placeholder(cell: str) -> bool:
    """Whether a cell says in words that it has no value."""
    return cell.strip().lower() in PLACEHOLDERS
