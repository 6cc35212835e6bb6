"""Chunks of Parquet files: rows by their number, so that any chunk can be read alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.parquet.as_categories import by_dictionary, read_as_categories
from clearband.sources.options import ReadOptions
from clearband.sources.parquet_file import as_text
from clearband.sources.raw_table import RawTable
from clearband.sources.stream.chunk import Categories, Chunk, Place, RowGroups, no_categories
from clearband.sources.stream.row_groups import FileRowGroups, row_groups_of
from clearband.sources.stream.sizes import Sizes

_DAMAGED: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)


class ParquetFile:
    """One Parquet file."""

    format = "parquet"
    warnings: tuple[str, ...] = ()

    def __init__(self, path: Path, label: str, options: ReadOptions) -> None:
        """Read the file's schema.

        Raises:
            InputError: It is damaged, or has too many columns.
        """
        self.path, self.label = path, label
        try:
            self._scan = pl.scan_parquet(path, glob=False, hive_partitioning=False)
            self.schema = dict(self._scan.collect_schema())
            self.rows: int = self._scan.select(pl.len()).collect().item()
        except _DAMAGED:
            raise self._damaged() from None
        if len(self.schema) > options.max_columns:
            raise InputError(f"more than {options.max_columns} columns", where=label)
        self._text_names = text_columns_of(self.schema)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(self.schema)

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Names of the columns that have to be understood."""
        return tuple(self._text_names)

    @property
    def start(self) -> Place:
        """Where the rows begin."""
        return Place(0, 1)

    def head(self, rows: int) -> RawTable:
        """The first rows."""
        return head_of_frame(self._chunk(self.start, min(rows, self.rows)).frame, self.label)

    def chunks(self, begin: Place, sizes: Sizes, categories: Categories = no_categories) -> Iterator[Chunk]:
        """The chunks from a place on.

        Raises:
            InputError: The file is damaged.
        """
        ends = self._row_groups
        for place, rows in self.places(begin, sizes):
            groups = ends.between(place.at, place.at + rows) if ends else None
            kinds = {self._text_names[at]: kind for at, kind in categories().items()} if groups else {}
            yield replace(self._chunk(place, rows, groups, kinds), groups=groups)

    def places(self, begin: Place, sizes: Sizes) -> Iterator[tuple[Place, int]]:
        """Where chunks begin from a place on, and how many rows each has; nothing is read for it."""
        groups = self._row_groups
        while begin.at < self.rows:
            most = min(sizes.rows, self.rows - begin.at)
            rows = groups.rows_from(begin.at, most) if groups else most
            yield begin, rows
            begin = Place(begin.at + rows, begin.row + rows)

    @cached_property
    def _row_groups(self) -> FileRowGroups | None:
        return row_groups_of(self.path, self._scan)

    def _chunk(
        self,
        begin: Place,
        rows: int,
        groups: RowGroups | None = None,
        kinds: Mapping[str, pl.DataType] = MappingProxyType({}),
    ) -> Chunk:
        coded = self._as_categories(groups, kinds) if groups and kinds else None
        try:
            if coded is None:
                frame = self._scan.slice(begin.at, rows).collect()
            else:
                texts = self._scan.drop(coded.columns).slice(begin.at, rows).collect()
                frame = pl.concat([texts, coded], how="horizontal").select(self.columns)
        except _DAMAGED:
            raise self._damaged() from None
        return chunk_of_frame(frame, self._text_names, begin, self.label)

    def _as_categories(self, groups: RowGroups, kinds: Mapping[str, pl.DataType]) -> pl.DataFrame | None:
        """The columns that are stored as dictionaries of texts; None where there is none, or for some reason
        they cannot be read so."""
        footer, numbers = groups.footer, groups.numbers
        wanted = {
            name: kind
            for name, kind in kinds.items()
            if self.schema[name] == pl.String and by_dictionary(footer, numbers, name)
        }
        try:
            found = read_as_categories(self.path, footer, numbers, wanted) if wanted else None
        except _DAMAGED:
            return None
        as_wanted = found is not None and dict(found.schema) == wanted
        return found if as_wanted else None

    def _damaged(self) -> InputError:
        return InputError(
            "the Parquet file is truncated or damaged", where=self.label, remedy="export or copy it again"
        )


def text_columns_of(schema: Mapping[str, pl.DataType]) -> list[str]:
    """Columns that have to be understood; the others are columns of the equipment table as they are."""
    return [name for name, kind in schema.items() if not _is_ready(name, kind, schema)]


def head_of_frame(frame: pl.DataFrame, label: str) -> RawTable:
    """The first rows of a table of columns with types, as a table of text."""
    names = text_columns_of(frame.schema)
    chunk = chunk_of_frame(frame, names, Place(0, 1), label)
    cells = [as_text(column).alias(str(at)) for at, column in enumerate(chunk.texts.iter_columns())]
    return RawTable(
        file=label, sheet=None, format="parquet", header=tuple(names), cells=pl.DataFrame(cells),
        rows=pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True), typed=chunk.typed,
        has_totals=False,
    )  # fmt: skip


def chunk_of_frame(frame: pl.DataFrame, text_columns: Sequence[str], begin: Place, label: str) -> Chunk:
    """Rows of a table of columns with types.

    Raises:
        InputError: A column of lists has not the form of the equipment table.
    """
    typed: dict[str, pl.Series] = {}
    for name in frame.columns:
        if name not in text_columns:
            try:
                typed[name] = frame[name].cast(EQUIPMENT_SCHEMA[name])
            except pl.exceptions.PolarsError:
                raise _of_another_form(name, label) from None
    end = Place(begin.at + frame.height, begin.row + frame.height)
    return Chunk(begin, end, frame, frame.select(text_columns), typed)


def _is_ready(name: str, kind: pl.DataType, schema: Mapping[str, pl.DataType]) -> bool:
    """Whether a column is one of the equipment table and needs no reading.

    Numbers and days do: a negative quantity or the year 9999 is no better for being a number or a day.
    """
    if name == "source":
        return "record_id" in schema and kind == pl.String
    return _is_list(name) and (kind.is_nested() or kind == pl.Null)


def _is_list(name: str) -> bool:
    """Whether the equipment table has lists of several fields under this name."""
    return name != "macs" and isinstance(EQUIPMENT_SCHEMA.get(name), pl.List)


def _of_another_form(name: str, label: str) -> InputError:
    kind = EQUIPMENT_SCHEMA[name]
    assert isinstance(kind, pl.List)
    assert isinstance(kind.inner, pl.Struct)
    fields = ", ".join(field.name for field in kind.inner.fields)
    return InputError(
        f'the column "{name}" is not a list of ({fields})',
        where=label,
        remedy="write it so, or give the column another name",
    )
