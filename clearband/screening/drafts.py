"""What draft measures would say of each record: beside the law, never mixed into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.directives.due import Due
from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law
from clearband.directives.maker_match import Register
from clearband.directives.question import Questions
from clearband.model.finding import PRECEDENCE, Answer
from clearband.screening.contested import CONTESTED
from clearband.screening.deadlines import deadlines, only_of
from clearband.screening.findings import FINDINGS_SCHEMA, RECORD_COLUMNS, Findings

DRAFTS_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    **{name: FINDINGS_SCHEMA[name] for name in RECORD_COLUMNS},
    "draft": pl.String,
    "draft_title": pl.String,
    "answer_of_law": pl.String,
    "answer_of_draft": pl.String,
    "directive": pl.String,
    "clause": pl.String,
    "event_date": pl.String,
    "ground": pl.String,
    "question": pl.String,
}
"""One row a record and draft, by draft, then in the order of the input. ``directive`` and ``clause`` decide
under the draft (a draft can permit what a measure of the law prohibits); for ``not-covered`` they came
nearest."""


@dataclass(frozen=True)
class UnderDrafts:
    """What drafts say of combinations.

    Attributes:
        answers: ``combo``, ``draft``, ``draft_title``, ``answer_of_draft`` and `_BEHIND`; no row without
            drafts.
        due: By draft, the deadlines of its own duties.
    """

    answers: pl.DataFrame
    due: dict[str, Due]


def ask_drafts(combos: pl.DataFrame, questions: Questions, law: Law, register: Register) -> UnderDrafts:
    """The answer of every draft for every combination, and what the draft itself would make due."""
    said = {draft.measure.id: evaluate(combos, questions, draft.law, register) for draft in law.drafts}
    found = [
        said[draft.measure.id].answers.select(
            pl.col("combo").cast(combos.schema["combo"]),
            pl.lit(draft.measure.id).alias("draft"),
            pl.lit(draft.measure.short_title).alias("draft_title"),
            pl.col("answer").alias("answer_of_draft"),
            *_BEHIND,
        )
        for draft in law.drafts
    ]
    schema = {name: DRAFTS_SCHEMA[name] for name in ("draft", "draft_title", "answer_of_draft", *_BEHIND)}
    none = pl.DataFrame(schema={"combo": combos.schema["combo"], **schema})
    return UnderDrafts(
        pl.concat(found) if found else none,
        {draft: only_of(evaluation.due, draft) for draft, evaluation in said.items()},
    )


_BEHIND: Final = ("directive", "clause", "event_date", "ground", "question")


def of_records(equipment: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """What each draft says of each record.

    Args:
        equipment: With ``combo``, `CONTESTED`, the answer of the law, and its question.
        answers: Of `ask_drafts`.

    Returns:
        `DRAFTS_SCHEMA`.
    """
    return (
        under_drafts(equipment.with_row_index("place"), answers)
        .sort("draft", "place")
        .select(pl.col(name).cast(dtype) for name, dtype in DRAFTS_SCHEMA.items())
    )


def under_drafts(records: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Records, or groups of them, beside the answer of each draft and of the law.

    Args:
        records: With ``combo``, `CONTESTED`, ``answer`` and ``answer_question``.
        answers: Of `ask_drafts`.
    """
    cleared = (pl.col("answer_of_draft") == Answer.NOT_COVERED) & pl.col(CONTESTED)
    joined = records.with_columns(pl.col("combo").cast(answers.schema["combo"]), answer_of_law="answer")
    return joined.join(answers, on="combo").with_columns(
        # What signals contest is open under a draft as it is under the law.
        pl.when(cleared).then("answer_question").otherwise("question").alias("question"),
        pl.when(cleared)
        .then(pl.lit(Answer.REVIEW.value))
        .otherwise("answer_of_draft")
        .alias("answer_of_draft"),
    )


def summary_of(
    drafts: pl.DataFrame, law: Law, due: dict[str, Due], findings: Findings
) -> list[dict[str, Any]]:
    """For ``summary.json``: by draft, how many records have which answer, and what would be due by when.

    Args:
        drafts: Of `under_drafts`, with ``records`` and ``units``.
        law: The measures, with the drafts.
        due: By draft, its deadlines.
        findings: Of the same run, with the records of each combination.
    """
    rank = {answer.value: place for answer, place in PRECEDENCE.items()}
    counted = (
        drafts.group_by("draft", "answer_of_draft", "answer_of_law")
        .agg(pl.col("records").sum(), pl.col("units").sum())
        .sort(
            "draft",
            pl.col("answer_of_draft").replace_strict(rank, return_dtype=pl.Int64),
            pl.col("answer_of_law").replace_strict(rank, return_dtype=pl.Int64),
        )
    )
    by_draft = counted.partition_by("draft", as_dict=True, include_key=False)
    return [
        {
            "draft": draft.measure.id,
            "title": draft.measure.short_title,
            "answers": by_draft[(draft.measure.id,)].to_dicts() if (draft.measure.id,) in by_draft else [],
            "deadlines": deadlines(due[draft.measure.id], findings, draft.law),
        }
        for draft in law.drafts
    ]
