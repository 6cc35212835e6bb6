"""Sites where they are, coloured by when: all of them, and the largest regions each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from clearband.reports.plan.drawing.marks import TONES, hexagons, key, points
from clearband.reports.plan.drawing.projection import (
    Frame,
    Projection,
    extent,
    round_kilometres,
    squeeze,
    unwrapped,
)
from clearband.reports.plan.drawing.shapes import WIDTH, Drawing

POINTS: Final = 2000
"""More sites than that are drawn as hexagons, and fewer where most would lie on others."""
PANEL_POINTS: Final = 400
"""The same of a region by itself."""
CLASSES: Final = TONES
_LEFT: Final = 44
_ROOM: Final = WIDTH - _LEFT - 8
_TOP: Final = 4
_APART_SHARE: Final = 0.4
"""Of the sites, so many must have a place of their own to be drawn as points."""
_EDGE: Final = 12
_MOST_HIGH: Final = 520
_LEAST_HIGH: Final = 160
_COLUMNS: Final = 3
_APART: Final = 12
_PANEL: Final = 190
_HEADING: Final = 20
_HEXAGON: Final = 11.0
_PANEL_HEXAGON: Final = 7.0


def site_map(name: str, title: str, description: str, places: pl.DataFrame, labels: Sequence[str]) -> Drawing:
    """All sites in one frame.

    Args:
        name: Of the file.
        title: What it shows.
        description: How to read it.
        places: ``site``, ``latitude``, ``longitude`` (never null), ``class`` (0 to `CLASSES` - 1, null: not
            placed), ``goes``, ``when`` (text for the pointer).
        labels: Of the classes.
    """
    latitude = places["latitude"].to_numpy()
    longitude = unwrapped(places["longitude"].to_numpy())
    middle, wide, high = extent(latitude, longitude)
    scale = _scale(wide, high)
    frame = Frame(_LEFT, _TOP, _ROOM, max(high * scale + 2 * _EDGE, _LEAST_HIGH))
    projection = Projection(middle, scale, frame)
    drawing = Drawing(name, title, description, 0)
    _lattice(drawing, projection)
    x, y = projection.x(longitude), projection.y(latitude)
    if crowded(places):
        hexagons(drawing, places, x, y, labels, _HEXAGON if places.height > POINTS else _PANEL_HEXAGON)
    else:
        points(drawing, places, x, y, labels, _radius(places.height))
    _foot(drawing, _LEFT, frame.y + frame.height + 32, labels, places, scale)
    return drawing


def crowded(places: pl.DataFrame) -> bool:
    """Whether all sites in one frame are drawn as hexagons."""
    if places.height > POINTS:
        return True
    latitude, longitude = places["latitude"].to_numpy(), unwrapped(places["longitude"].to_numpy())
    middle, wide, high = extent(latitude, longitude)
    cell = 2 * _radius(places.height) / _scale(wide, high)
    rows = np.floor(latitude / cell).astype(np.int64)
    columns = np.floor(longitude * squeeze(middle[0]) / cell).astype(np.int64)
    return len(set(zip(rows.tolist(), columns.tolist(), strict=True))) < _APART_SHARE * places.height


def _radius(sites: int) -> float:
    return 5.0 if sites <= 300 else 3.5 if sites <= 900 else 2.6


def _scale(wide: float, high: float) -> float:
    return min((_ROOM - 2 * _EDGE) / wide, (_MOST_HIGH - 2 * _EDGE) / high)


def region_maps(
    name: str,
    title: str,
    description: str,
    regions: Sequence[tuple[str, pl.DataFrame]],
    labels: Sequence[str],
) -> Drawing:
    """A frame a region, all of one scale; ``regions`` are names with places as for `site_map`."""
    columns = min(_COLUMNS, len(regions))
    wide = (WIDTH - _APART * (columns - 1)) / columns
    found = []
    for _, places in regions:
        latitude, longitude = places["latitude"].to_numpy(), unwrapped(places["longitude"].to_numpy())
        found.append((latitude, longitude, extent(latitude, longitude)))
    scale = min(
        min((wide - 2 * _EDGE) / one[2][1] for one in found),
        min((_PANEL - 2 * _EDGE) / one[2][2] for one in found),
    )
    drawing = Drawing(name, title, description, 0)
    bottom = 0.0
    for at, ((label, places), (latitude, longitude, (middle, _, _))) in enumerate(
        zip(regions, found, strict=True)
    ):
        row, column = divmod(at, columns)
        frame = Frame(column * (wide + _APART), row * (_PANEL + _HEADING + _APART) + _HEADING, wide, _PANEL)
        drawing.text("group", frame.x, frame.y - 6, label, room=wide)
        drawing.rect("frame", frame.x, frame.y, frame.width, frame.height)
        projection = Projection(middle, scale, frame)
        x, y = projection.x(longitude), projection.y(latitude)
        if places.height > PANEL_POINTS:
            hexagons(drawing, places, x, y, labels, _PANEL_HEXAGON)
        else:
            points(drawing, places, x, y, labels, 3.2)
        bottom = frame.y + frame.height
    _foot(drawing, 4, bottom + 18, labels, pl.concat([places for _, places in regions]), scale)
    return drawing


def _lattice(drawing: Drawing, projection: Projection) -> None:
    """The frame, with degrees along its edges and a line for each."""
    frame = projection.frame
    right, bottom = frame.x + frame.width, frame.y + frame.height
    drawing.rect("frame", frame.x, frame.y, frame.width, frame.height)
    for degree, name in projection.lattice("latitude", 5):
        y = float(projection.y(np.array(degree)))
        drawing.line("grid", frame.x, y, right, y)
        drawing.text("soft small", frame.x - 5, min(max(y + 4, 11), bottom), name, "end")
    for degree, name in projection.lattice("longitude", 7):
        x = float(projection.x(np.array(degree)))
        drawing.line("grid", x, frame.y, x, bottom)
        if frame.x + 14 < x < right - 14:
            drawing.text("soft small", x, bottom + 14, name, "middle")


def _foot(
    drawing: Drawing, left: float, y: float, labels: Sequence[str], places: pl.DataFrame, scale: float
) -> None:
    """Key and scale below what was drawn; the drawing ends there."""
    y = key(drawing, left, y, labels, places)
    kilometres, units = round_kilometres(scale, WIDTH / 5)
    drawing.path("scale", f"M{left:.1f} {y + 16:.1f}v6h{units:.1f}v-6")
    drawing.text("small soft", left + units + 6, y + 24, f"{kilometres:g} km")
    drawing.height = y + 32
