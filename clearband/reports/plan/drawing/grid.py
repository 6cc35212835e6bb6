"""Rows by quarters: a bar in each cell, as high as its share of the row's height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clearband.planning.network import NetworkSettings
from clearband.reports.plan.drawing.marks import cross
from clearband.reports.plan.drawing.quarters import ROOM, Quarters
from clearband.reports.plan.drawing.shapes import Drawing

LABEL: Final = 172
_TOP: Final = 36
_ROW: Final = 30
_BAR: Final = 24


@dataclass(frozen=True)
class Cell:
    """A cell: how high (1 is the whole), what is written in it, what is shown beside the pointer."""

    quarter: int
    height: float
    text: str
    tip: str
    kind: str = "use"


def grid(
    name: str,
    title: str,
    description: str,
    rows: Sequence[tuple[str, Sequence[Cell]]],
    settings: NetworkSettings,
) -> Drawing:
    """The chart; ``rows`` are labels with their cells."""
    quarters = Quarters(settings, LABEL)
    bottom = _TOP + _ROW * len(rows)
    drawing = Drawing(name, title, description, bottom + 6)
    quarters.axis(drawing, _TOP, bottom)
    for at, (label, cells) in enumerate(rows):
        base = _TOP + _ROW * (at + 1) - 2
        drawing.text("label", LABEL - 8, base - 8, label, "end", LABEL - 10)
        drawing.line("grid base", LABEL, base, quarters.end, base)
        for cell in cells:
            high = min(max(cell.height, 0.0), 1.0) * _BAR
            if not high:
                continue
            high = max(high, 1.5)
            x = quarters.x(cell.quarter) + 1
            drawing.rect(f"bar {cell.kind}", x, base - high, quarters.step - 2, high, cell.tip)
            if cell.kind == "over":
                drawing.path("cross", cross(x + quarters.step / 2 - 1, base - _BAR / 2))
            elif quarters.step >= ROOM and cell.text:
                inside = high >= 15
                y = base - 4 if inside else base - high - 3
                kind = f"small on-{cell.kind}" if inside else "small"
                drawing.text(kind, x + quarters.step / 2 - 1, y, cell.text, "middle")
    return drawing
