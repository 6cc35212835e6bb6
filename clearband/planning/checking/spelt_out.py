"""Limits spelt out: one row for each quarter that is limited."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clearband.planning.checking.calendar import Calendar


def spelt_out(table: pl.DataFrame, keys: Sequence[str], value: str, calendar: Calendar) -> pl.DataFrame:
    """What a table of limits says of each of its keys in each quarter of the horizon.

    A row of a quarter goes before the row of each quarter. A row without a value is no limit. A key that has
    a value somewhere, but nothing said for a quarter, has 0 then.

    Args:
        table: As written: with ``keys``, ``quarter`` (text; null is each) and the value.
        keys: Columns that name whose limit it is.
        value: Column of the limit.
        calendar: Of the network.

    Returns:
        The keys, ``quarter`` (number from 0) and the value, never null: a quarter without a row has no limit.
    """
    numbered = table.with_columns(quarter=calendar.numbers(pl.col("quarter")), said=pl.lit(value=True))
    each = numbered.filter(pl.col("quarter").is_null()).select(*keys, each=value, each_said="said")
    own = numbered.filter(pl.col("quarter").is_not_null())
    quarters = pl.DataFrame({"quarter": range(calendar.quarters)}, schema={"quarter": pl.Int32})
    nothing = pl.col("said").is_null() & pl.col("each_said").is_null()
    return (
        numbered.drop_nulls(value)
        .select(keys)
        .unique()
        .join(quarters, how="cross")
        .join(own, on=[*keys, "quarter"], how="left")
        .join(each, on=list(keys), how="left")
        .with_columns(
            pl.when(nothing)
            .then(0.0)
            .when(pl.col("said").is_not_null())
            .then(pl.col(value))
            .otherwise(pl.col("each"))
            .alias(value)
        )
        .drop_nulls(value)
        .select(*keys, "quarter", value)
    )
