"""A whole run on a cluster: parts by the workers, the rest by the driver.

Workers write rows with their answers and nothing else, so that Spark may try a task again, or twice, and
no count is wrong. What cases are and how many records each has is asked of what was written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from clearband import __version__
from clearband.directives.law import Law
from clearband.errors import OutputError
from clearband.facts.store import content_hash
from clearband.register import Register
from clearband.runs.conclude import Concluded, conclude
from clearband.runs.journal import PARTS, write_staged, write_whole
from clearband.runs.kernel import Kernel
from clearband.runs.part import CASE, CHECK, PREFIX
from clearband.runs.run import RUN_IN_PARTS
from clearband.runs.tally import Tally, tally
from clearband.screening.settings import Settings
from clearband.sources import ColumnMapping, ReadOptions
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import Layout
from clearband.sources.stream.parquet_chunks import chunk_of_frame
from clearband.spark.answers import layout_of_frame, screen_with, text_columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def run_on_spark(
    spark: SparkSession,
    inputs: Sequence[str],
    out: Path,
    settings: Settings,
    register: Register,
    law: Law,
    mapping: ColumnMapping | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Concluded:
    """Screen Parquet files or directories of them.

    Args:
        inputs: Paths that the workers see, too.
        out: A folder that is not there and that driver and workers see.

    Raises:
        InputError: An input cannot be used.
        OutputError: The folder is there.
    """
    if out.exists():
        raise OutputError("is there already", where=str(out), remedy="name another folder with --out")
    table = spark.read.parquet(*inputs)
    layout = layout_of_frame(table, mapping, options)
    screen_with(table, layout, settings, options).write.parquet((out / PARTS).as_uri())
    written = spark.read.parquet((out / PARTS).as_uri())
    kernel = Kernel(layout, options, settings, register, law)
    concluded = conclude(
        [_tally(written, table.columns, text_columns(table, layout), layout, kernel)], settings, register, law
    )
    _write(out, concluded, layout, settings, inputs, text_columns(table, layout))
    return concluded


def _tally(
    written: DataFrame, columns: Sequence[str], texts: Sequence[str], layout: Layout, kernel: Kernel
) -> Tally:
    """Counts of what was written; a case is made again from one of its records."""
    from pyspark.sql import functions as sf

    by_case = written.groupBy(PREFIX + CASE).agg(
        sf.count(sf.lit(1)).alias("records"),
        sf.sum(PREFIX + "units").alias("units"),
        sf.first(sf.struct(*map(_quoted, columns))).alias("row"),
    )
    grouped = pl.DataFrame(pl.from_arrow(by_case.toArrow()))
    rows = grouped.select(pl.col("row").struct.unnest())
    screened = kernel.screen(chunk_of_frame(rows, texts, Place(0, 1), "table"))
    cases = screened.cases[screened.numbers]
    if not cases[CASE].equals(grouped[PREFIX + CASE].alias(CASE)):
        raise ValueError("a record is of another case here than it was on the cluster")
    one = tally(screened, None, "table")
    counts = cases.select(CASE, CHECK).with_columns(
        grouped["records"].cast(pl.Int64), grouped["units"].cast(pl.Int64)
    )
    return Tally(counts, one.cases, _sites(written, layout, texts), one.examples, _unreadable(written))


def _quoted(name: str) -> str:
    """A column's name as Spark takes it, whatever signs it has."""
    return "`" + name.replace("`", "``") + "`"


def _sites(written: DataFrame, layout: Layout, texts: Sequence[str]) -> pl.DataFrame:
    from pyspark.sql import functions as sf

    from clearband.sources.text_cells import clean_cells

    at = layout.columns.fields.get("site")
    site = sf.col(_quoted(texts[at])).cast("string") if at is not None else sf.lit(None).cast("string")
    counted = written.groupBy(site.alias("site"), sf.col(PREFIX + "answer").alias("answer")).count()
    frame = pl.DataFrame(pl.from_arrow(counted.toArrow()))
    cleaned, _ = clean_cells(frame.select("site"), ReadOptions().max_cell_characters)
    return (
        frame.with_columns(cleaned["site"])
        .group_by("site", "answer")
        .agg(pl.col("count").sum().cast(pl.Int64).alias("records"))
        .sort("site", "answer", nulls_last=True)
    )


def _unreadable(written: DataFrame) -> pl.DataFrame:
    from pyspark.sql import functions as sf

    cells = written.agg(sf.sum(PREFIX + "unreadable")).first()
    number = int(cells[0] or 0) if cells is not None else 0
    problem = "could not be read; clearband_unreadable says in which rows"
    rows = [("", problem, None, number)] if number else []
    texts = dict.fromkeys(("column", "problem", "value"), pl.String)
    return pl.DataFrame(rows, schema={**texts, "cells": pl.UInt32}, orient="row")


def _write(
    out: Path,
    concluded: Concluded,
    layout: Layout,
    settings: Settings,
    inputs: Sequence[str],
    texts: Sequence[str],
) -> None:
    write_staged(out / "cases.parquet", concluded.cases.rechunk().write_parquet)
    write_staged(out / "findings.parquet", concluded.findings.rechunk().write_parquet)
    summary = (json.dumps(concluded.summary, ensure_ascii=False, indent=2) + "\n").encode()
    write_whole(out / "summary.json", summary)
    at = layout.columns.fields.get("record_id")
    record = {
        "schema": RUN_IN_PARTS,
        "clearband": __version__,
        "facts_sha256": content_hash(),
        "own_facts": [],
        "settings": {**settings.as_json(), "reading": settings.reading},
        "columns": "all",
        "engine": "spark",
        "inputs": [{"file": Path(name).name, "format": "parquet"} for name in inputs],
        "layout": layout.as_json(),
        "text_columns": list(texts),
        "id_column": None if at is None else texts[at],
    }
    write_whole(out / "run.json", (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
