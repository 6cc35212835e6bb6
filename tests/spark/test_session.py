"""`clearband.spark.screen` in a session of one's own says what `screen_table` says of the same table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.runs.frames import screen_table
from clearband.spark import screen
from tests.spark.made_tables import carrier

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ON = date(2026, 11, 1)
BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
LARGE = "spark.sql.execution.arrow.useLargeVarTypes"


@pytest.fixture
def own(spark: SparkSession) -> Iterator[SparkSession]:
    """The session as its user has set it up; what a test sets is set back."""
    before = {name: spark.conf.get(name) for name in (BATCH, LARGE)}
    yield spark
    for name, value in before.items():
        spark.conf.set(name, value)


def polars(df: DataFrame) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(df.toArrow()))


@pytest.mark.parametrize(("batch", "large"), [(1, "false"), (7, "true"), (200_000, "false")])
def test_batches_of_any_size(own: SparkSession, batch: int, large: str) -> None:
    own.conf.set(BATCH, batch)
    own.conf.set(LARGE, large)
    table = pl.concat([carrier()] * 3)
    df = own.createDataFrame(table.to_arrow())
    found = screen(df, actors=["federal-agency"], actions=["procure"], on=ON)
    expected = screen_table(table, actors=["federal-agency"], actions=["procure"], on=ON)
    assert found.columns == expected.columns
    assert polars(found).equals(expected)


def test_dictionaries_and_large_texts(own: SparkSession, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = carrier().select("Mfr", "Equip. Model", "MAC Addr").to_arrow()
    columns = [
        table.column("Mfr").cast(pa.string()).dictionary_encode(),
        table.column("Equip. Model").cast(pa.large_string()),
        table.column("MAC Addr").cast(pa.string()),
    ]
    pq.write_table(pa.table(columns, names=table.column_names), tmp_path / "devices.parquet")
    df = own.read.parquet(f"file:{tmp_path / 'devices.parquet'}")
    expected = screen_table(carrier().select("Mfr", "Equip. Model", "MAC Addr"), on=ON)
    assert polars(screen(df, on=ON)).equals(expected)


def test_an_answer_is_a_column_that_spark_goes_on_with(own: SparkSession) -> None:
    df = own.createDataFrame([("Huawei", "S5720"), ("Nokia", "AirScale")], ["Vendor", "Model"])
    found = screen(df, actors=["federal-agency"], actions=["procure"], on=ON)
    prohibited = found.where("clearband_answer = 'prohibited'").select("Vendor").collect()
    assert [row.Vendor for row in prohibited] == ["Huawei"]


def test_ids_and_answers_alone(own: SparkSession) -> None:
    df = own.createDataFrame(carrier().to_arrow())
    every = polars(screen(df, on=ON))
    answers = [name for name in every.columns if name.startswith("clearband_")]
    assert polars(screen(df, on=ON, columns="ids")).equals(every.select("Asset #", *answers))
    few = screen(df, on=ON, columns=["Mfr", "Asset #"], answers=["clearband_answer", "clearband_units"])
    assert polars(few).equals(every.select("Mfr", "Asset #", "clearband_answer", "clearband_units"))


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"columns": ["Vendor", "Serial"]}, "no column Serial"),
        ({"columns": ["Vendor", "Vendor"]}, "named twice"),
        ({"answers": ["answer"]}, "no column answer; name one of clearband_units"),
    ],
)
def test_columns_that_are_not_there_are_refused(
    own: SparkSession, wanted: dict[str, list[str]], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        screen(own.createDataFrame([("Huawei", "S5720")], ["Vendor", "Model"]), on=ON, **wanted)


def test_a_table_without_rows_is_refused(own: SparkSession) -> None:
    with pytest.raises(InputError, match="there are no rows"):
        screen(own.createDataFrame([], "Vendor string, Model string"))


@pytest.mark.parametrize(
    ("columns", "says"),
    [(["Vendor", "clearband_answer"], "clearband_answer"), (["Vendor", "Vendor"], "two columns")],
)
def test_a_table_with_columns_that_could_be_taken_for_others_is_refused(
    own: SparkSession, columns: list[str], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        screen(own.createDataFrame([("Huawei", "no")]).toDF(*columns))
