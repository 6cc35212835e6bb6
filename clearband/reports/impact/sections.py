"""The parts of a brief: what is said, and tables whose every row has its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clearband.reports.figure_words import UNVERIFIED


@dataclass(frozen=True)
class Row:
    """A row of a table, or with one cell a line.

    Attributes:
        sources: Ids; a row without a number may have none.
    """

    cells: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass
class Table:
    """A table; what is left out of it is counted."""

    caption: str
    head: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    left_out: int = 0

    def cut(self, limit: int) -> Table:
        """Its first rows."""
        more = max(0, len(self.rows) - limit)
        return Table(self.caption, self.head, self.rows[:limit], self.left_out + more)


@dataclass
class Section:
    """A part of the brief."""

    title: str
    said: list[Row] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def say(self, text: str, sources: Sequence[str] = ()) -> None:
        """Add a line; one that tells a number needs sources."""
        self.said.append(Row((text,), tuple(sources)))

    def table(self, caption: str, head: Sequence[str], rows: Sequence[Row]) -> None:
        """Add a table, unless it is empty."""
        if rows:
            self.tables.append(Table(caption, tuple(head), list(rows)))


def row(told: Any, *cells: object) -> Row:
    """A row of something that is told with its sources; what was not verified there is marked."""
    texts = [str(cell) for cell in cells]
    if not told.verified:
        texts[-1] = f"{texts[-1]} {UNVERIFIED}".strip()
    return Row(tuple(texts), tuple(told.sources))
