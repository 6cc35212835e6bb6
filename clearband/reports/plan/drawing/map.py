"""Sites where they are, coloured by when: points, or hexagons where there are too many points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from clearband.reports.plan.drawing.shapes import WIDTH, Drawing, short

POINTS: Final = 2000
"""More sites than that are drawn as hexagons."""
CLASSES: Final = 6
_SIDE: Final = 44
_TOP: Final = 12
_MOST_HIGH: Final = 520
_LEAST_HIGH: Final = 160
_HEX: Final = 11.0
_KILOMETRES: Final = 111.195
"""A degree of latitude (mean radius of the Earth 6371.0 km)."""


@dataclass(frozen=True)
class Projection:
    """Degrees to units of the drawing: equirectangular, true to scale at the middle latitude."""

    west: float
    north: float
    scale: float
    squeeze: float
    x0: float
    height: float

    def x(self, longitude: np.ndarray) -> np.ndarray:
        """Where longitudes lie."""
        return self.x0 + (longitude - self.west) * self.squeeze * self.scale

    def y(self, latitude: np.ndarray) -> np.ndarray:
        """Where latitudes lie."""
        return _TOP + (self.north - latitude) * self.scale


def site_map(name: str, title: str, description: str, places: pl.DataFrame, labels: list[str]) -> Drawing:
    """The chart.

    Args:
        name: Of the file.
        title: What it shows.
        description: How to read it.
        places: ``site``, ``latitude``, ``longitude`` (never null), ``class`` (0 to `CLASSES` - 1, null: not
            placed), ``goes``, ``when`` (text for the pointer).
        labels: Of the classes that are used.
    """
    latitude, longitude = (places[column].to_numpy() for column in ("latitude", "longitude"))
    if longitude.max() - longitude.min() > 180:
        # Sites on both sides of the date line lie beside each other.
        longitude = np.where(longitude < 0, longitude + 360, longitude)
    projection = _projection(latitude, longitude)
    drawing = Drawing(name, title, description, projection.height + 62)
    drawing.rect("frame", _SIDE, _TOP - 8, WIDTH - _SIDE - 8, projection.height + 4)
    _lattice(drawing, projection)
    x, y = projection.x(longitude), projection.y(latitude)
    if places.height > POINTS:
        _hexagons(drawing, places, x, y, labels)
    else:
        _points(drawing, places, x, y)
    _legend(drawing, projection, labels, places)
    return drawing


def _projection(latitude: np.ndarray, longitude: np.ndarray) -> Projection:
    squeeze = max(math.cos(math.radians(float(latitude.min() + latitude.max()) / 2)), 0.05)
    wide = max(float(np.ptp(longitude)) * squeeze, 0.01)
    high = max(float(np.ptp(latitude)), 0.01)
    room = WIDTH - _SIDE - 8 - 24
    scale = min(room / wide, (_MOST_HIGH - 24) / high)
    height = max(high * scale, _LEAST_HIGH)
    middle = _SIDE + 12 + (room - float(np.ptp(longitude)) * squeeze * scale) / 2
    north = float(latitude.max()) + (height - float(np.ptp(latitude)) * scale) / 2 / scale
    return Projection(float(longitude.min()), north, scale, squeeze, middle, height)


def _lattice(drawing: Drawing, projection: Projection) -> None:
    """Degrees along the edges, and a line for each."""
    left, right, bottom = _SIDE, WIDTH - 8, _TOP + projection.height - 4
    south = projection.north - projection.height / projection.scale
    for degree in _degrees(south, projection.north, 5):
        y = float(projection.y(np.array(degree)))
        drawing.line("grid", left, y, right, y)
        drawing.text("soft small", left - 5, y + 4, _named(degree, "N", "S"), "end")
    across = projection.squeeze * projection.scale
    west = projection.west - (projection.x0 - left) / across
    for degree in _degrees(west, west + (right - left) / across, 7):
        x = float(projection.x(np.array(degree)))
        drawing.line("grid", x, _TOP - 8, x, bottom)
        if left + 14 < x < right - 14:
            drawing.text("soft small", x, bottom + 14, _named((degree + 180) % 360 - 180, "E", "W"), "middle")


def _degrees(low: float, high: float, most: int) -> list[float]:
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return [step * at for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _named(degree: float, plus: str, minus: str) -> str:
    side = plus if degree > 1e-9 else minus if degree < -1e-9 else ""
    return f"{abs(round(degree, 3)):g}°{side}"


def _points(drawing: Drawing, places: pl.DataFrame, x: np.ndarray, y: np.ndarray) -> None:
    radius = 5.0 if places.height <= 300 else 3.5 if places.height <= 900 else 2.6
    order = ["goes", "class"]
    drawn = places.with_columns(x=x, y=y).sort(order, nulls_last=False)
    for row in drawn.select("site", "x", "y", "class", "goes", "when").iter_rows(named=True):
        tip = f"{row['site']}: {row['when']}"
        if row["class"] is not None:
            drawing.circle(f"t{row['class']}", row["x"], row["y"], radius, tip)
        elif row["goes"]:
            drawing.path("cross", f"M{row['x'] - 4:.1f} {row['y'] - 4:.1f}l8 8m0 -8l-8 8", tip)
        else:
            drawing.circle("stays", row["x"], row["y"], radius * 0.7, tip)


def _hexagons(
    drawing: Drawing, places: pl.DataFrame, x: np.ndarray, y: np.ndarray, labels: list[str]
) -> None:
    """One hexagon for the sites near its middle: its area by their number, its colour by their middle class."""
    column, row = _nearest(x, y)
    cells = (
        places.with_columns(column=column, row=row)
        .group_by("column", "row")
        .agg(
            sites=pl.len(),
            planned=pl.col("class").count(),
            lost=(pl.col("goes") & pl.col("class").is_null()).sum(),
            middle=pl.col("class").median(),
        )
        .sort("row", "column")
    )
    most = cells["sites"].max()
    assert isinstance(most, int)
    for cell in cells.iter_rows(named=True):
        across = (cell["column"] + (cell["row"] % 2) / 2) * _HEX * math.sqrt(3)
        down = cell["row"] * _HEX * 1.5
        size = _HEX * max(math.sqrt(cell["sites"] / most), 0.3)
        kind, said = "stays", "nothing must go"
        if cell["middle"] is not None:
            middle = math.floor(cell["middle"])
            kind, said = f"t{middle}", f"{cell['planned']:,} with work, half of them by {labels[middle]}"
        elif cell["lost"]:
            kind, said = "lost", f"{cell['lost']:,} with nothing planned for what must go"
        drawing.path(kind, _hexagon(across, down, size), f"{cell['sites']:,} sites: {said}")


def _nearest(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of the hexagon whose middle is nearest: of the two rows around, the nearer one."""
    wide, high = _HEX * math.sqrt(3), _HEX * 1.5
    low = np.floor(y / high).astype(np.int64)
    best: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for row in (low, low + 1):
        shift = (row % 2) / 2
        column = np.rint(x / wide - shift).astype(np.int64)
        away = (x - (column + shift) * wide) ** 2 + (y - row * high) ** 2
        best.append((column, row, away))
    first = best[0][2] <= best[1][2]
    return np.where(first, best[0][0], best[1][0]), np.where(first, best[0][1], best[1][1])


