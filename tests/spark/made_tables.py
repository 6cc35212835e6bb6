"""Runs on Spark over small inventories, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from clearband.runs.progress import Meter
from clearband.runs.run import Columns, Finished, Job
from clearband.spark.payload import OwnFacts
from clearband.spark.run import run_on_spark
from tests.runs.made_runs import CARRIER, job

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def carrier() -> pl.DataFrame:
    """The example carrier, every column as text; names have full stops, as "Equip. Model"."""
    return pl.read_csv(CARRIER, infer_schema=False)


def on_spark(
    spark: SparkSession, inputs: Sequence[Path], out: Path, columns: Columns = "all", *, resume: bool = False
) -> Finished:
    return job_on_spark(spark, job(inputs, columns=columns), out, resume=resume)


def job_on_spark(spark: SparkSession, wanted: Job, out: Path, *, resume: bool = False) -> Finished:
    meter = Meter(lambda _: None, wanted.dataset.rows)
    return run_on_spark(spark, wanted, OwnFacts(), out, meter, resume=resume)
