"""The records that the page shows, each once, with its findings inside and a link to the grounds of each.

Most findings of an inventory share their ground: a hundred routers meet the same clause with the same dates,
exceptions and duties. Each distinct ground is written out once; a record carries one line a clause, with what
is its own (the question, the path of control), and points to it. That keeps the page short enough to be read,
printed and signed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from clearband.reports.answers import RANK

if TYPE_CHECKING:
    from clearband.screening.result import Screening

Row = dict[str, Any]

_OF_THE_GROUND: Final = (
    "directive",
    "directive_title",
    "clause",
    "cite",
    "answer",
    "actors",
    "actions",
    "event",
    "event_date",
    "until",
    "ground",
    "would_change",
    "duties",
    "verified",
    "own",
)
"""Findings columns that many records share."""

FINDINGS: Final = 24
"""Findings shown inside a record at most, strictest first."""

QUESTIONS: Final = 6
"""Answers and questions of these findings shown inside a record at most."""

EVIDENCE: Final = 4
"""Pieces of evidence shown inside a record, heaviest first."""

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
    "contains",
    "contains_parts",
    "merged_from",
    "merged_because",
)


@dataclass
class Ground:
    """What a clause says of records, written out once.

    Attributes:
        number: From 1, in order of first appearance.
        row: The shared columns of the findings.
        records: How many of the records shown it reaches.
    """

    number: int
    row: Row
    records: int = 0


@dataclass(frozen=True)
class ShownFinding:
    """One finding inside a record."""

    row: Row
    ground: Ground


@dataclass(frozen=True)
class ShownRecord:
    """One record of the page.

    Attributes:
        evidence: The pieces that weigh most.
        evidence_left_out: How many pieces the page leaves out.
        findings: Its strictest findings, those with the same answer and question together.
        findings_total: How many it has.
        left_out: Answer and number of the findings that the page leaves out.
        decided_by: The finding that gave the record its answer.
        ground: Its ground.
        control: The paths from its maker to organisations that the law names.
    """

    row: Row
    evidence: list[Row]
    evidence_left_out: int
    findings: list[list[ShownFinding]]
    findings_total: int
    left_out: list[tuple[str, int]]
    decided_by: Row | None
    ground: Ground | None
    control: list[str]


@dataclass(frozen=True)
class ShownRecords:
    """The records of the page.

    Attributes:
        records: Strictest answer first, then in the order of the input.
        grounds: The distinct grounds of their findings, by measure.
        total: Records of the screening.
        left_out: Answer and number of the records that the page leaves out.
    """

    records: list[ShownRecord]
    grounds: dict[str, list[Ground]]
    total: int
    left_out: list[tuple[str, int]]

    @property
    def answers(self) -> list[str]:
        """The answers of the records shown, in their order."""
        return list(dict.fromkeys(record.row["answer"] for record in self.records if record.row["answer"]))

    @property
    def clause_grounds(self) -> dict[tuple[str, str], int]:
        """The number of the first ground of each clause, by directive and clause without its entry."""
        found: dict[tuple[str, str], int] = {}
        for group in self.grounds.values():
            for ground in group:
                clause = (ground.row["clause"] or "").partition("/")[0]
                found.setdefault((ground.row["directive"], clause), ground.number)
        return found


def shown_records(screening: Screening, limit: int) -> ShownRecords:
    """Choose the records of the page: the strictest first, at most ``limit``."""
    equipment = screening.equipment
    # Only the answers are sorted, not the whole table: it can have millions of rows.
    rank = pl.col("answer").replace_strict(RANK, default=-1, return_dtype=pl.Int32)
    ranked = equipment.select("answer", rank.alias("rank")).with_row_index("order").sort("rank", "order")
    columns = [name for name in _SHOWN if name in equipment.columns]
    shown = equipment.select(columns)[ranked["order"].head(limit)]
    rest = ranked.slice(limit).group_by("answer", maintain_order=True).len()
    wanted = screening.findings.of_records(shown["record_id"])
    by_record: dict[str, list[Row]] = defaultdict(list)
    for finding in wanted.iter_rows(named=True):
        by_record[finding["record_id"]].append(finding)
    grounds: dict[str, Ground] = {}
    records = [_record(row, by_record[row["record_id"]], grounds) for row in shown.iter_rows(named=True)]
    return ShownRecords(
        records, _by_measure(grounds.values()), equipment.height, [(row[0], row[1]) for row in rest.rows()]
    )


def _record(row: Row, findings: list[Row], grounds: dict[str, Ground]) -> ShownRecord:
    reached = [finding for finding in findings if finding["directive"] is not None]
    # Every ground is written out, also of the findings that are only counted inside the record.
    all_of_them = [ShownFinding(finding, _ground(finding, grounds)) for finding in reached]
    pieces = sorted(row["evidence"] or (), key=lambda piece: -abs(piece["weight"] or 0))
    shown = _alike(all_of_them[:FINDINGS])[:QUESTIONS]
    total = Counter(finding["answer"] for finding in reached)
    total.subtract(finding.row["answer"] for group in shown for finding in group)
    decided_by = _decided_by(row, reached)
    return ShownRecord(
        row=row,
        evidence=pieces[:EVIDENCE],
        evidence_left_out=max(len(pieces) - EVIDENCE, 0),
        findings=shown,
        findings_total=len(reached),
        left_out=[(answer, number) for answer, number in total.items() if number],
        decided_by=decided_by,
        ground=_ground_of(decided_by, row, all_of_them),
        control=list(dict.fromkeys(finding["control"] for finding in reached if finding["control"])),
    )


def _alike(findings: list[ShownFinding]) -> list[list[ShownFinding]]:
    """Findings with the same answer and question together: one question is read once."""
    groups: dict[tuple[str, str | None], list[ShownFinding]] = defaultdict(list)
    for finding in findings:
        groups[(finding.row["answer"], finding.row["question"])].append(finding)
    return list(groups.values())


def _ground(finding: Row, grounds: dict[str, Ground]) -> Ground:
    shared = {name: finding[name] for name in _OF_THE_GROUND}
    ground = grounds.setdefault(repr(shared), Ground(len(grounds) + 1, shared))
    ground.records += 1
    return ground


def _by_measure(grounds: Iterable[Ground]) -> dict[str, list[Ground]]:
    measures: dict[str, list[Ground]] = defaultdict(list)
    for ground in grounds:
        measures[ground.row["directive_title"] or ground.row["directive"]].append(ground)
    return {
        title: sorted(group, key=lambda ground: (RANK.get(ground.row["answer"], -1), ground.number))
        for title, group in measures.items()
    }


def _decided_by(row: Row, findings: list[Row]) -> Row | None:
    """The finding that gave the record its answer: same clause, and of several the one with that answer."""
    named = [
        finding
        for finding in findings
        if (finding["directive"], finding["clause"]) == (row["answer_directive"], row["answer_clause"])
    ]
    same = [finding for finding in named if finding["answer"] == row["answer"]]
    return next(iter(same or named), None)


def _ground_of(decided_by: Row | None, row: Row, findings: list[ShownFinding]) -> Ground | None:
    """The ground of the deciding finding, where it says what the record's own ground says."""
    return next(
        (
            finding.ground
            for finding in findings
            if finding.row is decided_by and finding.row["ground"] == row["answer_ground"]
        ),
        None,
    )
