"""The axis of quarters that most charts have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.planning.network import NetworkSettings
from clearband.reports.plan.drawing.shapes import WIDTH, Drawing

_RIGHT: Final = 8
ROOM: Final = 24
"""Least width of a quarter in which something can be written."""


@dataclass(frozen=True)
class Quarters:
    """Quarters of the horizon along a drawing.

    Args:
        settings: Of the network.
        left: Where the first begins.
        right: Room behind the last.
    """

    settings: NetworkSettings
    left: float
    right: float = _RIGHT

    @property
    def step(self) -> float:
        """Width of a quarter."""
        return (WIDTH - self.right - self.left) / self.settings.quarters

    @property
    def end(self) -> float:
        """Where the last ends."""
        return WIDTH - self.right

    def x(self, quarter: int) -> float:
        """Where a quarter begins."""
        return self.left + quarter * self.step

    def axis(self, drawing: Drawing, top: float, bottom: float) -> None:
        """Years above ``top``, a line where each begins; the number of each quarter where there is room."""
        last_year = -100.0
        for quarter in range(self.settings.quarters):
            year, number = self.settings.quarter_name(quarter).split("-Q")
            x = self.x(quarter)
            begins = number == "1" or quarter == 0
            drawing.line("grid year" if begins else "grid", x, top - (14 if begins else 0), x, bottom)
            if begins and x - last_year >= 36:
                drawing.text("soft", x + 3, top - 17, year)
                last_year = x
            if self.step >= ROOM:
                drawing.text("soft small", x + self.step / 2, top - 4, f"Q{number}", "middle")
        drawing.line("grid year", self.end, top, self.end, bottom)
