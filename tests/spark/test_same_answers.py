"""A run on a cluster writes what the same run writes here."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from clearband.errors import InputError, OutputError
from clearband.runs.explained import record_in_parts
from clearband.runs.journal import locked
from tests.runs.made_runs import rules, run
from tests.spark.cluster import Cluster
from tests.spark.made_tables import carrier, on_spark, results, rows_in_order

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def folder_of(tmp_path: Path, table: pl.DataFrame, files: int) -> Path:
    """A directory of Parquet files that are the table together; their names have signs of patterns."""
    folder = tmp_path / "devices [all]"
    folder.mkdir()
    rows = -(-table.height // files)
    for number, part in enumerate(table.iter_slices(rows)):
        part.write_parquet(folder / f"part {number:03d}.parquet")
    return folder


@pytest.mark.parametrize("columns", ["all", "ids"])
def test_a_directory_of_parquet_files(spark: SparkSession, columns: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 3)
    found = on_spark(spark, [folder], tmp_path / "spark", columns)
    expected = run([folder], tmp_path / "local", columns=columns)
    assert (found.rows, found.passed_over) == (expected.rows, expected.passed_over)
    assert results(tmp_path / "spark") == results(tmp_path / "local")
    assert rows_in_order(tmp_path / "spark").equals(rows_in_order(tmp_path / "local"))
    record, local = (json.loads((tmp_path / name / "run.json").read_text()) for name in ("spark", "local"))
    same = ("settings", "inputs", "layout", "rows", "passed_over", "id_column", "facts_sha256", "warnings")
    assert {name: record[name] for name in same} == {name: local[name] for name in same}
    assert sorted(path.name for path in (tmp_path / "spark").iterdir()) == sorted(
        path.name for path in (tmp_path / "local").iterdir()
    )


def test_a_record_of_a_run_on_spark_is_explained(spark: SparkSession, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 2)
    on_spark(spark, [folder], tmp_path / "out")
    _, register, law = rules()
    told, findings, _ = record_in_parts(tmp_path / "out", "1004", register, law)
    assert told["maker"] == "huawei"
    assert findings


def test_types_of_columns_and_a_column_of_nothing(spark: SparkSession, tmp_path: Path) -> None:
    table = carrier().with_columns(
        pl.lit(None, dtype=pl.String).alias("Remarks"),
        pl.lit(None).alias("void"),
        pl.lit(7, dtype=pl.UInt64).alias("Rack"),
        pl.lit("2024-03-01").str.to_date().alias("Installed"),
        pl.lit("2024-03-01 10:00:00").str.to_datetime().alias("Seen"),
        pl.Series("Weight", [0.5, None, 3.0] * 40)[: carrier().height],
    )
    path = tmp_path / "devices.parquet"
    table.write_parquet(path)
    on_spark(spark, [path], tmp_path / "spark")
    run([path], tmp_path / "local")
    assert results(tmp_path / "spark") == results(tmp_path / "local")


def test_rows_of_which_none_is_equipment(spark: SparkSession, tmp_path: Path) -> None:
    path = tmp_path / "devices.parquet"
    texts = {"Maker": pl.String, "Model": pl.String}
    pl.DataFrame({"Maker": [None, None], "Model": [None, None]}, schema=texts).write_parquet(path)
    on_spark(spark, [path], tmp_path / "spark")
    run([path], tmp_path / "local")
    assert results(tmp_path / "spark") == results(tmp_path / "local")


def test_a_table_without_rows_is_refused_as_it_is_here(spark: SparkSession, tmp_path: Path) -> None:
    path = tmp_path / "devices.parquet"
    carrier().head(0).write_parquet(path)
    with pytest.raises(InputError, match="there are no rows"):
        on_spark(spark, [path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    spark: SparkSession, cluster: Cluster, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, pl.concat([carrier()] * 10), 25)
    run([folder], tmp_path / "local")
    out = tmp_path / "spark"
    spark.conf.set("spark.sql.files.maxPartitionBytes", "8k")
    failed: list[BaseException] = []

    def screen() -> None:
        try:
            on_spark(spark, [folder], out)
        except BaseException as error:
            failed.append(error)

    running = threading.Thread(target=screen)
    running.start()
    rows = out / ".unfinished" / "spark-rows"
    while running.is_alive() and not list(rows.glob("_temporary/0/task_*")):
        time.sleep(0.01)
    cluster.kill_worker()
    assert not (rows / "_SUCCESS").exists(), "the job was done before the worker was killed"
    running.join()
    spark.conf.unset("spark.sql.files.maxPartitionBytes")
    cluster.add_worker()
    assert not failed
    assert results(out) == results(tmp_path / "local")
    assert rows_in_order(out).equals(rows_in_order(tmp_path / "local"))


def test_two_runs_in_one_folder_are_refused(spark: SparkSession, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 1)
    with locked(tmp_path / "out"), pytest.raises(OutputError, match="another run is writing there"):
        on_spark(spark, [folder], tmp_path / "out")
    assert (tmp_path / "out" / ".unfinished" / "lock").exists()


def test_a_run_that_fails_leaves_nothing(spark: SparkSession, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 2)
    shutil.copytree(folder, tmp_path / "copy")
    hidden = folder / "_hidden.parquet"
    (folder / "part 000.parquet").rename(hidden)
    with pytest.raises(InputError, match=r"of 95 rows.*rename"):
        on_spark(spark, [hidden, folder / "part 001.parquet"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
