"""Files of parts: columns of the input as they are, those that were added around them.

Where a part is whole row groups of a Parquet file, the input's columns are copied as bytes: they are neither
decoded nor encoded again. Either way a part is plain Parquet, and says nothing of the library that wrote it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl
from polars.datatypes import DataType, DataTypeClass

from clearband.parquet.footer import footer_of
from clearband.parquet.gapped import gapped
from clearband.parquet.joined import Columns, write_joined
from clearband.parquet.numbered import numbered
from clearband.parquet.pages import encoded
from clearband.runs.part import FRONT, Column
from clearband.sources.stream.chunk import RowGroups

_LEVEL: Final = 1
"""Of Zstandard: as small as by Polars' level 3 for such columns, for two thirds of the time."""
_STATISTICS: Final = {"null_count": True, "min": False, "max": False}
"""Records are in the order of the input: least and greatest values of pages would let a reader skip none."""
_PLAIN: Final = (
    pl.String, pl.Categorical, pl.Enum, pl.Binary, pl.Boolean, pl.Date, pl.Time, pl.Decimal,
    pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Float32, pl.Float64,
)  # fmt: skip
"""Types that Parquet has itself; categories are texts there."""
Added = Callable[[int, int], list[Column]]


def write_part(kept: pl.DataFrame, added: Sequence[Column], path: Path) -> None:
    """Write a part; the same rows give the same bytes, whatever a run has seen before.

    Args:
        kept: Columns of the input that are written.
        added: Of `clearband.runs.part.columns_beside`.
    """
    if not all(_is_plain(kind) for kind in kept.dtypes):
        # A note for Arrow's readers says what Parquet has no type for. It names no table of categories, which
        # are those of one process.
        table = _table([*added[:FRONT], *kept.iter_columns(), *added[FRONT:]])
        schema = pl.Schema(
            {
                name: pl.Categorical() if isinstance(kind, pl.Categorical) else kind
                for name, kind in table.schema.items()
            }
        )
        _write(table, path, schema)
        return
    if not kept.height and not len(added[0]):
        # There is no row group to take the schema from.
        table = _table([*added[:FRONT], *kept.iter_columns(), *added[FRONT:]])
        _write(table.cast({pl.Categorical: pl.String, pl.Enum: pl.String}), path)
        return
    own = [numbered(column) or gapped(column) or column for column in kept.iter_columns()]
    columns = _chunks([*added[:FRONT], *own, *added[FRONT:]])
    with path.open("wb") as out:
        write_joined(out, [columns])


def write_part_of(groups: RowGroups, kept: Sequence[str], added: Added, path: Path) -> None:
    """Write a part that is whole row groups of a Parquet file.

    Args:
        groups: Where its rows are.
        kept: Columns of the input that are written.
        added: Gives `clearband.runs.part.columns_beside` of some rows, told the first and how many.

    Raises:
        OSError: The file cannot be read.
        ValueError: The bytes of a column end early.
    """
    names = groups.footer.names
    columns = [names.index(name) for name in kept]
    with ExitStack() as files:
        file = files.enter_context(groups.path.open("rb"))
        out = files.enter_context(path.open("wb"))
        write_joined(out, _around(file, groups, columns, added))


def _around(
    file: BinaryIO, groups: RowGroups, columns: Sequence[int], added: Added
) -> Iterator[list[Columns]]:
    begin = 0
    for number in groups.numbers:
        copied = Columns(file, groups.footer, number, columns)
        ours = _chunks(added(begin, copied.rows))
        begin += copied.rows
        yield [*ours[:FRONT], copied, *ours[FRONT:]]


def _chunks(columns: Sequence[Column]) -> list[Columns]:
    """The column chunks of some columns, each by itself, of some rows."""
    paged = [column for column in columns if not isinstance(column, pl.Series)]
    others = [column for column in columns if isinstance(column, pl.Series)]
    made: Iterator[Columns] = iter(_each(encoded(paged)) if paged else ())
    written: Iterator[Columns] = iter(())
    if others:
        file = io.BytesIO()
        _write(pl.DataFrame(others), file)
        written = iter(_each(Columns(file, footer_of(file), 0, range(len(others)))))
    return [next(written if isinstance(column, pl.Series) else made) for column in columns]


def _each(columns: Columns) -> list[Columns]:
    return [replace(columns, columns=[number]) for number in columns.columns]


def _table(columns: Sequence[Column]) -> pl.DataFrame:
    return pl.DataFrame([column if isinstance(column, pl.Series) else column.series() for column in columns])


def _write(table: pl.DataFrame, to: Path | io.BytesIO, schema: pl.Schema | None = None) -> None:
    # Where chunks of columns end depends on threads, and pages end with them.
    table.rechunk().write_parquet(
        to,
        arrow_schema=schema,
        compression_level=_LEVEL,
        statistics=_STATISTICS,
        row_group_size=table.height or None,
    )


def _is_plain(kind: DataType | DataTypeClass) -> bool:
    if isinstance(kind, pl.List):
        return _is_plain(kind.inner)
    if isinstance(kind, pl.Struct):
        return all(_is_plain(field.dtype) for field in kind.fields)
    return kind.base_type() in _PLAIN or (isinstance(kind, pl.Datetime) and kind.time_zone is None)
