"""Findings as a reader wants them: one question is one finding, not one a limb or clause that raises it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl

from clearband.directives.patterns import Combinations
from clearband.directives.question import Questions
from clearband.directives.reached import Reached, Row, record_of
from clearband.model.directive import Force
from clearband.model.finding import Answer


def gathered(
    ranks: pl.DataFrame, reached: list[Reached], table: Combinations, questions: Questions
) -> tuple[pl.DataFrame, list[Row]]:
    """Outcomes of limbs as findings of clauses; of makers that nobody knows, as findings of measures.

    Limbs of one clause that say the same of a row are one finding. Of an unknown maker every clause that
    names makers asks the same: one row a measure says so, that of its strictest clause, with all the actors
    and actions that the measure's clauses reach. What only advises or gives a power says nothing of an
    unknown maker, unless it is not about makers.

    Args:
        ranks: ``row`` and ``rank`` (place in ``reached``) of every outcome, by row.
        reached: The outcomes, strictest first.

    Returns:
        ``row`` and ``rank``, by row, and the findings that the ranks number, strictest first.
    """
    clause = _numbers(_of_clause(item) for item in reached)
    measure = _numbers(item.outcome.directive for item in reached)
    means = np.array([means_unknown(item) for item in reached], dtype=np.bool_)
    number = ranks["rank"].to_numpy()
    unknown = table.unknown_makers[ranks["row"].to_numpy()]
    first = np.diff(ranks["row"].to_numpy(), prepend=-1) != 0
    groups = np.where(unknown, measure[number], clause[number])
    found = (
        ranks.with_columns(pl.Series("group", groups))
        .filter(pl.Series(~unknown | means[number] | first))
        .group_by("row", "group", maintain_order=True)
        .agg(pl.col("rank").first(), pl.col("rank").alias("ranks"))
        .sort("row", "rank")
        .with_columns(pl.col("ranks").cast(pl.List(pl.String)).list.join(","))
    )
    sets = found["ranks"].unique().to_list()
    ordered = sorted(tuple(map(int, text.split(","))) for text in sets)
    place = {",".join(map(str, several)): at for at, several in enumerate(ordered)}
    numbered = found.select(
        "row", pl.col("ranks").replace_strict(place, default=0, return_dtype=pl.UInt32).alias("rank")
    )
    return numbered, [_united([reached[rank] for rank in several], questions) for several in ordered]


def _numbers(keys: Iterable[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    known: dict[Any, int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def _of_clause(item: Reached) -> tuple[Any, ...]:
    """What limbs of a clause share that are one finding: ``CLAUSE/ENTRY`` is an entry of a clause."""
    found = item.outcome
    stem = found.clause.partition("/")[0]
    dates = (found.event, found.event_date, found.until)
    return found.directive, stem, found.answer, found.question, *dates, found.control


def means_unknown(item: Reached) -> bool:
    """Whether an outcome says something of a maker that nobody knows."""
    at = item.outcome.at
    binds = at.measure.force is Force.BINDING and item.outcome.answer is not Answer.ADVISED_AGAINST
    return binds or not at.limb.makers


def _united(items: Sequence[Reached], questions: Questions) -> Row:
    """The first, strictest of several, with the actors and actions of all."""
    first = record_of(items[0])
    if len(items) == 1:
        return first
    actors = {actor for item in items for actor in item.actors}
    actions = {action for item in items for action in item.actions}
    return {
        **first,
        "actors": [actor for actor in questions.actors if actor in actors],
        "actions": [action for action in questions.actions if action in actions],
        "would_change": _all_of(item.outcome.would_change for item in items),
        "duties": _all_of(item.outcome.duties for item in items),
        "verified": all(item.outcome.verified for item in items),
    }


def _all_of(texts: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(text for several in texts for text in several))
