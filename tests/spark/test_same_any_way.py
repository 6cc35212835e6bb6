"""The law of `tests/runs/test_any_way.py` for clusters, sessions, and the types that Arrow has for texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clearband.runs.frames import screen_table
from clearband.runs.job import Job
from clearband.screening.screen import screen as screen_in_memory
from clearband.sources import read_inventory
from clearband.sources.stream import open_dataset
from clearband.sources.stream.sizes import Sizes
from clearband.spark import screen
from tests.laws import examples
from tests.runs.made_inventories import ID, handed_over, tables, written
from tests.runs.made_runs import COMPARED, EXAMPLES, rows_of, rules
from tests.runs.test_any_way import IN_PARTS, ON, said
from tests.spark.made_tables import job_on_spark

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
PARQUET = ["dictionaries", "parquet", "row groups"]
TEXTS = ["string", "large_string", "dictionary", "string_view"]
# A job of Spark takes a second: what fails is not tried a hundred times more to find a smaller one.
SLOW = settings(
    max_examples=examples(3, 40), suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


def in_memory(table: pl.DataFrame, folder: Path) -> dict[Any, tuple[Any, ...]]:
    (whole,) = written([table], "parquet", folder / "whole")
    equipment = screen_in_memory(read_inventory([whole]), *rules()).equipment
    return said(equipment, "record_id", list(COMPARED.values()))


def as_arrow(table: pl.DataFrame, kind: str) -> Any:
    """The table with one of the types that Arrow has for texts."""
    import pyarrow as pa

    types = {"string": pa.string(), "large_string": pa.large_string(), "string_view": pa.string_view()}
    columns = [
        column.cast(pa.string()).dictionary_encode() if kind == "dictionary" else column.cast(types[kind])
        for column in table.to_arrow().columns
    ]
    return pa.table(columns, names=table.columns)


@SLOW
@given(st.data(), tables(), st.sampled_from(PARQUET))
def test_a_run_on_a_cluster(
    spark: SparkSession,
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    table: pl.DataFrame,
    form: str,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    pieces = written(data.draw(handed_over(table)), form, folder / "pieces")
    wanted = Job(open_dataset(pieces), *rules(), sizes=Sizes(rows=data.draw(st.integers(3, 40))))
    job_on_spark(spark, wanted, folder / "out")
    assert said(rows_of(folder / "out"), ID, IN_PARTS) == in_memory(table, folder)


@SLOW
@given(st.data(), tables(), st.sampled_from([1, 4, 200_000]))
def test_a_table_in_a_session(
    spark: SparkSession,
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    table: pl.DataFrame,
    batch: int,
) -> None:
    shuffled = pl.concat(data.draw(handed_over(table)))
    before = spark.conf.get(BATCH)
    spark.conf.set(BATCH, batch)
    try:
        df = spark.createDataFrame(as_arrow(shuffled, "string")).repartition(data.draw(st.integers(1, 3)))
        found = screen(df, profile=EXAMPLES / "profile.yaml", on=ON).toArrow()
    finally:
        spark.conf.set(BATCH, before)
    rows = pl.DataFrame(pl.from_arrow(found))
    assert said(rows, ID, IN_PARTS) == in_memory(table, tmp_path_factory.mktemp("any"))


@settings(max_examples=examples(6, 60), suppress_health_check=list(HealthCheck))
@given(tables(), st.sampled_from(TEXTS), st.integers(1, 5))
def test_a_table_of_arrow(
    tmp_path_factory: pytest.TempPathFactory, table: pl.DataFrame, kind: str, batch: int
) -> None:
    pa = pytest.importorskip("pyarrow")
    given_as = as_arrow(table, kind)
    batches = pa.Table.from_batches(given_as.to_batches(max_chunksize=batch), given_as.schema)
    found = screen_table(batches, profile=EXAMPLES / "profile.yaml", on=ON)
    assert said(found, ID, IN_PARTS) == in_memory(table, tmp_path_factory.mktemp("any"))
