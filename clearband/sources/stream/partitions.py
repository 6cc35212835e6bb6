"""Columns that stand in the names of folders: ``devices/vendor=Huawei/site=12/0.parquet``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import polars as pl

from clearband.errors import InputError
from clearband.sources.options import ReadOptions
from clearband.sources.stream.dataset import ChunkedFile, Dataset
from clearband.sources.stream.parquet_chunks import ParquetFile, text_columns_of

_PATTERN: Final = frozenset("*?[")
_NOTHING: Final = "__HIVE_DEFAULT_PARTITION__"
"""What is written for a cell that is empty."""


class PartitionedFile(ParquetFile):
    """A Parquet file with columns of its path behind its own.

    Attributes:
        values: What they say, by their names.
    """

    def __init__(
        self, path: Path, label: str, options: ReadOptions, values: Mapping[str, str | None]
    ) -> None:
        super().__init__(path, label, options)
        self.values = values
        # Columns of the path lie in no chunk of the file that could be copied.
        self.__dict__["_row_groups"] = None
        self._scan = self._scan.with_columns(
            pl.lit(value, dtype=pl.String).alias(name) for name, value in values.items()
        )
        self.schema |= dict.fromkeys(values, pl.String())
        self._text_names = text_columns_of(self.schema)


def with_columns_of_paths(dataset: Dataset, inputs: Sequence[str]) -> Dataset:
    """The same data set, with the columns that the names of its folders hold.

    Args:
        inputs: The files, patterns and directories that it was opened with.

    Raises:
        InputError: Some files have such columns, and others have other ones.
    """
    bases = [_base(Path(name)) for name in inputs if not Path(name).is_file()]
    files: list[ChunkedFile] = []
    for file in dataset.files:
        base = next((base for base in bases if file.path.is_relative_to(base)), None)
        values = {} if base is None else _values(file.path.relative_to(base).parts[:-1])
        if not values or not isinstance(file, ParquetFile) or set(values) & set(file.columns):
            files.append(file)
        else:
            files.append(PartitionedFile(file.path, file.label, dataset.options, values))
    for file in files[1:]:
        if file.columns != files[0].columns:
            odd = sorted(set(file.columns) ^ set(files[0].columns))
            raise InputError(
                f"differs from {files[0].label} in what the names of folders say: {', '.join(odd)}",
                where=file.label,
                remedy="put all files into folders of the same form, or screen them apart",
            )
    return replace(dataset, files=tuple(files))


def _base(path: Path) -> Path:
    """The directory, or the folders of a pattern that are no patterns."""
    return path if path.is_dir() else Path(*takewhile(lambda part: not _PATTERN & set(part), path.parts))


def _values(folders: Sequence[str]) -> dict[str, str | None]:
    parted = (folder.partition("=") for folder in folders)
    return {
        unquote(name): None if value == _NOTHING else unquote(value)
        for name, sign, value in parted
        if sign and name
    }
