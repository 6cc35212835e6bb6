"""What a Python worker takes is bounded: what it remembers, what it looks at at once, its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.sources import ReadOptions
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import layout_of
from clearband.sources.stream.parquet_chunks import chunk_of_frame, head_of_frame
from clearband.spark.failures import told_plainly
from clearband.spark.payload import Told
from tests.runs.made_runs import rules, run
from tests.runs.test_same_answers import files_of
from tests.spark.made_tables import carrier, on_spark

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

ROWS = 10_000
ENOUGH = 1_100_000_000
"""Bytes that a worker needs for itself and for what it knows at the beginning, and some for a chunk."""


def distinct(rows: int) -> pl.DataFrame:
    """Each text once."""
    number = pl.int_range(rows).cast(pl.String)
    return pl.select(
        Asset=pl.format("A-{}", number),
        Mfr=pl.format("Huawei {} Ltd", number),
        Model=pl.format("S57-{}", number),
        Description=pl.format("card {} in rack {}", number, pl.lit(rows) - pl.int_range(rows)),
    )


def test_a_table_of_texts_that_all_differ_goes_through_little_memory(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distinct(ROWS).write_parquet(tmp_path / "devices.parquet")
    monkeypatch.setattr("clearband.spark.run.WORKER_BYTES", ENOUGH)
    on_spark(spark, [tmp_path / "devices.parquet"], tmp_path / "spark")
    run([tmp_path / "devices.parquet"], tmp_path / "local")
    assert files_of(tmp_path / "spark") == files_of(tmp_path / "local")


def test_a_worker_without_memory_is_told(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier().write_parquet(tmp_path / "devices.parquet")
    monkeypatch.setattr("clearband.spark.run.WORKER_BYTES", 300_000_000)
    with pytest.raises(InputError, match=r"no more memory.*spark.executor.pyspark.memory"), told_plainly():
        on_spark(spark, [tmp_path / "devices.parquet"], tmp_path / "spark")


def test_a_worker_forgets_when_half_of_its_memory_is_taken() -> None:
    table = distinct(400)
    layout = layout_of(head_of_frame(table, "table"), None, ReadOptions())
    halves = [chunk_of_frame(half, half.columns, Place(0, 1), "table") for half in (table[:200], table[200:])]

    def remembered(memory: int) -> list[int]:
        kernel = Told(layout, rules()[0], ReadOptions(), work={"memory": memory}).kernel()
        return [kernel.screen(half) and len(kernel) for half in halves]

    first, second = remembered(2**50)
    assert second > 1.5 * first
    first, second = remembered(1)
    assert second < 1.2 * first


def test_batches_are_put_together_by_rows_and_bytes_and_cut() -> None:
    pa = pytest.importorskip("pyarrow")
    from clearband.spark.batches import _large

    def sizes(cell: int, rows: int, times: int) -> list[int]:
        def batches() -> Iterator[pyarrow.RecordBatch]:
            for _ in range(times):
                yield pa.RecordBatch.from_pydict({"Notes": pa.array(["x" * cell] * rows)})

        return [table.num_rows for table in _large(batches())]

    assert sizes(1, 10_000, 50) == [200_000, 200_000, 100_000]
    assert max(sizes(10_000_000, 50, 2)) <= 6
    assert max(sizes(1_000_000, 1, 200)) <= 64
