"""A run on a cluster writes what the same run writes here."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from clearband.errors import InputError, OutputError
from clearband.runs.journal import Journal, locked
from clearband.runs.progress import Meter
from clearband.runs.run import Columns, Job, run_in_parts
from clearband.sources.stream import open_dataset
from clearband.sources.stream.partitions import with_columns_of_paths
from clearband.spark.failures import told_plainly
from tests.runs.made_runs import files_of, rules, run
from tests.spark.cluster import Cluster
from tests.spark.made_tables import carrier, job_on_spark, on_spark

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
def test_the_folder_has_the_same_bytes(spark: SparkSession, columns: Columns, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 3)
    found = on_spark(spark, [folder], tmp_path / "spark", columns)
    run([folder], tmp_path / "local", columns=columns)
    assert (found.rows, found.passed_over) == (95, {"blank": 4})
    assert files_of(tmp_path / "spark") == files_of(tmp_path / "local")


def test_types_of_columns_and_a_column_of_nothing(spark: SparkSession, tmp_path: Path) -> None:
    table = carrier().with_columns(
        pl.lit(None).alias("void"),
        pl.lit(7, dtype=pl.UInt64).alias("Rack"),
        pl.lit("2024-03-01 10:00:00").str.to_datetime("%F %T", time_unit="ns").alias("Seen"),
        pl.col("Mfr").cast(pl.Categorical),
    )
    path = tmp_path / "_devices.parquet"
    table.write_parquet(path)
    on_spark(spark, [path], tmp_path / "spark")
    run([path], tmp_path / "local")
    assert files_of(tmp_path / "spark") == files_of(tmp_path / "local")


def test_columns_in_the_names_of_folders(spark: SparkSession, tmp_path: Path) -> None:
    folder = tmp_path / "devices"
    for name in ("vendor=Huawei", "vendor=A%2FB", "vendor=__HIVE_DEFAULT_PARTITION__"):
        (folder / name).mkdir(parents=True)
        rows = pl.DataFrame({"Model": ["S5720", "7750 SR"], "Site": ["007", "8"]})
        rows.write_parquet(folder / name / "0.parquet")
    settings, register, law = rules()
    dataset = with_columns_of_paths(open_dataset([folder]), [str(folder)])
    wanted = Job(dataset, settings, register, law)
    job_on_spark(spark, wanted, tmp_path / "spark")
    run_in_parts(wanted, tmp_path / "local", Meter(lambda _: None, 6))
    assert files_of(tmp_path / "spark") == files_of(tmp_path / "local")


def test_a_table_without_rows_is_refused_as_it_is_here(spark: SparkSession, tmp_path: Path) -> None:
    path = tmp_path / "devices.parquet"
    carrier().head(0).write_parquet(path)
    with pytest.raises(InputError, match="there are no rows"):
        on_spark(spark, [path], tmp_path / "out")


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    spark: SparkSession, cluster: Cluster, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, pl.concat([carrier()] * 10), 60)
    run([folder], tmp_path / "local")
    out = tmp_path / "spark"
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(on_spark, spark, [folder], out)
        while not running.done() and not list((out / ".unfinished" / "workers").glob("*.counts")):
            time.sleep(0.005)
        cluster.kill_worker()
        assert not list((out / "parts").iterdir()), "the work was done before the worker was killed"
        running.result()
    cluster.add_worker()
    assert files_of(out) == files_of(tmp_path / "local")


def test_a_run_goes_on_where_it_was(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, carrier(), 5)
    run([folder], tmp_path / "local")
    monkeypatch.setattr("clearband.spark.run._WAVE", 1)
    add = Journal.add

    def killed(journal: Journal, entry: dict[str, Any]) -> None:
        add(journal, entry)
        if entry["part"] == "part-000002.parquet":
            raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "add", killed)
    with pytest.raises(KeyboardInterrupt):
        on_spark(spark, [folder], tmp_path / "out")
    monkeypatch.setattr(Journal, "add", add)
    with pytest.raises(OutputError, match="not finished"):
        on_spark(spark, [folder], tmp_path / "out")
    found = on_spark(spark, [folder], tmp_path / "out", resume=True)
    assert found.skipped_parts == 3
    assert files_of(tmp_path / "out") == files_of(tmp_path / "local")


def test_two_runs_in_one_folder_are_refused(spark: SparkSession, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, carrier(), 1)
    with locked(tmp_path / "out"), pytest.raises(OutputError, match="another run is writing there"):
        on_spark(spark, [folder], tmp_path / "out")


def test_an_input_that_no_worker_sees(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, carrier(), 2)
    elsewhere = [str(tmp_path / "elsewhere.parquet"), "elsewhere.parquet", {}, 0]
    monkeypatch.setattr("clearband.spark.run._wanted", lambda *_: elsewhere)
    with pytest.raises(InputError, match=r"elsewhere.parquet: is not there for a worker"), told_plainly():
        on_spark(spark, [folder], tmp_path / "out")
