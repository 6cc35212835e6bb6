"""A Spark DataFrame of equipment with its answers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.directives.law import load_law
from clearband.errors import InputError, MissingExtraError, UsageError
from clearband.runs.part import refuse_answered
from clearband.screening.settings import settings_for
from clearband.sources import ColumnMapping, ReadOptions
from clearband.sources.stream.layout import HEAD_ROWS, layout_of
from clearband.spark.payload import Told

if TYPE_CHECKING:
    import polars as pl
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_LARGE_TEXTS: Final = "spark.sql.execution.arrow.useLargeVarTypes"


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
    Clearband installed, and when the result is asked for.

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
        InputError: No column says anything of equipment, or there is no row.
        UsageError: A column is already there or there twice, or an actor or action is not known.
        MissingExtraError: PyArrow is not installed.
    """
    needs_arrow()
    _refuse_names(df.columns)
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
    from clearband.sources.stream.parquet_chunks import head_of_frame, text_columns_of

    head = _head(df)
    if not head.height:
        raise InputError("there are no rows", where="table")
    layout = layout_of(head_of_frame(head, "table"), mapping, options)
    work = {
        "columns": df.columns,
        "text_columns": text_columns_of(head.schema),
        "large": df.sparkSession.conf.get(_LARGE_TEXTS) == "true",
    }
    return _screened(df, Told(layout, settings, options, work=work))


def _screened(df: DataFrame, told: Told) -> DataFrame:
    """A DataFrame with its answers."""
    from pyspark.sql.types import StructType

    from clearband.spark.batches import ADDED, screen_batches

    plain = _numbered(df)
    types = StructType([*plain.schema.fields, *columns_of(ADDED).fields])
    return plain.mapInArrow(partial(screen_batches, told.payload()), types).toDF(*df.columns, *ADDED)


def _numbered(df: DataFrame) -> DataFrame:
    """The same with other names: Spark takes no name with a full stop apart from its parts."""
    return df.toDF(*(f"c{at}" for at in range(len(df.columns))))


def columns_of(columns: Any) -> StructType:
    """Columns of Arrow types as Spark's."""
    from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

    kinds = {"int64": LongType(), "string": StringType(), "double": DoubleType()}
    return StructType([StructField(name, kinds[str(kind)]) for name, kind in columns.items()])


def _refuse_names(columns: Sequence[str]) -> None:
    """Refuse columns that would be taken for answers, and those that only their place tells apart."""
    twice = next((name for at, name in enumerate(columns) if name in columns[:at]), None)
    if twice is not None:
        raise UsageError(f'the table has two columns "{twice}"', remedy="rename one of them")
    refuse_answered(columns)


def needs_arrow() -> None:
    """Check that PyArrow is there, which Spark needs for it and comes with the extra.

    Raises:
        MissingExtraError: It is not.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "PyArrow is not installed", where="clearband.spark", remedy='pip install "clearband[spark]"'
        ) from None


def _head(df: DataFrame) -> pl.DataFrame:
    """The first rows of a DataFrame."""
    import polars as pl

    rows = _numbered(df).limit(HEAD_ROWS).toArrow()
    head = pl.DataFrame(pl.from_arrow(rows))
    head.columns = df.columns
    return head