def _hexagon(x: float, y: float, size: float) -> str:
    corners = ((math.sin(at * math.pi / 3), -math.cos(at * math.pi / 3)) for at in range(6))
    return (
        "M" + "L".join(f"{short(x + size * right)} {short(y + size * down)}" for right, down in corners) + "Z"
    )


def _legend(drawing: Drawing, projection: Projection, labels: list[str], places: pl.DataFrame) -> None:
    y = _TOP + projection.height + 32
    x = float(_SIDE)
    marks = [(f"t{at}", label) for at, label in enumerate(labels)]
    if not places["goes"].all():
        marks.append(("stays", "nothing must go"))
    if (places["goes"] & places["class"].is_null()).any():
        marks.append(("cross", "not planned"))
    for kind, label in marks:
        if kind == "cross":
            drawing.path(kind, f"M{x + 1:.1f} {y - 4:.1f}l8 8m0 -8l-8 8")
        else:
            drawing.circle(kind, x + 5, y, 5)
        drawing.text("small", x + 14, y + 4, label)
        x += 28 + 6.3 * len(label)
        if x > WIDTH - 110:
            x, y = float(_SIDE), y + 16
    drawing.height = y + 34
    degree = WIDTH / 5 / projection.scale * _KILOMETRES
    size = 10.0 ** math.floor(math.log10(degree))
    length = next(size * times for times in (5, 2, 1) if size * times <= degree)
    units = length / _KILOMETRES * projection.scale
    drawing.path("scale", f"M{_SIDE} {y + 16:.1f}v6h{units:.1f}v-6")
    drawing.text("small soft", _SIDE + units + 6, y + 24, f"{length:g} km")
