"""One step of an explanation: a title and indented lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clearband.reports.plain_text import visible

Row = Mapping[str, Any]
"""A row of ``equipment.parquet`` or ``findings.parquet``."""

Lines = list[tuple[int, str]]
"""Indentation level (0, 1 …) and text."""


@dataclass(frozen=True)
class Step:
    """One step of an explanation.

    Attributes:
        title: What the step is about.
        lines: Indentation level and text of each line.
    """

    title: str
    lines: Lines


def shown(row: Row, name: str, limit: int = 300) -> str:
    """The cell as harmless text; empty when absent."""
    return visible(row[name], limit)
