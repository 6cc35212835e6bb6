"""The brief as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clearband.impact.form import ImpactTold
from clearband.reports.impact.brief import sections
from clearband.reports.impact.sections import Table
from clearband.reports.plain_text import count, visible

SHOWN: Final = 12
"""Rows of a table."""
_WIDE: Final = 40
"""A column is not padded beyond it; longer cells push the next ones."""
_CELL: Final = 240


def lines(told: ImpactTold) -> Iterator[str]:
    """The brief, a line each."""
    yield visible(f"What {told.draft.short_title} ({told.draft.id}) would do")
    for section in sections(told):
        yield ""
        yield visible(section.title)
        yield from (f"  {visible(line.cells[0])}{_cited(line.sources)}" for line in section.said)
        for table in section.tables:
            yield from _table(table.cut(SHOWN))
    yield ""
    yield "Sources"
    for name, source in told.sources.items():
        dated = f", {source.data_date}" if source.data_date else ""
        unread = "; not read" if source.read is False else ""
        yield f"  {visible(name)}: {visible(source.what)}{visible(dated)}{unread}"


def _cited(sources: tuple[str, ...]) -> str:
    return f"  [{', '.join(map(visible, sources))}]" if sources else ""


def _table(table: Table) -> Iterator[str]:
    yield f"  {visible(table.caption)}"
    cells = [table.head, *(row.cells for row in table.rows)]
    shown = [[visible(cell, _CELL) for cell in row] for row in cells]
    widths = [min(_WIDE, max(len(row[at]) for row in shown)) for at in range(len(table.head))]
    for row, sources in zip(shown, [(), *(row.sources for row in table.rows)], strict=True):
        text = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield f"    {text}{_cited(sources)}"
    if table.left_out:
        yield f"    and {count(table.left_out, 'more row')} (--json shows all)"
