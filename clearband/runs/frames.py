"""Screening of a table that is in memory, for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.directives.law import load_law
from clearband.errors import InputError
from clearband.register import load_register
from clearband.runs.kernel import Kernel
from clearband.runs.part import PREFIX, refuse_answered
from clearband.screening.settings import settings_for
from clearband.sources import ColumnMapping, ReadOptions
from clearband.sources.stream.chunk import Place
from clearband.sources.stream.layout import HEAD_ROWS, layout_of
from clearband.sources.stream.parquet_chunks import chunk_of_frame, head_of_frame, text_columns_of

_ROWS: Final = 500_000


def screen_table(
    table: Any,
    *,
    actors: Sequence[str] = (),
    actions: Sequence[str] = (),
    on: date | None = None,
    known_on: date | None = None,
    found_on: date | None = None,
    profile: Path | None = None,
    mapping: ColumnMapping | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> pl.DataFrame:
    """Screen a table, one row a record.

    Args:
        table: A Polars DataFrame, or anything that hands its columns out by Arrow's PyCapsule interface
            (PyArrow, pandas, DuckDB).
        actors, actions: Who asks, and what is done; empty: every actor, and what holders of equipment do.
        on, known_on, found_on: The days of the question; today where nothing is said.
        profile: A profile file.
        mapping: What columns mean, where headers and cells do not tell.
        options: How cells are read.

    Returns:
        The same columns and rows in their order, without rows that hold nothing, and behind them what
        stands beside the records of a part (`clearband.runs.part`).

    Raises:
        InputError: No column says anything of equipment, or there is no row.
        UsageError: A column is already there, or an actor or action is not known.
    """
    frame = table if isinstance(table, pl.DataFrame) else pl.DataFrame(table)
    refuse_answered(frame.columns)
    if not frame.height:
        raise InputError("there are no rows", where="table")
    law = load_law()
    settings = settings_for(
        law,
        profile=profile,
        actors=tuple(actors),
        actions=tuple(actions),
        on=on,
        known_on=known_on,
        found_on=found_on,
        today=date.today(),  # noqa: DTZ011 - a calendar day
    )
    layout = layout_of(head_of_frame(frame.head(HEAD_ROWS), "table"), mapping, options)
    kernel = Kernel(layout, options, settings, load_register(), law)
    texts = text_columns_of(frame.schema)
    parts = []
    for rows in frame.iter_slices(_ROWS):
        screened = kernel.screen(chunk_of_frame(rows, texts, Place(0, 1), "table"))
        kept = rows if screened.batch.keep is None else rows.filter(screened.batch.keep)
        beside = screened.beside[screened.numbers] if kept.height else screened.beside.clear()
        counts = {
            PREFIX + "units": screened.units,
            PREFIX + "unreadable": screened.batch.unreadable,
        }
        parts.append(pl.concat([kept, pl.DataFrame(counts), beside], how="horizontal"))
    return _plain(pl.concat(parts), frame.columns)


def _plain(table: pl.DataFrame, own: Sequence[str]) -> pl.DataFrame:
    """What was added, as texts."""
    added = [name for name in table.columns if name not in own]
    return table.with_columns(
        pl.col(name).cast(pl.String) for name in added if isinstance(table.schema[name], pl.Categorical)
    )
