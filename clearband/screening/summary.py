"""The summary of a screening: counts by answer, maker, site, measure and actor, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.model.finding import PRECEDENCE
from clearband.screening.findings import Findings

SCHEMA: Final = "https://clearband.dev/schema/summary-1.json"
ANSWERS: Final = tuple(answer.value for answer in PRECEDENCE)
"""Every answer, strictest first: the order of tables and of precedence for a record as a whole."""

OPEN: Final = ("unidentified", "review")
"""Answers that are questions."""
EXAMPLES: Final = 25
"""Records named for each question."""


_SUMMED: Final = (
    "answer", "maker", "maker_name", "site", "made_in", "contradiction", "would_help", "answer_question",
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """Records by what a summary tells of them: a row stands for one record, or for several that are alike.

    Attributes:
        groups: ``answer``, verdict and place columns as in the equipment table, ``mentioned``, ``records``,
            ``units``.
        by_site: ``site``, ``answer``, ``records``; groups of several records do not tell their sites.
        examples: ``answer``, ``question``, ``record_id``: some records of each open question.
        invalid_cells: Cells that could not be read.
    """

    groups: pl.DataFrame
    by_site: pl.DataFrame
    examples: pl.DataFrame
    invalid_cells: int

    @classmethod
    def of(cls, equipment: pl.DataFrame) -> Counted:
        """The records of a table, each a group of its own."""
        groups = equipment.select(
            *_SUMMED,
            "record_id",
            mentioned=pl.col("mentions").list.len() > 0,
            records=pl.lit(1, dtype=pl.UInt32),
            units=pl.col("quantity").fill_null(1),
        )
        invalid = int(equipment.select(pl.col("invalid").list.len().sum()).item() or 0)
        examples = (
            with_question(groups)
            .group_by("answer", "question", maintain_order=True)
            .agg(pl.col("record_id").head(EXAMPLES))
            .explode("record_id")
        )
        return cls(groups, _count(groups, "site"), examples, invalid)


def with_question(groups: pl.DataFrame) -> pl.DataFrame:
    """The open groups, with the ``question`` whose answer would decide them."""
    # What would tell the maker goes before what the law would ask of it.
    unidentified = pl.col("answer") == "unidentified"
    first = pl.coalesce("would_help", "answer_question")
    return groups.filter(pl.col("answer").is_in(OPEN)).with_columns(
        question=pl.when(unidentified).then(first).otherwise(pl.coalesce("answer_question", "would_help"))
    )


def summarise(
    counted: Counted,
    findings: Findings,
    by_actor: pl.DataFrame,
    settings: dict[str, Any],
    not_asked: list[dict[str, Any]],
    not_read: list[dict[str, Any]],
    drafts: list[dict[str, Any]] | None = None,
    deadlines: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Summarise a screening.

    Args:
        counted: Its records, with verdicts and answers.
        findings: Findings of the same run.
        by_actor: Columns actor, answer, records.
        settings: The question that was asked (``asked`` of the result).
        not_asked: Measures left out because their actor was not named, with the reason.
        not_read: Sheets that held no table of equipment, with the reason.
        drafts: By draft, how many records have which answer of the law and of the draft.
        deadlines: Duties with their due days, as `clearband.screening.deadlines` gives them.

    Returns:
        Plain JSON values, in the published form ``schemas/summary.schema.json``.
    """
    groups = counted.groups
    by_answer = groups.group_by("answer").agg(pl.col("records").sum(), pl.col("units").sum())
    counts = {row["answer"]: row for row in by_answer.iter_rows(named=True)}
    return {
        "schema": SCHEMA,
        "asked": settings,
        "not_asked": not_asked,
        "not_read": not_read,
        "records": int(groups["records"].sum()),
        "units": int(groups["units"].sum()),
        "invalid_cells": counted.invalid_cells,
        "answers": [
            {"answer": answer, "records": counts[answer]["records"], "units": counts[answer]["units"]}
            for answer in ANSWERS
            if answer in counts
        ],
        "by_actor": _matrix(by_actor, "actor"),
        "by_maker": _matrix(_by_maker(groups), "maker", "maker_name"),
        "by_site": _matrix(counted.by_site, "site"),
        "by_directive": _by_directive(findings),
        "by_country_of_production": _matrix(_count(groups, "made_in"), "made_in"),
        "deadlines": deadlines or [],
        "unidentified": _open_questions(counted, "unidentified"),
        "review": _open_questions(counted, "review"),
        "mentions": int(groups.filter("mentioned")["records"].sum()),
        "contradictions": int(groups.filter(pl.col("contradiction").fill_null(value=False))["records"].sum()),
        "drafts": drafts or [],
    }


def _count(groups: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return groups.group_by(*columns, "answer").agg(pl.col("records").sum())


def _by_maker(groups: pl.DataFrame) -> pl.DataFrame:
    """Counts by maker; of several spellings of its name the smallest, whatever the order of records."""
    counted = _count(groups, "maker", "maker_name")
    named = counted.with_columns(pl.col("maker_name").min().over("maker"))
    return named.group_by("maker", "maker_name", "answer").agg(pl.col("records").sum())


def _matrix(counts: pl.DataFrame, key: str, *labels: str) -> list[dict[str, Any]]:
    """Rows of one key with the count of each answer; most prohibited first, then most records."""
    rows: dict[Any, dict[str, Any]] = {}
    for row in counts.iter_rows(named=True):
        entry = rows.setdefault(
            row[key], {key: row[key], **{name: row[name] for name in labels}, "answers": {}}
        )
        entry["answers"][row["answer"]] = entry["answers"].get(row["answer"], 0) + row["records"]
    for entry in rows.values():
        entry["records"] = sum(entry["answers"].values())
        entry["answers"] = {
            answer: entry["answers"][answer] for answer in ANSWERS if answer in entry["answers"]
        }
    return sorted(
        rows.values(),
        key=lambda entry: (
            *(-entry["answers"].get(answer, 0) for answer in ANSWERS[:3]),
            -entry["records"],
            str(entry[key]),
        ),
    )


def _by_directive(findings: Findings) -> list[dict[str, Any]]:
    # Of several clauses of one measure the strictest speaks for the record, as everywhere in the summary.
    strictest = findings.law.unique(["combo", "directive"], keep="first", maintain_order=True)
    counted = findings.count(strictest, ["directive", "directive_title", "answer"])
    return _matrix(counted, "directive", "directive_title")


def _open_questions(counted: Counted, answer: str) -> list[dict[str, Any]]:
    """What would decide the open records, most records first."""
    of_answer = pl.col("answer") == answer
    examples = counted.examples.filter(of_answer).group_by("question", maintain_order=True)
    asked = (
        with_question(counted.groups.filter(of_answer))
        .group_by("question")
        .agg(pl.col("records").sum())
        .join(
            examples.agg(pl.col("record_id").head(EXAMPLES).alias("examples")),
            on="question", how="left", nulls_equal=True,
        )
        .sort("records", "question", descending=[True, False])
    )  # fmt: skip
    return asked.select("question", "records", "examples").to_dicts()
