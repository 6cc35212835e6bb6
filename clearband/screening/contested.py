"""Records whose signals contradict each other: what one of them would prohibit is not cleared by another."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.finding import Answer
from clearband.register import Register

CONTESTED: Final = "contested"
_LISTED_GROUPS: Final = frozenset(
    {"covered", "affiliate", "listed", "divested", "watch", "white-label-brand"}
)


def watched_makers(register: Register) -> list[str]:
    """Makers that lists name, or of which one has to be wary."""
    return [one.id for one in register.organisations.values() if one.group in _LISTED_GROUPS]


def contested_to_review(cases: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Turn ``not-covered`` into ``review`` where a signal speaks for another maker on a list or watch.

    The verdict may well be right; but a person has to look at the type label before the item counts as clear.

    Args:
        cases: Cases with verdict and answer columns, and ``speaks_for``, the makers that signals speak for.
        register: The organisations.

    Returns:
        The same with the column `CONTESTED`, true where the answer was turned.
    """
    doubtful = ((pl.col("answer") == Answer.NOT_COVERED) & pl.col("contradiction")).fill_null(value=False)
    watched = watched_makers(register)
    named = {one.id: one.name for one in register.organisations.values()}
    against = (
        pl.when(doubtful)
        .then("speaks_for")
        .list.eval(pl.when(pl.element().is_in(watched)).then(pl.element()))
        .list.drop_nulls()
        .list.set_difference(pl.concat_list("maker"))
    )
    other = against.list.eval(pl.element().replace(named)).list.unique(maintain_order=True).list.join(" and ")
    contested = doubtful & (against.list.len() > 0).fill_null(value=False)
    question = pl.format(
        "some signals say {}, others {}: what does the type label or the FCC ID say?",
        pl.col("maker_name"),
        other,
    )
    return cases.with_columns(
        pl.when(contested).then(pl.lit(Answer.REVIEW.value)).otherwise("answer").alias("answer"),
        pl.when(contested).then(question).otherwise("answer_question").alias("answer_question"),
        contested.alias(CONTESTED),
    )
