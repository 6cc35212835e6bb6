"""The records that the page shows, each once, with its findings inside and a link to its reasoning.

Most records of an inventory share their reasoning: a hundred routers of one maker meet the same clauses with
the same dates and grounds. Each distinct reasoning is written out once and numbered; a record carries one
line a clause and points to it. That keeps the page short enough to be read, printed and signed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from clearband.reports.answers import RANK

if TYPE_CHECKING:
    from clearband.screening.result import Screening

Row = dict[str, Any]

_OF_THE_RECORD: Final = (
    "record_id",
    "source",
    "maker",
    "maker_name",
    "brand",
    "model",
    "category",
    "site",
    "quantity",
    "confidence",
)
"""Findings columns that describe the record, not the reasoning."""

_SHOWN: Final = (
    "record_id",
    "source",
    "parent_id",
    "site",
    "model",
    "part_number",
    "category",
    "category_basis",
    "brand",
    "maker",
    "maker_name",
    "maker_status",
    "confidence",
    "evidence",
    "runner_up",
    "runner_up_confidence",
    "quantity",
    "answer",
    "answer_directive",
    "answer_clause",
    "answer_date",
    "answer_ground",
    "answer_question",
    "would_help",
)


@dataclass
class Reasoning:
    """One distinct set of findings, written out once.

    Attributes:
        number: From 1, in order of first appearance.
        findings: The findings, strictest first, without the columns of the record.
        records: How many of the records shown share it.
        makers: Makers of those records.
    """

    number: int
    findings: list[Row]
    records: int = 0
    makers: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownRecord:
    """One record of the page."""

    row: Row
    findings: list[Row]
    decided_by: Row | None
    reasoning: Reasoning | None


@dataclass(frozen=True)
class ShownRecords:
    """The records of the page.

    Attributes:
        records: Strictest answer first, then in the order of the input.
        reasonings: The distinct reasonings of these records.
        total: Records of the screening.
        left_out: Answer and number of the records that the page leaves out.
    """

    records: list[ShownRecord]
    reasonings: list[Reasoning]
    total: int
    left_out: list[tuple[str, int]]

    @property
    def answers(self) -> list[str]:
        """The answers of the records shown, in their order."""
        return list(dict.fromkeys(record.row["answer"] for record in self.records if record.row["answer"]))


def shown_records(screening: Screening, limit: int) -> ShownRecords:
    """Choose the records of the page: the strictest first, at most ``limit``."""
    equipment = screening.equipment
    rank = pl.col("answer").replace_strict(RANK, default=-1, return_dtype=pl.Int32)
    ranked = equipment.lazy().with_row_index("_order").sort(rank, "_order", maintain_order=True)
    columns = [name for name in _SHOWN if name in equipment.columns]
    shown = ranked.head(limit).select(columns).collect()
    rest = ranked.slice(limit).group_by("answer", maintain_order=True).len().collect()
    wanted = screening.findings.filter(pl.col("record_id").is_in(shown["record_id"].implode()))
    by_record: dict[str, list[Row]] = defaultdict(list)
    for finding in wanted.iter_rows(named=True):
        by_record[finding["record_id"]].append(finding)
    reasonings: dict[str, Reasoning] = {}
    records = [_record(row, by_record[row["record_id"]], reasonings) for row in shown.iter_rows(named=True)]
    return ShownRecords(
        records, list(reasonings.values()), equipment.height, [(row[0], row[1]) for row in rest.rows()]
    )


def _record(row: Row, findings: list[Row], reasonings: dict[str, Reasoning]) -> ShownRecord:
    reached = [finding for finding in findings if finding["directive"] is not None]
    return ShownRecord(row, reached, _decided_by(row, reached), _reasoning(row, reached, reasonings))


def _decided_by(row: Row, findings: list[Row]) -> Row | None:
    """The finding that gave the record its answer: same clause, and of several the one with that answer."""
    named = [
        finding
        for finding in findings
        if (finding["directive"], finding["clause"]) == (row["answer_directive"], row["answer_clause"])
    ]
    same = [finding for finding in named if finding["answer"] == row["answer"]]
    return next(iter(same or named), None)


def _reasoning(row: Row, findings: list[Row], reasonings: dict[str, Reasoning]) -> Reasoning | None:
    if not findings:
        return None
    shared = [{key: value for key, value in one.items() if key not in _OF_THE_RECORD} for one in findings]
    key = repr(shared)
    reasoning = reasonings.setdefault(key, Reasoning(len(reasonings) + 1, shared))
    reasoning.records += 1
    reasoning.makers[row["maker_name"] or row["maker"] or "maker not known"] = None
    return reasoning
