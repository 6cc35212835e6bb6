"""From a chunk of an inventory to the case of each of its records.

What is looked up for one chunk is remembered for the next, up to a limit; nothing that is given out depends
on what is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.register import Register
from clearband.runs.answered import AnsweredCases
from clearband.screening.settings import Settings
from clearband.sources.options import ReadOptions
from clearband.sources.stream import Chunk, EquipmentBatch, EquipmentReader
from clearband.sources.stream.layout import Layout

_REMEMBERED: Final = 2_000_000
"""Distinct texts and cases beyond which all is forgotten, which costs time and no answer."""


@dataclass(frozen=True)
class Screened:
    """A chunk, screened.

    Attributes:
        numbers: For each record its row in ``cases``, shape (n,).
        cases, beside: See `clearband.runs.answered.AnsweredCases`.
        batch: What was read.
        frame: The rows of the chunk that are records.
        rows: Their numbers in the file, shape (n,).
        known: How many of the cases are from earlier chunks.
    """

    numbers: pl.Series
    cases: pl.DataFrame
    beside: pl.DataFrame
    batch: EquipmentBatch
    frame: pl.DataFrame
    rows: pl.Series
    known: int

    @property
    def units(self) -> pl.Series:
        """How many pieces each record is, Int64, shape (n,)."""
        return self.batch.equipment["quantity"].fill_null(1)


class Kernel:
    """Screens chunk after chunk of one data set."""

    def __init__(
        self,
        layout: Layout,
        options: ReadOptions,
        settings: Settings,
        register: Register,
        law: Law,
        *,
        standings: Standings | None = None,
        remembered: int = _REMEMBERED,
    ) -> None:
        self._layout, self._options = layout, options
        self._settings, self._register, self._law = settings, register, law
        self._standings = standings
        self._limit = remembered
        self._begin()

    def _begin(self) -> None:
        self._reader = EquipmentReader(self._layout, self._options)
        self._answered = AnsweredCases(self._settings, self._register, self._law, self._standings)

    def categories(self) -> Mapping[int, pl.DataType]:
        """See `clearband.sources.stream.chunk.Categories`."""
        return self._reader.categories

    def screen(self, chunk: Chunk) -> Screened:
        """The cases of a chunk."""
        if len(self._reader) + self._answered.size > self._limit:
            self._begin()
        batch = self._reader.batch(chunk)
        known = self._answered.table.height
        numbers = self._answered.numbers(batch.equipment)
        first = chunk.begin.row
        rows = chunk.rows
        if rows is None:
            rows = pl.int_range(first, first + chunk.frame.height, dtype=pl.Int64, eager=True)
        frame = chunk.frame
        if batch.keep is not None:
            rows, frame = rows.filter(batch.keep), frame.filter(batch.keep)
        # What was found to repeat is written as it is kept, which costs less than its texts.
        frame = frame.with_columns(cells.alias(name) for name, cells in batch.coded.items())
        return Screened(numbers, self._answered.table, self._answered.beside, batch, frame, rows, known)
