"""Shares before and after: a hollow mark, a full mark, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clearband.reports.plan.drawing.shapes import WIDTH, Drawing

_LABEL: Final = 190
_RIGHT: Final = 92
_TOP: Final = 30
_ROW: Final = 22


@dataclass(frozen=True)
class Change:
    """A row: its share before and after, and the most it may have, if anything."""

    label: str
    before: float
    after: float
    most: float | None = None


def changes(
    name: str, title: str, description: str, groups: Sequence[tuple[str, Sequence[Change]]]
) -> Drawing:
    """The chart; ``groups`` are headings with their rows."""
    rows = sum(len(group) + 1 for _, group in groups)
    bottom = _TOP + rows * _ROW
    drawing = Drawing(name, title, description, bottom + 8)
    wide = WIDTH - _RIGHT - _LABEL
    for percent in range(0, 101, 25):
        x = _LABEL + wide * percent / 100
        drawing.line("grid", x, _TOP - 8, x, bottom)
        drawing.text("soft small", x, _TOP - 13, f"{percent} %", "middle")
    y = _TOP + _ROW / 2
    for heading, group in groups:
        drawing.text("group", 4, y + 4, heading)
        y += _ROW
        for change in group:
            before, after = (_LABEL + wide * share for share in (change.before, change.after))
            tip = f"{change.label}: {change.before:.1%} now, {change.after:.1%} at the end"
            drawing.text("label", _LABEL - 12, y + 4, change.label, "end", _LABEL - 16)
            drawing.line("way", before, y, after, y)
            if change.most is not None:
                x = _LABEL + wide * change.most
                drawing.line("most", x, y - 9, x, y + 9)
            drawing.circle("before", before, y, 5, tip)
            drawing.circle("after", after, y, 5, tip)
            text = f"{change.before:.0%} to {change.after:.0%}"
            drawing.text("soft small", WIDTH - 4, y + 4, text, "end")
            y += _ROW
    return drawing
