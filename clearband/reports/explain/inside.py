"""What a record contains, in words."""

from __future__ import annotations

from clearband.reports.answers import words_of
from clearband.reports.explain.step import Lines, Row, shown
from clearband.reports.plain_text import count, visible


def what_is_inside(row: Row) -> Lines:
    """The parts that the law prohibits or may reach: the way to each, its maker, answer and clause."""
    lines: Lines = []
    for part in row["contains"] or ():
        words = words_of(part["answer"])
        maker = shown(part, "maker_name", 160) or "maker not known"
        lines.append((0, f"{words.shape} {visible(words.word, 40)}: {shown(part, 'path', 600)}"))
        date = f", {shown(part, 'date', 40)}" if part["date"] else ""
        clause = f"{shown(part, 'directive', 120)} {shown(part, 'clause', 120)}{date}"
        lines.append((1, f"{maker}; record {shown(part, 'record_id', 120)}; {clause}"))
    left = (row["contains_parts"] or 0) - len(row["contains"] or ())
    if left > 0:
        lines.append((0, f"and {count(left, 'part')} more"))
    lines.append((0, "Its own maker is not theirs: what a clause says of components is asked of it."))
    return lines
