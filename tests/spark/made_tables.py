"""Runs on Spark over small inventories, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from clearband.runs.run import Columns, Finished
from clearband.spark.payload import OwnFacts
from clearband.spark.run import run_on_spark
from tests.runs.made_runs import CARRIER, job, rows_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RESULTS = ("cases.parquet", "findings.parquet", "invalid.parquet")


def carrier() -> pl.DataFrame:
    """The example carrier, every column as text; names have full stops, as "Equip. Model"."""
    return pl.read_csv(CARRIER, infer_schema=False)


def on_spark(spark: SparkSession, inputs: Sequence[Path], out: Path, columns: Columns = "all") -> Finished:
    return run_on_spark(spark, job(inputs, columns=columns), OwnFacts(), out)


def rows_in_order(out: Path) -> pl.DataFrame:
    """What the parts of a run hold, in the order of the input; texts as texts."""
    rows = rows_of(out).with_columns(pl.col(pl.Categorical).cast(pl.String))
    return rows.sort("clearband_file", "clearband_row")


def results(out: Path) -> dict[str, Any]:
    """All that a run says of the whole."""
    tables = {name: pl.read_parquet(out / name).to_dicts() for name in RESULTS}
    return {**tables, "summary.json": (out / "summary.json").read_text(encoding="utf-8")}
