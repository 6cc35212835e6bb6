"""The cases of chunk after chunk with their answers: a case is answered when it first comes up."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import polars as pl

from clearband.directives.evaluate import answers
from clearband.directives.law import Law
from clearband.directives.standings import Standings
from clearband.register import Register
from clearband.runs.part import CASE, CHECK, beside
from clearband.screening.answered import answered_cases
from clearband.screening.cases import Cases
from clearband.screening.combos import LAW_INPUTS, sorted_combos
from clearband.screening.settings import Settings

INPUT_PREFIX: Final = "law_input_"
"""Before the names of `LAW_INPUTS` in a table of cases."""


_PIECES: Final = 16
"""Pieces of a table beyond which it is made whole: to copy all cases for each chunk's new ones is dear."""


class AnsweredCases:
    """The cases so far, each with its answer and a key that is the same in every run and chunk.

    Attributes:
        table: A row a case: `CASE`, its key, and `CHECK`; the columns of
            `clearband.screening.cases.Cases.table` without numbers; those
            of `clearband.screening.result.ANSWER_COLUMNS`; whether signals contest the answer;
            and `LAW_INPUTS` behind `INPUT_PREFIX`.
        beside: What stands beside the records of each case (`clearband.runs.part.beside`).
    """

    def __init__(
        self, settings: Settings, register: Register, law: Law, standings: Standings | None = None
    ) -> None:
        self._settings, self._register, self._law = settings, register, law
        self._standings = standings or Standings(settings.questions, law, register)
        self._cases = Cases(settings, register, law)
        self._answers = pl.DataFrame()
        self.table = pl.DataFrame()
        self.beside = pl.DataFrame()

    @property
    def size(self) -> int:
        """How much is remembered: distinct texts that were read, and cases."""
        return self._cases.remembered + self.table.height

    def numbers(self, equipment: pl.DataFrame) -> pl.Series:
        """The row in ``table`` of each record of a batch, shape (n,)."""
        numbers = self._cases.batch(equipment).numbers
        if self._cases.table.height > self.table.height or not self.table.width:
            self._answer_new()
        return numbers

    def _answer_new(self) -> None:
        known = self.table.height
        self._ask_law(self._cases.combos[self._answers.height :])
        new = self._cases.table[known:]
        every = pl.int_range(self._answers.height, dtype=pl.UInt32, eager=True)
        told = answered_cases(new, every, self._answers, self._register).drop("combo", "combo_came")
        inputs = self._cases.combos[new["combo_came"]].rename(
            {name: INPUT_PREFIX + name for name in LAW_INPUTS}
        )
        told = pl.concat([told, inputs], how="horizontal")
        told = told.select(*case_keys(told), *told.columns)
        self.table = pl.concat([self.table, told], rechunk=self.table.n_chunks() > _PIECES) if known else told
        shown = beside(told)
        self.beside = pl.concat([self.beside, shown], rechunk=True) if known else shown

    def _ask_law(self, combos: pl.DataFrame) -> None:
        if not combos.height and self._answers.width:
            return
        places, ordered = sorted_combos(combos)
        asked = self._settings.questions
        by_combo = answers(ordered, asked, self._law, self._register, self._standings).sort("combo")
        known = self._answers.height
        came = by_combo[places].with_columns(
            combo=pl.int_range(known, known + combos.height, dtype=pl.UInt32, eager=True)
        )
        self._answers = pl.concat([self._answers, came], rechunk=True) if known else came


def case_keys(cases: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Two numbers for each case made from all that it says, `CASE` and `CHECK`, Int64, each of shape (n,)."""
    written = cases.select(pl.struct(pl.all()).struct.json_encode().cast(pl.Binary)).to_series().to_list()
    digests = b"".join([hashlib.blake2b(text, digest_size=16).digest() for text in written])
    halves = np.frombuffer(digests, dtype=">i8").reshape(-1, 2).astype(np.int64)
    return pl.Series(CASE, halves[:, 0]), pl.Series(CHECK, halves[:, 1])
