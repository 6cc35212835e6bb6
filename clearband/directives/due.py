"""Deadlines on columns: which combination owes which duty by which day, for certain or if it is covered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from clearband.directives.deadlines import Deadline
from clearband.directives.gathered import means_unknown
from clearband.directives.patterns import Combinations
from clearband.directives.reached import Reached
from clearband.model.finding import Answer

_SUREST_FIRST: Final = tuple(
    one.value for one in (Answer.PROHIBITED, Answer.NOT_COVERED, Answer.REVIEW, Answer.NOT_YET)
)
"""The answers of clauses that owe something; ``not-covered`` where one forbids nothing and only requires,
``not-yet`` where one that has not begun names a day that is ahead."""

DUE: Final[dict[str, Any]] = {"combo": pl.Int64, "deadline": pl.UInt32, "answer": pl.Enum(_SUREST_FIRST)}


@dataclass(frozen=True, slots=True)
class ListedDeadline:
    """A duty of a clause with its day, once for all that it is owed for.

    Attributes:
        deadline: Its clause is whole: the entries of a clause (``CLAUSE/ENTRY``) owe the same duty once.
        actors: Who owes it, of those asked.
        verified: Whether all that it rests on was read in its source.
    """

    deadline: Deadline
    cite: str
    actors: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class Due:
    """The deadlines, the soonest first, and what owes them.

    Attributes:
        rows: `DUE`: one row a combination and deadline (place in ``deadlines``), with the surest answer of
            the clause's limbs (the smallest); for ``review`` the duty is owed only if the clause covers it,
            for ``not-yet`` only if it does once it has begun.
    """

    deadlines: tuple[ListedDeadline, ...]
    rows: pl.DataFrame


def due_rows(ranks: pl.DataFrame, reached: list[Reached], table: Combinations) -> Due:
    """The deadlines of outcomes.

    Args:
        ranks: ``row`` and ``rank`` (place in ``reached``) of every outcome.
        reached: The outcomes; those without rows owe nothing.
    """
    listed: dict[Deadline, ListedDeadline] = {}
    found: list[tuple[int, Deadline, str, bool]] = []
    for rank, item in enumerate(reached):
        for deadline in item.outcome.deadlines if item.rows.size else ():
            whole = replace(deadline, clause=deadline.clause.partition("/")[0])
            listed[whole] = _listed(whole, item, listed.get(whole))
            found.append((rank, whole, item.outcome.answer.value, means_unknown(item)))
    order = sorted(listed, key=lambda one: (one.due, one.directive, one.clause, one.duty, one.clock))
    place = {deadline: number for number, deadline in enumerate(order)}
    by_rank = pl.DataFrame(
        [(rank, place[whole], answer, means) for rank, whole, answer, means in found],
        schema={
            "rank": pl.UInt32,
            "deadline": pl.UInt32,
            "answer": DUE["answer"],
            "means": pl.Boolean,
        },
        orient="row",
    )
    unknown = pl.DataFrame({"combo": table.combos, "unknown": table.unknown_makers}).with_row_index("row")
    rows = (
        ranks.join(by_rank, on="rank")
        .join(unknown.with_columns(pl.col("row").cast(ranks.schema["row"])), on="row")
        # As among the findings: of a maker that nobody knows, only what binds speaks.
        .filter(pl.col("means") | ~pl.col("unknown"))
        .group_by("combo", "deadline")
        .agg(pl.col("answer").min())
        .sort("combo", "deadline")
        .select(pl.col(name).cast(kind) for name, kind in DUE.items())
    )
    return Due(tuple(listed[deadline] for deadline in order), rows)


def _listed(deadline: Deadline, item: Reached, before: ListedDeadline | None) -> ListedDeadline:
    verified = item.outcome.verified
    if before is None:
        return ListedDeadline(deadline, item.outcome.at.limb.cite, item.actors, verified)
    actors = tuple(dict.fromkeys((*before.actors, *item.actors)))
    return replace(before, actors=actors, verified=before.verified and verified)
