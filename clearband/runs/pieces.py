"""The cases of a chunk found piece by piece, with what was remembered let go between pieces.

What each distinct text costs of memory is far more than the text. A chunk in which all texts differ is not
remembered as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.runs.part import CASE, CHECK

_BYTES: Final = 128_000_000
"""Of a piece, about, where texts are long."""


@dataclass(frozen=True)
class Found:
    """The cases of consecutive records.

    Attributes:
        numbers: For each record its row in ``cases``, shape (n,).
        cases, beside: See `clearband.runs.answered.AnsweredCases`.
        known: How many of the cases are from earlier chunks.
    """

    numbers: pl.Series
    cases: pl.DataFrame
    beside: pl.DataFrame
    known: int


def rows_of_a_piece(equipment: pl.DataFrame, texts: int) -> int:
    """How many records of a batch are looked at at once, so that about so many distinct texts come up."""
    kinds = equipment.select(pl.col(pl.String, pl.Categorical))
    if not kinds.height or not kinds.width:
        return max(1, equipment.height)
    codes = kinds.with_columns(pl.col(pl.Categorical).to_physical())
    distinct = int(sum(codes.select(pl.all().approx_n_unique()).row(0)))
    pieces = max(1, -(-distinct // texts), -(-int(kinds.estimated_size()) // _BYTES))
    return -(-equipment.height // pieces)


def joined(found: Sequence[Found]) -> Found:
    """The cases of pieces as those of one, each case there once."""
    if len(found) == 1:
        return found[0]
    cases = pl.concat([one.cases for one in found], rechunk=True)
    beside = pl.concat([one.beside for one in found], rechunk=True)
    first = cases.with_row_index("row").select(pl.col("row").first().over(CASE, CHECK)).to_series()
    once = first == pl.int_range(cases.height, eager=True)
    place = (once.cast(pl.UInt32).cum_sum() - 1).gather(first)
    numbers, before = [], 0
    for one in found:
        numbers.append(place.slice(before, one.cases.height).gather(one.numbers))
        before += one.cases.height
    return Found(pl.concat(numbers), cases.filter(once), beside.filter(once), 0)
