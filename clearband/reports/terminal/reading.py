"""How the inputs were read, for the terminal: which column was taken for what, and what to look at."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from clearband.reports.plain_text import count, visible
from clearband.reports.terminal.text import say
from clearband.sources import TableReport

_TABLES = 12
"""Tables whose columns are shown; the report has them all."""
_WARNINGS = 5


def print_reading(tables: Iterable[TableReport], console: Console) -> None:
    """Print one paragraph a table: records, the meaning found for each column, and warnings."""
    tables = tuple(tables)
    if not tables:
        return
    console.print()
    say(console, "How the input was read", "bold")
    for table in tables[:_TABLES]:
        say(console, _table_words(table), indent=2)
        for warning in table.warnings[:_WARNINGS]:
            say(console, f"! {visible(warning, 300)}", indent=4)
        if len(table.warnings) > _WARNINGS:
            say(console, f"! and {len(table.warnings) - _WARNINGS} more warnings: see the report", indent=4)
    if len(tables) > _TABLES:
        say(console, f"and {count(len(tables) - _TABLES, 'more table')}: see the report", indent=2)


def _table_words(table: TableReport) -> str:
    where = visible(table.where, 120) + (" (hidden)" if table.hidden else "")
    if table.skipped:
        return f"{where}: not read: {visible(table.skipped, 200)}"
    used = [
        f"{visible(column.column, 40)} = {column.field}{f' ({column.note})' if column.note else ''}"
        for column in table.columns
        if column.found not in ("kept", "ignored")
    ]
    kept = [visible(column.column, 40) for column in table.columns if column.found == "kept"]
    parts = [count(table.rows_read, "record"), *([", ".join(used)] if used else [])]
    if kept:
        parts.append(f"kept unread: {', '.join(kept[:8])}{', …' if len(kept) > 8 else ''}")
    if table.rows_skipped:
        parts.append(f"{count(table.rows_skipped, 'blank, total, header or page row')} passed over")
    return f"{where}: {'; '.join(parts)}"
