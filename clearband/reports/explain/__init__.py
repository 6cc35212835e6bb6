"""Why a record got its answer, step by step, down to the sources: in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clearband.reports.explain.approved import what_lists_say
from clearband.reports.explain.inside import what_is_inside
from clearband.reports.explain.law import under_drafts, what_the_law_says, who_controls
from clearband.reports.explain.maker import (
    what_it_is,
    what_signals_say,
    what_was_not_evidence,
    what_was_read,
    who_made_it,
)
from clearband.reports.explain.step import Lines, Row, Step
from clearband.reports.plain_text import visible
from clearband.reports.sources import packaged_sources, source_ids
from clearband.reports.sources import what_it_is as source_words

Sources = Mapping[str, Mapping[str, Any]]

__all__ = ["Step", "explain_record", "explanation"]


def explain_record(
    equipment_row: Row,
    findings_rows: Sequence[Row],
    drafts_rows: Sequence[Row] = (),
    on_lists: Sequence[tuple[Row, Row]] = (),
    *,
    sources: Sources | None = None,
) -> list[str]:
    """All that led to a record's answer, as lines of text.

    Args:
        equipment_row: The record's row of ``equipment.parquet``.
        findings_rows: Its rows of ``findings.parquet``.
        drafts_rows: Its rows of ``drafts.parquet``.
        on_lists: Which approved list it was, and its row of ``approved.parquet``.
        sources: What each source id stands for; None takes the packaged facts.

    Returns:
        Lines: a numbered heading for each step, and its content indented below. Nothing in them can move the
        cursor or change the colour of a terminal.
    """
    lines: list[str] = []
    steps = explanation(equipment_row, findings_rows, drafts_rows, on_lists, sources=sources)
    for number, step in enumerate(steps, 1):
        lines.append(f"{number}. {step.title}")
        lines.extend("   " + "  " * level + text for level, text in step.lines)
    return lines


def explanation(
    equipment_row: Row,
    findings_rows: Sequence[Row],
    drafts_rows: Sequence[Row] = (),
    on_lists: Sequence[tuple[Row, Row]] = (),
    *,
    sources: Sources | None = None,
) -> tuple[Step, ...]:
    """The same as steps, for a renderer; drafts and lists have one only where some were asked."""
    reached = [row for row in findings_rows if row["directive"] is not None]
    known = packaged_sources() if sources is None else sources
    return (
        Step("What was read", what_was_read(equipment_row)),
        Step("What each signal says", what_signals_say(equipment_row)),
        Step("What was not evidence", what_was_not_evidence(equipment_row)),
        Step("Who made it", who_made_it(equipment_row)),
        Step("What it is", what_it_is(equipment_row)),
        Step("Who controls the maker", who_controls(reached)),
        *(
            [Step("What is inside it", what_is_inside(equipment_row))]
            if equipment_row.get("contains")
            else []
        ),
        Step("What the law says", what_the_law_says(equipment_row, reached)),
        *([Step("What approved lists say", what_lists_say(on_lists))] if on_lists else []),
        *([Step("Under drafts", under_drafts(drafts_rows))] if drafts_rows else []),
        Step("Sources", _sources(equipment_row, known)),
    )


def _sources(row: Row, sources: Sources) -> Lines:
    cited = dict.fromkeys(
        identifier for piece in row["evidence"] or () for identifier in source_ids(piece["source"])
    )
    return [(0, _source(identifier, sources)) for identifier in cited] or [(0, "No evidence, so no source.")]


def _source(identifier: str, sources: Sources) -> str:
    source = sources.get(identifier, {})
    date = source.get("data_date") or source.get("retrieved")
    what = source_words(identifier, sources) or "not described in the packaged sources"
    return visible(f"{identifier}: {what}" + (f" (data of {date})" if date else ""), 600)
