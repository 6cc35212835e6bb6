"""What each part of a run adds to its counts, for a later run that takes parts over: one file a kind.

A part is a row group, written as it is read: together they are as many rows as parts have cases.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from clearband.parquet.footer import footer_of
from clearband.parquet.joined import Columns, write_joined
from clearband.runs.part import CASE, CHECK
from clearband.runs.tally import Tally


def write_counts(folders: Sequence[Path], name: str, path: Path) -> None:
    """Write one table of the tallies of all parts, with the column ``part``, the number of each.

    Args:
        folders: Of the tallies (`Tally.write`), in the order of parts.
        name: Which of their tables.
    """
    tables = (_of_part(folder, name, number) for number, folder in enumerate(folders))
    with path.open("wb") as out:
        if any(Tally.rows(folder, name) for folder in folders):
            write_joined(out, (group for table in tables for group in _groups(table)))
        else:
            next(tables).write_parquet(out)


def _of_part(folder: Path, name: str, number: int) -> pl.DataFrame:
    table = Tally.read_one(folder, name)
    if name == "counts":
        # What a kernel tells apart can be one case to all others: the order of two such rows is nobody's.
        table = table.group_by(CASE, CHECK).agg(pl.col("records", "units").sum()).sort(CASE, CHECK)
    return table.with_columns(part=pl.lit(number, pl.Int64))


def _groups(table: pl.DataFrame) -> Iterator[list[Columns]]:
    if table.height:
        written = io.BytesIO()
        table.rechunk().write_parquet(written, row_group_size=table.height)
        yield [Columns(written, footer_of(written), 0, range(table.width))]
