"""What a screening gives: the equipment with its verdicts and answers, the findings, and the summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from clearband.sources import TableReport

ANSWER_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "answer": pl.String,
    "answer_directive": pl.String,
    "answer_clause": pl.String,
    "answer_date": pl.String,
    "answer_ground": pl.String,
    "answer_question": pl.String,
}
"""The answer for the record as a whole, behind the equipment and verdict columns: the strictest over all
actors asked, the measure and date that decided it, the ground in words, and for ``review`` and
``unidentified`` the question whose answer would decide."""

FINDINGS_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "record_id": pl.String,
    "source": pl.String,
    "maker": pl.String,
    "maker_name": pl.String,
    "brand": pl.String,
    "model": pl.String,
    "category": pl.String,
    "site": pl.String,
    "quantity": pl.Int64,
    "confidence": pl.Float64,
    "directive": pl.String,
    "directive_title": pl.String,
    "clause": pl.String,
    "cite": pl.String,
    "answer": pl.String,
    "actors": pl.List(pl.String),
    "actions": pl.List(pl.String),
    "event": pl.String,
    "event_date": pl.String,
    "until": pl.String,
    "control": pl.String,
    "ground": pl.String,
    "question": pl.String,
    "would_change": pl.List(pl.String),
    "duties": pl.List(pl.String),
    "verified": pl.Boolean,
}
"""One row a record and clause that reaches it, for a maker that nobody knows one row a measure; a record that
no clause reaches has one row with a null ``directive`` and the answer ``not-covered`` or ``unidentified``.
Dates are ISO text, as exact as known."""


@dataclass(frozen=True)
class Screening:
    """The result of screening inventories.

    Attributes:
        equipment: Equipment columns, verdict columns (without ``record_id`` again), `ANSWER_COLUMNS`, then
            the input's own ``x_`` columns; one row a record, in the order of the input.
        findings: `FINDINGS_SCHEMA`, sorted by record in input order, strictest answer first.
        summary: Counts and lists of ``summary.json``; see `clearband.screening.summary`.
        run: What ``run.json`` says: versions, hashes of inputs and facts, settings.
        tables: What was read from where, with the meaning found for every column.
    """

    equipment: pl.DataFrame
    findings: pl.DataFrame
    summary: dict[str, Any]
    run: dict[str, Any]
    tables: tuple[TableReport, ...] = field(default=())
