"""A drawing: shapes with a class each, written as SVG by a template that escapes everything."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from clearband.reports.page.render import asset, environment
from clearband.reports.plain_text import visible

STYLE: Final = "plan/chart.css"
WIDTH: Final = 760
"""Of every chart, in units of the drawing."""
_LETTER: Final = 6.6
"""Width of a letter of the charts, about."""


@dataclass(frozen=True)
class Shape:
    """One element of a drawing; ``tip`` is its title, shown beside the pointer."""

    tag: str
    attributes: dict[str, str | float]
    text: str = ""
    tip: str = ""


@dataclass
class Drawing:
    """A drawing that grows by shapes. Texts may come from anywhere: nothing hides in what is shown.

    Args:
        name: Of the file and of the element's id; letters and hyphens.
        title: What it shows.
        description: How to read it, for those who do not see it.
        height: In units of the drawing.
    """

    name: str
    title: str
    description: str
    height: float
    width: float = WIDTH
    shapes: list[Shape] = field(default_factory=list)

    def rect(self, kind: str, x: float, y: float, width: float, height: float, tip: str = "") -> None:
        """A rectangle."""
        self._add("rect", kind, {"x": x, "y": y, "width": width, "height": height}, tip=tip)

    def line(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line."""
        self._add("line", kind, {"x1": x1, "y1": y1, "x2": x2, "y2": y2})

    def circle(self, kind: str, x: float, y: float, radius: float, tip: str = "") -> None:
        """A circle."""
        self._add("circle", kind, {"cx": x, "cy": y, "r": radius}, tip=tip)

    def path(self, kind: str, steps: str, tip: str = "") -> None:
        """A path, from numbers and commands that are ours."""
        self._add("path", kind, {"d": steps}, tip=tip)

    def text(self, kind: str, x: float, y: float, text: str, anchor: str = "start", room: float = 0) -> None:
        """A text, cut to its ``room`` when there is one, and then whole beside the pointer."""
        shown = visible(text)
        letters = int(room / _LETTER)
        cut = f"{shown[: letters - 1].rstrip()}…" if room and len(shown) > letters else shown
        self._add("text", kind, {"x": x, "y": y, "text-anchor": anchor}, cut, shown if cut != shown else "")

    def _add(
        self, tag: str, kind: str, places: dict[str, str | float], text: str = "", tip: str = ""
    ) -> None:
        attributes = {
            name: place if isinstance(place, str) else _short(place) for name, place in places.items()
        }
        self.shapes.append(Shape(tag, {"class": kind, **attributes}, text, visible(tip)))

    def svg(self, *, alone: bool) -> str:
        """The drawing as SVG; ``alone`` with its own style, for a file of its own."""
        template = environment().get_template("plan/chart.svg.j2")
        return template.render(drawing=self, alone=alone, style=asset(STYLE))


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def short(value: float) -> str:
    """A coordinate as it stands in a path."""
    return _short(value)


def ticks(largest: float, most: int = 5) -> list[float]:
    """Round numbers from 0 to the first that is not below ``largest``."""
    if largest <= 0:
        return [0.0, 1.0]
    rough = largest / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999999)
    return [step * at for at in range(math.ceil(largest / step - 1e-9) + 1)]


def compact(value: float) -> str:
    """A number in few letters: ``1.2 M``."""
    for size, unit in ((1e12, " tn"), (1e9, " bn"), (1e6, " M"), (1e3, " k")):
        if abs(value) >= size * 0.99995:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"
