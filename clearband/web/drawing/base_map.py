"""Land and borders, as far as a map shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Line = npt.NDArray[np.float64]
KINDS: Final = ("land", "countries", "states", "counties")


@dataclass(frozen=True)
class Window:
    """What a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.north - self.south


@dataclass(frozen=True)
class Shapes:
    """Lines of one kind, and the window of each: west, south, east, north in rows of four."""

    lines: tuple[Line, ...]
    windows: npt.NDArray[np.float64]

    def within(self, window: Window) -> list[Line]:
        """The lines that may be seen in a window."""
        west, south, east, north = self.windows.T
        seen = (
            (west <= window.east) & (east >= window.west) & (south <= window.north) & (north >= window.south)
        )
        return [self.lines[number] for number in np.flatnonzero(seen)]


@dataclass(frozen=True)
class BaseMap:
    """The shapes and where they come from.

    Attributes:
        shapes: By kind (`KINDS`).
        sources: ``what``, ``from`` and perhaps a ``note`` each.
    """

    shapes: dict[str, Shapes]
    sources: tuple[dict[str, str], ...]


@lru_cache(maxsize=1)
def base_map() -> BaseMap:
    """The packaged map, read once."""
    text = (files("clearband.web.basemap") / "shapes.json").read_text(encoding="utf-8")
    held: dict[str, Any] = json.loads(text)
    return BaseMap({kind: _shapes(held[kind], held["precision"]) for kind in KINDS}, tuple(held["sources"]))


def _shapes(lines: list[list[int]], precision: float) -> Shapes:
    degrees = tuple(np.cumsum(np.array(line).reshape(-1, 2), axis=0) * precision for line in lines)
    windows = np.array([[*line.min(axis=0), *line.max(axis=0)] for line in degrees])
    return Shapes(degrees, windows)
