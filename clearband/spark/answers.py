"""A Spark DataFrame of equipment with its answers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from clearband.directives.law import load_law
from clearband.errors import InputError, MissingExtraError, UsageError, install_extra
from clearband.runs.part import refuse_answered
from clearband.screening.settings import settings_for
from clearband.sources import ColumnMapping, ReadOptions
from clearband.sources.stream.layout import HEAD_ROWS, Layout, layout_of
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
    columns: Literal["all", "ids"] | Sequence[str] = "all",
    answers: Sequence[str] | None = None,
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
        columns: Which of its columns are given back: all, the one that names the records, or those named.
            Each one costs, the more the wider it is: Spark takes it from Python row by row.
        answers: Which of `clearband.spark.batches.ADDED` are given; None for all.

    Returns:
        These columns of the same rows, without rows that hold nothing, and behind them the answers.

    Raises:
        InputError: No column says anything of equipment, or there is no row.
        UsageError: A column is already there or there twice, or one that is named is not there, or an actor
            or action is not known.
        MissingExtraError: PyArrow is not installed.
    """
    needs_arrow()
    from clearband.spark.batches import ADDED

    _refuse_names(df.columns)
    told_of = list(ADDED) if answers is None else list(_of(list(ADDED), answers))
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
    texts = text_columns_of(head.schema)
    given = _given(df.columns, columns, layout, texts)
    work = {
        "columns": df.columns,
        "text_columns": texts,
        "given": [df.columns.index(name) for name in given],
        "answers": told_of,
        "large": df.sparkSession.conf.get(_LARGE_TEXTS) == "true",
    }
    return _screened(df, Told(layout, settings, options, work=work))


def _screened(df: DataFrame, told: Told) -> DataFrame:
    """A DataFrame with its answers."""
    from pyspark.sql.types import StructField, StructType

    from clearband.spark.batches import ADDED, screen_batches

    fields = [df.schema.fields[at] for at in told.work["given"]]
    # With their names at once: to name them afterwards is one more copy of each row.
    own = [StructField(field.name, field.dataType) for field in fields]
    answers = columns_of({name: ADDED[name] for name in told.work["answers"]})
    types = StructType([*own, *answers.fields])
    return _numbered(df).mapInArrow(partial(screen_batches, told.payload()), types)


def _given(
    own: Sequence[str], wanted: Literal["all", "ids"] | Sequence[str], layout: Layout, texts: Sequence[str]
) -> Sequence[str]:
    """The columns that are given back.

    Raises:
        UsageError: One is not there.
    """
    if wanted == "all":
        return own
    if wanted == "ids":
        at = layout.columns.fields.get("record_id")
        return [] if at is None else [texts[at]]
    return _of(own, [wanted] if isinstance(wanted, str) else wanted)


def _of(known: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    """Names that are wanted.

    Raises:
        UsageError: One is none of those that are known, or is there twice.
    """
    for at, name in enumerate(wanted):
        if name not in known:
            raise UsageError(f"there is no column {name}", remedy=f"name one of {', '.join(known)}")
        if name in wanted[:at]:
            raise UsageError(f"the column {name} is named twice", remedy="name it once")
    return wanted


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
            "PyArrow is not installed", where="clearband.spark", remedy=install_extra("spark")
        ) from None


def _head(df: DataFrame) -> pl.DataFrame:
    """The first rows of a DataFrame."""
    import polars as pl

    rows = _numbered(df).limit(HEAD_ROWS).toArrow()
    head = pl.DataFrame(pl.from_arrow(rows))
    head.columns = df.columns
    return head
