"""From the answers of a screening to what must go, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.model.finding import Answer
from clearband.model.network import MustGo

_HOLDING: Final = ("use", "remove")
"""Actions that are about equipment one has; the others are about buying and paying."""
_GOES: Final = (Answer.PROHIBITED.value, Answer.NOT_YET.value)
_OPEN: Final = (Answer.REVIEW.value, Answer.UNIDENTIFIED.value)
_REMOVAL: Final = r"(?i)^(?:remove|replace|take)\b"
_CITED: Final = ("answer_directive", "answer_clause", "answer_date", "answer_question")


def duties(
    equipment: pl.DataFrame, findings: pl.DataFrame, deadlines: Sequence[dict[str, Any]], start: date
) -> pl.DataFrame:
    """What must go, in the order of the equipment.

    A record must go whose answer is ``prohibited`` or ``not-yet``, or that a clause requires to be removed;
    of one whose answer is ``review`` or ``unidentified`` it is not known. The day is the soonest, not before
    ``start``, of: the last one on which a prohibition of use leaves it in place, and those of duties to
    remove that are certain (of a record that is not known to go: also those that are not).

    Args:
        equipment: Of a run, with answers.
        findings: Of the same run.
        deadlines: Of its summary.
        start: First day of the plan; an earlier day cannot be kept and is told in ``why``.

    Returns:
        ``must_go``, ``remove_by``, ``why``, ``overdue`` (a certain day before ``start``) and ``only_buying``
        (nothing is said of equipment that one has).
    """
    spoken = _spoken(findings)
    found = (
        equipment.select("record_id", "answer", *_CITED)
        .join(_days(spoken, deadlines, start), on="record_id", how="left", maintain_order="left")
        .join(_held(spoken), on="record_id", how="left", maintain_order="left")
        .with_columns(pl.col("required", "holding").fill_null(value=False))
    )
    goes = pl.col("answer").is_in(list(_GOES)) | pl.col("required")
    open_question = pl.col("answer").is_in(list(_OPEN)) & ~goes
    said = pl.concat_str(
        "answer", "answer_directive", "answer_clause", "answer_date", separator=" ", ignore_nulls=True
    )
    asked = pl.concat_str(said, "answer_question", separator=": ", ignore_nulls=True)
    return found.select(
        pl.when(goes)
        .then(pl.lit(MustGo.YES.value))
        .when(open_question)
        .then(pl.lit(MustGo.UNKNOWN.value))
        .otherwise(pl.lit(MustGo.NO.value))
        .alias("must_go"),
        pl.when(goes).then("sure_next").when(open_question).then("any_next").alias("remove_by"),
        pl.when(goes)
        .then(
            said
            + _REQUIRED
            + _told("sure_past", "before the plan begins, out by")
            + _told("sure_next", "out by")
        )
        .when(open_question)
        .then(
            asked
            + _told("any_past", "if so, before the plan begins, out by")
            + _told("any_next", "if so, out by")
        )
        .alias("why"),
        (goes & pl.col("sure_past").is_not_null()).alias("overdue"),
        (goes & ~pl.col("holding")).alias("only_buying"),
    )


_REQUIRED: Final = pl.format("; removal required ({})", "required_by").fill_null("")


def _told(day: str, words: str) -> pl.Expr:
    text = pl.format(f"; {words} {{}} ({{}})", pl.col(day).dt.to_string("%Y-%m-%d"), f"{day}_by")
    return text.fill_null("")


def _spoken(findings: pl.DataFrame) -> pl.DataFrame:
    """What measures say, with the clause that an entry is of, and whether it is about holding."""
    return findings.filter(pl.col("directive").is_not_null() & pl.col("actions").is_not_null()).select(
        "record_id",
        "directive",
        pl.col("clause").str.split("/").list.first(),
        "answer",
        "actions",
        "event",
        pl.col("event_date").str.to_date("%Y-%m-%d", strict=False),
        holding=pl.col("actions").list.set_intersection(list(_HOLDING)).list.len() > 0,
    )


def _held(spoken: pl.DataFrame) -> pl.DataFrame:
    """By record: whether a clause requires removal, and whether anything binding is about holding."""
    required = (pl.col("answer") == Answer.NOT_COVERED.value) & pl.col("actions").list.contains("remove")
    binding = pl.col("answer").is_in(list(_GOES)) & pl.col("holding")
    return spoken.group_by("record_id").agg(
        required.any().alias("required"),
        pl.col("directive").filter(required).min().alias("required_by"),
        (required | binding).any().alias("holding"),
    )


def _days(spoken: pl.DataFrame, deadlines: Sequence[dict[str, Any]], start: date) -> pl.DataFrame:
    """By record the soonest day from ``start`` on and before it, and the measure that names it.

    Returns:
        ``record_id``, and for ``sure`` and ``any``: ``_next``, ``_next_by``, ``_past``, ``_past_by``.
    """
    # A day of compliance is the last one; what takes effect on a day holds from it.
    last = pl.when(pl.col("event") == "compliance-deadline").then("event_date")
    begins = spoken.filter(pl.col("holding") & (pl.col("answer") == Answer.NOT_YET.value)).select(
        "record_id",
        last.otherwise(pl.col("event_date").dt.offset_by("-1d")).alias("day"),
        by="directive",
        sure=pl.lit(value=True),
    )
    owing = spoken.filter(pl.col("answer").is_in([*_GOES, Answer.NOT_COVERED.value, Answer.REVIEW.value]))
    owed = owing.join(_removals(deadlines), on=["directive", "clause"]).select(
        "record_id", "day", by="directive", sure=pl.col("answer") != Answer.REVIEW.value
    )
    every = pl.lit(value=True)
    columns = []
    for name, kept in (("sure", pl.col("sure")), ("any", every)):
        for side, inside in (("next", pl.col("day") >= start), ("past", pl.col("day") < start)):
            columns += [
                pl.col("day").filter(kept & inside).first().alias(f"{name}_{side}"),
                pl.col("by").filter(kept & inside).first().alias(f"{name}_{side}_by"),
            ]
    days = pl.concat([begins, owed]).drop_nulls("day").sort("record_id", "day", "by")
    return days.group_by("record_id", maintain_order=True).agg(columns)


def _removals(deadlines: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Days of duties to remove, by clause."""
    rows = [
        (clause["directive"], clause["clause"], entry["due"], entry["duty"])
        for entry in deadlines
        for clause in entry["clauses"]
    ]
    schema = {"directive": pl.String, "clause": pl.String, "due": pl.String, "duty": pl.String}
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .filter(pl.col("duty").str.contains(_REMOVAL))
        .select("directive", "clause", pl.col("due").str.to_date("%Y-%m-%d").alias("day"))
    )
