"""A chart with the table of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clearband.reports.plan.drawing.shapes import Drawing


@dataclass(frozen=True)
class Table:
    """Numbers of a chart.

    Attributes:
        columns: Their names; the first holds what the row is about.
        rows: Cells; numbers are shown as they stand, with their ``form`` (a format of Python).
        form: Of the numbers.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    form: str = ",.0f"

    def text(self, value: Any) -> str:
        """A cell as text; an empty one for what is not there."""
        if value is None:
            return ""
        return value if isinstance(value, str) else f"{value:{self.form}}"


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes:
        section: Where it stands on the page.
        title: Its heading.
        drawing: None where there is nothing to draw, and then the notes say why.
        notes: How to read it, and what is left out.
    """

    section: str
    title: str
    drawing: Drawing | None
    notes: tuple[str, ...]
    table: Table | None
