"""The explanation of one record on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from clearband.reports.explain import explanation
from clearband.reports.terminal.text import say


def print_explanation(
    equipment_row: Mapping[str, Any],
    findings_rows: Sequence[Mapping[str, Any]],
    console: Console | None = None,
    *,
    drafts_rows: Sequence[Mapping[str, Any]] = (),
    on_lists: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]] = (),
    sources: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Print why a record got its answer: a heading for each step, its lines indented and wrapped below.

    Args:
        equipment_row: The record's row of ``equipment.parquet``.
        findings_rows: Its rows of ``findings.parquet``.
        console: Where to print; None is standard output.
        drafts_rows: Its rows of ``drafts.parquet``.
        on_lists: Which approved list it was, and its row of ``approved.parquet``.
        sources: What each source id stands for; None takes the packaged facts.
    """
    console = console or Console()
    steps = explanation(equipment_row, findings_rows, drafts_rows, on_lists, sources=sources)
    for number, step in enumerate(steps, 1):
        say(console, f"{number}. {step.title}", "bold")
        for level, text in step.lines:
            say(console, text, indent=3 + 2 * level)
