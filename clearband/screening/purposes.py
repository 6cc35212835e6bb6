"""What equipment is for, as it is stated and as the law understands it."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.directives.law import Law

PURPOSE_NOT_UNDERSTOOD: Final = "not understood as a purpose; it counts as not stated"
"""What ``invalid`` says of a stated purpose; it is no cell that the reading could not read."""


def with_purposes_read(table: pl.DataFrame, law: Law) -> pl.DataFrame:
    """One text for all stated purposes that mean the same to the law; what is not understood stays unknown.

    It is one of the texts and not the ids they were read as: words of ids in a row can mean something else.
    """
    texts = table.get_column("purpose").drop_nulls().unique().sort()
    readings = {text: law.purposes.read(text) for text in texts}
    first: dict[tuple[str, ...], str] = {}
    mapping = {
        text: first.setdefault(reading.stated, text)
        for text, reading in readings.items()
        if reading.understood
    }
    return table.with_columns(
        pl.col("purpose").replace_strict(mapping, default=None, return_dtype=pl.String).alias("purpose_read")
    )


def only_understood(table: pl.DataFrame) -> pl.DataFrame:
    """Purposes that fit no word of the vocabulary count as not stated."""
    return table.with_columns(pl.when(pl.col("purpose_read").is_not_null()).then("purpose").alias("purpose"))


def told_as_invalid(equipment: pl.DataFrame, lost: pl.Series) -> pl.Series:
    """The column ``invalid`` with the stated purposes that were not understood.

    Args:
        equipment: With ``purpose`` as stated, and ``invalid``.
        lost: Whether a record's is one of them, shape (n,).
    """
    if not lost.any():
        return equipment["invalid"]
    cell = pl.struct(
        pl.lit("purpose").alias("column"),
        pl.col("purpose").alias("value"),
        pl.lit(PURPOSE_NOT_UNDERSTOOD).alias("problem"),
    )
    told = pl.concat_list(pl.col("invalid").fill_null([]), pl.concat_list(cell))
    return equipment.select(pl.when(lost).then(told).otherwise("invalid").alias("invalid")).to_series()
