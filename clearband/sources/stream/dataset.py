"""A data set: files of one form that together are one inventory."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from glob import glob
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError, UsageError
from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.detect_format import binary_format, text_format
from clearband.sources.input_bytes import readable
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.stream.chunk import Categories, Chunk, Place, no_categories
from clearband.sources.stream.csv_chunks import CsvFile
from clearband.sources.stream.json_chunks import MARK, JsonLinesFile, same_keys
from clearband.sources.stream.layout import HEAD_ROWS, Layout, layout_of
from clearband.sources.stream.parquet_chunks import ParquetFile
from clearband.sources.stream.parts_file import PartsFile
from clearband.sources.stream.sizes import Sizes

_BY_ENDING: Final = (".parquet", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson")
"""Files of a directory that are taken; others in it may be anything."""
_LINES: Final = (".jsonl", ".ndjson")
_MOST_FILES: Final = 100_000
_GLOB: Final = re.compile(r"[*?\[]")
_LOGS: Final = {"Delta": "_delta_log", "Iceberg": "metadata/version-hint.text", "Hudi": ".hoodie"}
"""Forms of tables in which a log says which files count, and where it lies."""

ChunkedFile = ParquetFile | CsvFile | JsonLinesFile | PartsFile


@dataclass(frozen=True)
class Dataset:
    """Files with the same columns.

    Attributes:
        files: In the order of their names.
        mapping: What the user says of columns.
        decided: What the columns mean, where an earlier run has decided that.
    """

    files: tuple[ChunkedFile, ...]
    mapping: ColumnMapping | None
    options: ReadOptions
    decided: Layout | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns."""
        return self.files[0].columns

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Names of the columns that the layout speaks of, in its order."""
        return self.files[0].text_columns

    @cached_property
    def layout(self) -> Layout:
        """What the columns mean, by the first rows; the first file may have few or none.

        Raises:
            InputError: No column is recognised as saying something of equipment.
            UsageError: A mapped column is not there.
        """
        if self.decided is not None:
            return self.decided
        heads = [self.files[0].head(HEAD_ROWS)]
        rows = heads[0].cells.height
        for file in self.files[1:]:
            if rows >= HEAD_ROWS:
                break
            heads.append(file.head(HEAD_ROWS - rows))
            rows += heads[-1].cells.height
        if self.mapping is not None:
            self.mapping.refuse_unused([heads[0].header])
        return layout_of(_below_each_other(heads), self.mapping, self.options)

    @property
    def rows(self) -> int | None:
        """How many rows there are, where the files say so."""
        counts = [file.rows for file in self.files]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def chunks_of(
        self, number: int, begin: Place, sizes: Sizes, categories: Categories = no_categories
    ) -> Iterator[Chunk]:
        """The chunks of one file, from a place in it on."""
        file = self.files[number]
        if isinstance(file, ParquetFile | CsvFile):
            return file.chunks(begin, sizes, categories)
        return file.chunks(begin, sizes)

    def chunks(self, sizes: Sizes, behind: tuple[int, Place] | None = None) -> Iterator[tuple[int, Chunk]]:
        """The chunks, each with the number of its file.

        Args:
            sizes: How large they are.
            behind: Only those behind this place in the file of this number.
        """
        first, begin = behind or (0, self.files[0].start)
        for number in range(first, len(self.files)):
            place = begin if number == first else self.files[number].start
            yield from numbered(number, self.chunks_of(number, place, sizes))


def numbered(number: int, chunks: Iterator[Chunk]) -> Iterator[tuple[int, Chunk]]:
    """Each chunk with the number of its file; none is held on to once it is given."""
    return map(lambda chunk: (number, chunk), chunks)  # noqa: C417 - the name of a loop would hold a chunk


def open_dataset(
    inputs: Sequence[Path | str],
    mapping: ColumnMapping | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Dataset:
    """Find the files of a data set and look at their columns.

    Args:
        inputs: Files, patterns of their names, and directories, of which the files are taken that end as
            tables do; below each other.

    Raises:
        InputError: There is no file, one cannot be read in chunks, or their columns differ.
        UsageError: None is named, or one is named twice.
    """
    paths = _files(inputs)
    labels = _labels(paths)
    given = mapping.names() if mapping else frozenset()
    files = tuple(_opened(path, label, options, given) for path, label in zip(paths, labels, strict=True))
    same_keys([file for file in files if isinstance(file, JsonLinesFile)])
    for file in files[1:]:
        if file.columns != files[0].columns:
            odd = sorted(set(file.columns) ^ set(files[0].columns))
            what = f"columns: {', '.join(odd[:5])}" if odd else "the order of columns"
            raise InputError(
                f"differs from {files[0].label} in {what}", where=file.label, remedy="screen it by itself"
            )
        if file.text_columns != files[0].text_columns:
            # A column of the same name in another form would be taken for its neighbour.
            odd = sorted(set(file.text_columns) ^ set(files[0].text_columns))
            raise InputError(
                f"has {', '.join(odd[:5])} in another form than {files[0].label}",
                where=file.label,
                remedy="screen it by itself",
            )
    return Dataset(files, mapping, options)


def _below_each_other(heads: Sequence[RawTable]) -> RawTable:
    """The first rows of several files with the same columns as one table."""
    first = heads[0]
    if len(heads) == 1:
        return first
    return replace(
        first,
        cells=pl.concat([head.cells for head in heads]),
        rows=pl.concat([head.rows for head in heads]),
        typed={name: pl.concat([head.typed[name] for head in heads]) for name in first.typed},
    )


def _files(inputs: Sequence[Path | str]) -> list[Path]:
    if not inputs:
        raise UsageError("no inventory is named", remedy="name a file or a directory")
    found: list[Path] = []
    for item in inputs:
        path = Path(item)
        if str(item) == "-":
            raise InputError(
                "standard input cannot be read twice", where="-", remedy="write it into a file for --stream"
            )
        if path.is_dir():
            _refuse_logged_table(path)
            below = sorted(
                one
                for one in path.rglob("*")
                if one.suffix.lower() in _BY_ENDING and one.is_file() and not _hidden(one, path)
            )
            if not below:
                raise InputError(
                    f"no file in it ends in {', '.join(_BY_ENDING)}", where=readable(str(path)),
                    remedy="name the files",
                )  # fmt: skip
            found += below
        elif not path.exists() and _GLOB.search(str(item)):
            found += _matching(str(item))
        else:
            found.append(path)
    if len(found) > _MOST_FILES:
        raise InputError(f"more than {_MOST_FILES} files", where=readable(str(inputs[0])), remedy="join them")
    real = [path.resolve() for path in found]
    if len(set(real)) < len(real):
        twice = next(path for at, path in enumerate(real) if path in real[:at])
        raise UsageError("named twice as an input", where=readable(twice.name), remedy="name each input once")
    return found


def _matching(pattern: str) -> list[Path]:
    """The files that a pattern names, for shells that leave it as it is.

    Raises:
        InputError: There is none.
    """
    named = map(Path, glob(pattern, recursive=True))  # noqa: PTH207 - an absolute pattern has no folder
    found = sorted(path for path in named if path.is_file())
    if not found:
        raise InputError("no file is named so", where=readable(pattern), remedy="look at the pattern")
    return found


def _refuse_logged_table(path: Path) -> None:
    """Refuse a directory of which a log says which files count: others in it hold rows that were deleted.

    Raises:
        InputError: It is one.
    """
    for kind, log in _LOGS.items():
        if (path / log).exists():
            raise InputError(
                f"is a {kind} table, in which not every file counts",
                where=readable(str(path)),
                remedy="export its rows as Parquet, or give the table to clearband.spark.screen",
            )


def _hidden(path: Path, root: Path) -> bool:
    """Whether it is one of the files that Spark and others leave beside tables (``_SUCCESS``, ``.crc``)."""
    return any(part.startswith((".", "_")) for part in path.relative_to(root).parts)


def _labels(paths: Sequence[Path]) -> list[str]:
    names = [readable(path.name) for path in paths]
    if len(set(names)) == len(names):
        return names
    return [readable(path.as_posix()) for path in paths]


def _opened(path: Path, label: str, options: ReadOptions, given: Collection[str]) -> ChunkedFile:
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except FileNotFoundError:
        raise InputError("there is no such file", where=label, remedy="check the path") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=label, remedy="check the path") from None
    kind = binary_format(head, label)
    if kind == "parquet":
        return ParquetFile(path, label, options)
    if kind is None:
        kind = text_format(head.removeprefix(MARK), label)
        if kind == "csv":
            return CsvFile(path, label, options, given)
        # One record in one line is an object of JSON as well.
        if kind == "jsonl" or (kind == "json" and path.suffix.lower() in _LINES):
            return JsonLinesFile(path, label, options)
    raise InputError(f"{kind} is not read in chunks", where=label, remedy="screen it without --stream")
