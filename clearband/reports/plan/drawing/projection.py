"""Degrees to a drawing: equirectangular, true to scale at the middle latitude (Earth's radius 6371 km)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
KILOMETRES: Final = 111.195
"""Of a degree of latitude."""


@dataclass(frozen=True)
class Frame:
    """A rectangle of a drawing, in its units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Projection:
    """Degrees to units of the drawing.

    Args:
        middle: Latitude and longitude that lie in the middle of the frame.
        scale: Units of the drawing for a degree of latitude.
        frame: Where it is drawn.
    """

    middle: tuple[float, float]
    scale: float
    frame: Frame

    @property
    def across(self) -> float:
        """Units for a degree of longitude."""
        return self.scale * squeeze(self.middle[0])

    def x(self, longitude: Numbers) -> Numbers:
        """Where longitudes lie."""
        return self.frame.x + self.frame.width / 2 + (longitude - self.middle[1]) * self.across

    def y(self, latitude: Numbers) -> Numbers:
        """Where latitudes lie."""
        return self.frame.y + self.frame.height / 2 - (latitude - self.middle[0]) * self.scale

    def lattice(self, along: str, most: int) -> list[tuple[float, str]]:
        """Round degrees with their names, ``along`` ``latitude`` or ``longitude``."""
        upright = along == "latitude"
        half = self.frame.height / 2 / self.scale if upright else self.frame.width / 2 / self.across
        at = self.middle[0 if upright else 1]
        return [
            (degree, _named(degree, "N", "S") if upright else _named((degree + 180) % 360 - 180, "E", "W"))
            for degree in _degrees(at - half, at + half, most)
        ]


def squeeze(latitude: float) -> float:
    """A degree of longitude at a latitude, in degrees of latitude."""
    return max(math.cos(math.radians(latitude)), 0.05)


def unwrapped(longitude: Numbers) -> Numbers:
    """Longitudes in which sites on both sides of the date line lie beside each other."""
    return np.where(longitude < 0, longitude + 360, longitude) if np.ptp(longitude) > 180 else longitude


def extent(latitude: Numbers, longitude: Numbers) -> tuple[tuple[float, float], float, float]:
    """Middle, width and height of what has sites, in degrees of latitude; at least a hundredth."""
    middle = (
        float(latitude.min() + latitude.max()) / 2,
        float(longitude.min() + longitude.max()) / 2,
    )
    wide = max(float(np.ptp(longitude)) * squeeze(middle[0]), 0.01)
    return middle, wide, max(float(np.ptp(latitude)), 0.01)


def round_kilometres(scale: float, room: float) -> tuple[float, float]:
    """A round length that fits into so many units of a drawing: kilometres, and units."""
    most = room / scale * KILOMETRES
    size = 10.0 ** math.floor(math.log10(most))
    length = next(size * times for times in (5, 2, 1) if size * times <= most)
    return length, length / KILOMETRES * scale


def _degrees(low: float, high: float, most: int) -> list[float]:
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough * 0.999999)
    return [step * at for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _named(degree: float, plus: str, minus: str) -> str:
    shown = round(degree, 3)
    return f"{abs(shown):g}°{plus if shown > 0 else minus if shown < 0 else ''}"
