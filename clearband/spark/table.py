"""The files of a data set as one Spark DataFrame in which each row has a place."""

from __future__ import annotations

import re
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from clearband.errors import InputError
from clearband.sources.stream import Dataset
from clearband.sources.stream.parquet_chunks import ParquetFile
from clearband.spark.answers import refuse_names_of_ours
from clearband.spark.partitions import PartitionedFile

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def parquet_only(dataset: Dataset) -> None:
    """Check that Spark can read a data set.

    Raises:
        InputError: A file is no Parquet, or has a column of another type than the first one.
    """
    refuse_names_of_ours(dataset.columns)
    first = dataset.files[0]
    for file in dataset.files:
        if not isinstance(file, ParquetFile):
            raise InputError(
                f"is {file.format}, and the Spark engine reads Parquet",
                where=file.label,
                remedy="write it as Parquet, or screen it with --stream",
            )
        assert isinstance(first, ParquetFile)
        for name, kind in file.schema.items():
            if kind != first.schema[name]:
                raise InputError(
                    f'has the column "{name}" as {kind}, and {first.label} has it as {first.schema[name]}',
                    where=file.label,
                    remedy="write both alike, or screen with --stream",
                )


def labels_of(dataset: Dataset) -> dict[str, str]:
    """What files are called, by the names that rows of `placed` have."""
    if _told_by_name(dataset):
        return {file.path.name: file.label for file in dataset.files}
    return {f"file:{file.path.resolve()}": file.label for file in dataset.files}


def placed(spark: SparkSession, dataset: Dataset) -> DataFrame:
    """The columns of a data set behind the name of each row's file and its number there, the first being 0.

    Raises:
        InputError: Spark reads other columns than there are.
    """
    bases: dict[Path | None, list[str]] = {}
    for file in dataset.files:
        base = file.base if isinstance(file, PartitionedFile) else None
        bases.setdefault(base, []).append(_plain_path(file.path))
    name = "_metadata.file_name" if _told_by_name(dataset) else "_metadata.file_path"
    tables = []
    for base, paths in bases.items():
        reader = spark.read if base is None else spark.read.option("basePath", f"file:{base.resolve()}")
        table = reader.parquet(*paths)
        if tuple(table.columns) != dataset.columns:
            raise InputError("has other columns for Spark", where=dataset.files[0].label)
        tables.append(table.select(name, "_metadata.row_index", "*"))
    return reduce(lambda above, below: above.union(below), tables)


def _told_by_name(dataset: Dataset) -> bool:
    """Whether names alone tell the files apart."""
    names = {file.path.name for file in dataset.files}
    return len(names) == len(dataset.files)


def _plain_path(path: Path) -> str:
    """A path as Spark takes it, signs of patterns being no patterns."""
    return "file:" + re.sub(r"([\\*?\[\]{}])", r"\\\1", str(path.resolve()))
