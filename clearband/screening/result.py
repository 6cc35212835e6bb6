"""What a screening gives: the equipment with its verdicts and answers, the findings, and the summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from clearband.screening.drafts import DRAFTS_SCHEMA
from clearband.screening.findings import Findings
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


@dataclass(frozen=True)
class Screening:
    """The result of screening inventories.

    Attributes:
        equipment: Equipment columns, verdict columns (without ``record_id`` again), `ANSWER_COLUMNS`, then
            the input's own ``x_`` columns; one row a record, in the order of the input.
        findings: By record in input order, strictest answer first; see `clearband.screening.findings`.
        summary: Counts and lists of ``summary.json``; see `clearband.screening.summary`.
        run: What ``run.json`` says: versions, hashes of inputs and facts, settings.
        tables: What was read from where, with the meaning found for every column.
        approved: `APPROVED_SCHEMA` where an approved list was given: what it says of each record.
        drafts: `DRAFTS_SCHEMA`: what draft measures would say of each record; none of it is in the others.
        merges: `clearband.screening.merging.MERGES_SCHEMA`: which records of several sources became one, and
            which were kept apart; None where nothing was merged.
    """

    equipment: pl.DataFrame
    findings: Findings
    summary: dict[str, Any]
    run: dict[str, Any]
    tables: tuple[TableReport, ...] = field(default=())
    approved: pl.DataFrame | None = None
    drafts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=DRAFTS_SCHEMA))
    merges: pl.DataFrame | None = None
