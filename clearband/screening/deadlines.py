"""The deadlines of a screening: what must be done by which day, for how many records, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from clearband.directives.due import Due, ListedDeadline
from clearband.directives.law import Law
from clearband.screening.findings import Findings

CERTAIN: Final = ("prohibited", "not-covered")
"""Answers of a clause that owe its duties for certain; ``not-covered`` where it only requires."""

Counts = dict[int, dict[str, int]]


def deadlines(due: Due, findings: Findings, law: Law) -> list[dict[str, Any]]:
    """For ``summary.json``: each deadline with the records that owe it, the soonest first.

    What several clauses of one jurisdiction demand in the same words by the same day is one deadline, with
    its clauses below; a record that several of them reach counts once.

    Args:
        due: Deadlines of clauses, and the combinations that owe them.
        findings: Of the same run, with the records of each combination.
        law: The measures, for their titles.

    Returns:
        ``answers`` counts the records by the surest that a clause says of them: of ``prohibited`` and, where
        a clause only requires, ``not-covered`` the duty is owed for certain; of ``review`` only if the clause
        covers the item, of ``not-yet`` only if it does once it has begun. ``conditional``
        when it is certain of no record.
    """
    places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number in due.rows["deadline"].unique().sort().to_list():
        deadline = due.deadlines[number].deadline
        home = law.measures[deadline.directive].jurisdiction
        places[(deadline.due, deadline.duty, deadline.clock, home)].append(number)
    group_of = {number: group for group, numbers in enumerate(places.values()) for number in numbers}
    rows = due.rows.with_columns(
        pl.col("combo").cast(findings.records.schema["combo"]),
        pl.col("deadline").replace_strict(group_of, return_dtype=pl.UInt32).alias("group"),
    )
    by_clause = _counts(rows.select("combo", "deadline", "answer"), findings)
    whole = _counts(
        rows.group_by("combo", "group").agg(pl.col("answer").min()).rename({"group": "deadline"}), findings
    )
    return [
        _entry([due.deadlines[number] for number in numbers], whole[group], law)
        | {"clauses": [_clause(due.deadlines[number], by_clause[number], law) for number in numbers]}
        for group, numbers in enumerate(places.values())
    ]


def only_of(due: Due, directive: str) -> Due:
    """The deadlines of one measure."""
    kept = [number for number, one in enumerate(due.deadlines) if one.deadline.directive == directive]
    place = {number: at for at, number in enumerate(kept)}
    rows = due.rows.filter(pl.col("deadline").is_in(kept)).with_columns(
        pl.col("deadline").replace_strict(place, return_dtype=due.rows.schema["deadline"])
    )
    return Due(tuple(due.deadlines[number] for number in kept), rows)


def _counts(rows: pl.DataFrame, findings: Findings) -> Counts:
    """Records by deadline and answer, the surest answer first."""
    found: Counts = defaultdict(dict)
    for number, answer, records in (
        findings.count(rows, ["deadline", "answer"]).sort("deadline", "answer").iter_rows()
    ):
        found[number][answer] = records
    return found


def _entry(clauses: Sequence[ListedDeadline], answers: dict[str, int], law: Law) -> dict[str, Any]:
    deadline = clauses[0].deadline
    return {
        "due": deadline.due.isoformat(),
        "overdue": deadline.overdue,
        "duty": deadline.duty,
        "jurisdiction": law.measures[deadline.directive].jurisdiction,
        "clock": deadline.clock,
        "counted_from": deadline.counted_from.isoformat() if deadline.counted_from else None,
        "conditional": not answers.keys() & CERTAIN,
        "records": sum(answers.values()),
        "answers": answers,
    }


def _clause(listed: ListedDeadline, answers: dict[str, int], law: Law) -> dict[str, Any]:
    deadline = listed.deadline
    return {
        "directive": deadline.directive,
        "directive_title": law.measures[deadline.directive].short_title,
        "clause": deadline.clause,
        "cite": listed.cite,
        "actors": list(listed.actors),
        "records": sum(answers.values()),
        "answers": answers,
        "verified": listed.verified,
    }
