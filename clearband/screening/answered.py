"""The answer of each case."""

from __future__ import annotations

import polars as pl

from clearband.register import Register
from clearband.screening.contested import contested_to_review


def answered_cases(
    cases: pl.DataFrame, places: pl.Series, answers: pl.DataFrame, register: Register
) -> pl.DataFrame:
    """Cases with the answers of their combinations.

    Args:
        cases: `clearband.screening.cases.Cases.table`.
        places: For each combination, as it came up, its number in ``answers``.
        answers: By ``combo``, the answer for a record as a whole and what decided it.

    Returns:
        The cases with ``combo``, the columns of `clearband.screening.result.ANSWER_COLUMNS`, and whether a
        signal contests the answer.
    """
    named = answers.select(
        pl.col("combo").cast(pl.UInt32),
        "answer",
        answer_directive="directive",
        answer_clause="clause",
        answer_date="event_date",
        answer_ground="ground",
        answer_question="question",
    )
    combos = places.cast(pl.UInt32).gather(cases["combo_came"]).alias("combo")
    joined = cases.with_columns(combos).join(named, on="combo", how="left", maintain_order="left")
    return contested_to_review(joined, register)
