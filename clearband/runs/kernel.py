"""From a chunk of an inventory to the case of each of its records.

What is looked up for one chunk is remembered for the next, up to a limit; nothing that is given out depends
on what is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.register import Register
from clearband.runs.answered import AnsweredCases
from clearband.runs.pieces import Found, joined, rows_of_a_piece
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
        at_once: int | None = None,
        full: Callable[[], bool] = lambda: False,
    ) -> None:
        """Nothing is known yet.

        Args:
            remembered: Distinct texts and cases beyond which all is forgotten.
            at_once: So many new texts, about, are looked at until it is asked whether to forget; None: those
                of a chunk.
            full: Whether there is no memory to remember more.
        """
        self._layout, self._options = layout, options
        self._settings, self._register, self._law = settings, register, law
        self._standings = standings
        self._limit = remembered
        self._at_once, self._full = at_once, full
        self._begin()

    def __len__(self) -> int:
        """How much is remembered: distinct texts and cases."""
        return len(self._reader) + self._answered.size

    def _begin(self) -> None:
        self._reader = EquipmentReader(self._layout, self._options)
        self._forget_cases()

    def _forget_cases(self) -> None:
        self._answered = AnsweredCases(self._settings, self._register, self._law, self._standings)

    def _is_full(self) -> bool:
        return len(self) > self._limit or self._full()

    def categories(self, most: int | None = None, /) -> Mapping[int, pl.DataType]:
        """See `clearband.sources.stream.chunk.Categories`."""
        return self._reader.categories(most)

    def screen(self, chunk: Chunk) -> Screened:
        """The cases of a chunk."""
        if self._is_full():
            self._begin()
        batch = self._reader.batch(chunk)
        found = joined(self._cases_of(batch.equipment))
        first = chunk.begin.row
        rows = chunk.rows
        if rows is None:
            rows = pl.int_range(first, first + chunk.frame.height, dtype=pl.Int64, eager=True)
        frame = chunk.frame
        if batch.keep is not None:
            rows, frame = rows.filter(batch.keep), frame.filter(batch.keep)
        # What was found to repeat is written as it is kept, which costs less than its texts.
        frame = frame.with_columns(cells.alias(name) for name, cells in batch.coded.items())
        return Screened(found.numbers, found.cases, found.beside, batch, frame, rows, found.known)

    def _cases_of(self, equipment: pl.DataFrame) -> list[Found]:
        """The cases of a batch; more than one where cases were forgotten on the way."""
        step = equipment.height if self._at_once is None else rows_of_a_piece(equipment, self._at_once)
        found: list[Found] = []
        numbers: list[pl.Series] = []
        known = self._answered.table.height
        for at in range(0, max(1, equipment.height), max(1, step)):
            if numbers and self._is_full():
                found.append(self._found(numbers, known))
                self._forget_cases()
                known, numbers = 0, []
            numbers.append(self._answered.numbers(equipment[at : at + step]))
        return [*found, self._found(numbers, known)]

    def _found(self, numbers: list[pl.Series], known: int) -> Found:
        return Found(pl.concat(numbers), self._answered.table, self._answered.beside, known)
