"""A Spark DataFrame of equipment with its answers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from clearband.directives.law import load_law
from clearband.errors import MissingExtraError, UsageError
from clearband.runs.part import PREFIX
from clearband.screening.settings import Settings, settings_for
from clearband.sources import ColumnMapping, ReadOptions
from clearband.sources.stream.layout import HEAD_ROWS, Layout, layout_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def screen(
    df: DataFrame,
    *,
    actors: Sequence[str] = (),
    actions: Sequence[str] = (),
    on: date | None = None,
    known_on: date | None = None,
    found_on: date | None = None,
    profile: Path | None = None,
    mapping: ColumnMapping | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> DataFrame:
    """Screen a DataFrame, one row a record.

    What columns mean is decided on its first rows, here; everything else is done by the workers, which need
    Clearband installed.

    Args:
        df: Any columns; see `clearband.sources`.
        actors, actions: Who asks, and what is done; empty: every actor, and what holders of equipment do.
        on, known_on, found_on: The days of the question; today where nothing is said.
        profile: A profile file, read here.
        mapping: What columns mean, where headers and cells do not tell.
        options: How cells are read.

    Returns:
        The same columns and rows, without rows that hold nothing, and behind them those of
        `clearband.spark.batches.ADDED`.

    Raises:
        InputError: No column says anything of equipment.
        UsageError: A column is already there, or an actor or action is not known.
    """
    settings = settings_for(
        load_law(),
        profile=profile,
        actors=tuple(actors),
        actions=tuple(actions),
        on=on,
        known_on=known_on,
        found_on=found_on,
        today=date.today(),  # noqa: DTZ011 - a calendar day
    )
    return screen_with(df, layout_of_frame(df, mapping, options), settings, options)


def screen_with(df: DataFrame, layout: Layout, settings: Settings, options: ReadOptions) -> DataFrame:
    """The same with a layout and settings that are known."""
    from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

    from clearband.spark.batches import ADDED, screen_batches
    from clearband.spark.payload import payload

    taken = [name for name in df.columns if name.startswith(PREFIX)]
    if taken:
        raise UsageError(
            f"the table already has a column {taken[0]}", remedy="screen the table it was made from"
        )
    kinds = {"int64": LongType(), "string": StringType(), "double": DoubleType()}
    added = [StructField(name, kinds[str(kind)]) for name, kind in ADDED.items()]
    said = payload(layout, settings, options)
    texts = text_columns(df, layout)
    # Spark takes no name with a full stop apart from its parts, and inventories have "Serial No.".
    plain = df.toDF(*(f"c{at}" for at in range(len(df.columns))))
    screened = plain.mapInArrow(
        partial(screen_batches, said, df.columns, texts), StructType([*plain.schema.fields, *added])
    )
    return screened.toDF(*df.columns, *ADDED)


def layout_of_frame(df: DataFrame, mapping: ColumnMapping | None, options: ReadOptions) -> Layout:
    """What the columns of a DataFrame mean, by its first rows."""
    import polars as pl

    from clearband.sources.stream.parquet_chunks import head_of_frame

    head = pl.DataFrame(pl.from_arrow(df.limit(HEAD_ROWS).toArrow()))
    return layout_of(head_of_frame(head, "table"), mapping, options)


def text_columns(df: DataFrame, layout: Layout) -> list[str]:
    """Names of the columns that a layout speaks of, in its order."""
    return [name for name in df.columns if name not in layout.typed]


def needs_spark() -> None:
    """Check that PySpark is installed.

    Raises:
        MissingExtraError: It is not.
    """
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "Spark is not installed", where="--engine spark", remedy='pip install "clearband[spark]"'
        ) from None
