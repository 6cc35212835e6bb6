"""The summary of a screening: counts by answer, maker, site, measure and actor, and what is unknown."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from clearband.model.finding import PRECEDENCE
from clearband.screening.findings import Findings

SCHEMA: Final = "https://clearband.dev/schema/summary-1.json"
ANSWERS: Final = tuple(answer.value for answer in PRECEDENCE)
"""Every answer, strictest first: the order of tables and of precedence for a record as a whole."""

_ASK_LIMIT: Final = 25


def summarise(
    equipment: pl.DataFrame,
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
        equipment: Equipment with verdicts and answers, one row a record.
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
    quantity = pl.col("quantity").fill_null(1)
    by_answer = equipment.group_by("answer").agg(pl.len().alias("records"), quantity.sum().alias("units"))
    counts = {row["answer"]: row for row in by_answer.iter_rows(named=True)}
    return {
        "schema": SCHEMA,
        "asked": settings,
        "not_asked": not_asked,
        "not_read": not_read,
        "records": equipment.height,
        "units": int(equipment.select(quantity.sum()).item() or 0),
        "invalid_cells": int(equipment.select(pl.col("invalid").list.len().sum()).item() or 0),
        "answers": [
            {"answer": answer, "records": counts[answer]["records"], "units": counts[answer]["units"]}
            for answer in ANSWERS
            if answer in counts
        ],
        "by_actor": _matrix(by_actor, "actor"),
        "by_maker": _matrix(_by_maker(equipment), "maker", "maker_name"),
        "by_site": _matrix(_count(equipment, "site"), "site"),
        "by_directive": _by_directive(findings),
        "by_country_of_production": _matrix(_count(equipment, "made_in"), "made_in"),
        "deadlines": deadlines or [],
        "unidentified": _open_questions(equipment, "unidentified"),
        "review": _open_questions(equipment, "review"),
        "mentions": equipment.filter(pl.col("mentions").list.len() > 0).height,
        "contradictions": equipment.filter(pl.col("contradiction").fill_null(value=False)).height,
        "drafts": drafts or [],
    }


def _count(equipment: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return equipment.group_by(*columns, "answer").agg(pl.len().alias("records"))


def _by_maker(equipment: pl.DataFrame) -> pl.DataFrame:
    """Counts by maker; of several spellings of its name the smallest, whatever the order of records."""
    counted = _count(equipment, "maker", "maker_name")
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


def _open_questions(equipment: pl.DataFrame, answer: str) -> list[dict[str, Any]]:
    """What would decide the open records, most records first."""
    # What would tell the maker goes before what the law would ask of it.
    first = (
        ("would_help", "answer_question") if answer == "unidentified" else ("answer_question", "would_help")
    )
    asked = (
        equipment.filter(pl.col("answer") == answer)
        .with_columns(pl.coalesce(*first).alias("question"))
        .group_by("question")
        .agg(pl.len().alias("records"), pl.col("record_id").head(_ASK_LIMIT).alias("examples"))
        .sort("records", "question", descending=[True, False])
    )
    return asked.to_dicts()
