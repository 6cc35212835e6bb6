"""Amounts over quarters, as steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clearband.planning.network import NetworkSettings
from clearband.reports.plan.drawing.quarters import Quarters
from clearband.reports.plan.drawing.shapes import Drawing, compact, short, ticks

_LEFT: Final = 58
_RIGHT: Final = 134
_TOP: Final = 36
_HIGH: Final = 220
_APART: Final = 15


@dataclass(frozen=True)
class Curve:
    """A value for each quarter; ``kind`` gives the stroke, ``filled`` the ground below it."""

    label: str
    kind: str
    values: Sequence[float]
    filled: bool = False


def curves(
    name: str, title: str, description: str, unit: str, drawn: Sequence[Curve], settings: NetworkSettings
) -> Drawing:
    """The chart: one axis from 0, a step a quarter, the label of each curve at its end."""
    quarters = Quarters(settings, _LEFT, _RIGHT)
    bottom = _TOP + _HIGH
    drawing = Drawing(name, title, description, bottom + 12)
    marks = ticks(max((max(curve.values, default=0) for curve in drawn), default=0))

    def y(value: float) -> float:
        return bottom - value / marks[-1] * _HIGH

    quarters.axis(drawing, _TOP, bottom)
    for mark in marks:
        drawing.line("grid base", _LEFT, y(mark), quarters.end, y(mark))
        drawing.text("soft small", _LEFT - 6, y(mark) + 4, compact(mark), "end")
    drawing.text("soft small", 2, _TOP - 17, unit, room=_LEFT + 20)
    for curve in drawn:
        steps = f"M{short(_LEFT)} {short(y(curve.values[0]))}"
        for at, value in enumerate(curve.values):
            steps += f"V{short(y(value))}H{short(quarters.x(at + 1))}"
        if curve.filled:
            drawing.path(f"ground {curve.kind}", f"{steps}V{short(bottom)}H{short(_LEFT)}Z")
        drawing.path(f"curve {curve.kind}", steps)
    _labels(drawing, [(y(curve.values[-1]), curve) for curve in drawn], quarters.end + 6)
    return drawing


def _labels(drawing: Drawing, ends: list[tuple[float, Curve]], x: float) -> None:
    """Labels beside the ends of the curves, moved apart upwards where they would lie on each other."""
    above = float("inf")
    for at, curve in sorted(ends, key=lambda end: -end[0]):
        above = min(at + 4, above - _APART)
        drawing.text(f"label ink-{curve.kind}", x, above, curve.label, room=_RIGHT)
