"""Sites on a map: points, or hexagons where there are too many points; and the key."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from clearband.reports.plan.drawing.projection import Numbers
from clearband.reports.plan.drawing.shapes import WIDTH, Drawing, short

TONES: Final = 6
"""Colours of the style sheet, ``t0`` to ``t5``."""


def points(
    drawing: Drawing, places: pl.DataFrame, x: Numbers, y: Numbers, labels: Sequence[str], radius: float
) -> None:
    """A circle a site: hollow where nothing must go, a cross where something must and is not planned."""
    drawn = places.with_columns(x=x, y=y).sort("goes", "class", "site", nulls_last=False)
    for row in drawn.select("site", "x", "y", "class", "goes", "when").iter_rows(named=True):
        tip = f"{row['site']}: {row['when']}"
        if row["class"] is not None:
            drawing.circle(tone(row["class"], labels), row["x"], row["y"], radius, tip)
        elif row["goes"]:
            drawing.path("cross", cross(row["x"], row["y"]), tip)
        else:
            drawing.circle("stays", row["x"], row["y"], radius * 0.7, tip)


def hexagons(
    drawing: Drawing, places: pl.DataFrame, x: Numbers, y: Numbers, labels: Sequence[str], size: float
) -> None:
    """A hexagon for the sites near its middle: its area by their number, its colour by their middle class."""
    column, row = _nearest(x, y, size)
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
    most = max(cells["sites"].to_list(), default=1)
    for cell in cells.iter_rows(named=True):
        across = (cell["column"] + (cell["row"] % 2) / 2) * size * math.sqrt(3)
        radius = size * max(math.sqrt(cell["sites"] / most), 0.3)
        kind, said = "stays", "nothing must go"
        if cell["middle"] is not None:
            middle = math.floor(cell["middle"])
            kind, said = (
                tone(middle, labels),
                f"{cell['planned']:,} with work, half of them by {labels[middle]}",
            )
        elif cell["lost"]:
            kind, said = "lost", f"{cell['lost']:,} with nothing planned for what must go"
        drawing.path(
            kind, _hexagon(across, cell["row"] * size * 1.5, radius), f"{cell['sites']:,} sites: {said}"
        )


def key(drawing: Drawing, left: float, y: float, labels: Sequence[str], places: pl.DataFrame) -> float:
    """The key of what occurs, in lines from ``y`` on; gives the middle of its last line."""
    marks = [(tone(at, labels), label) for at, label in enumerate(labels)]
    if not places["goes"].all():
        marks.append(("stays", "nothing must go"))
    if (places["goes"] & places["class"].is_null()).any():
        marks.append(("cross", "not planned"))
    x = left
    for kind, label in marks:
        wide = 28 + 6.3 * len(label)
        if x > left and x + wide > WIDTH:
            x, y = left, y + 17
        if kind == "cross":
            drawing.path(kind, cross(x + 5, y))
        else:
            drawing.circle(kind, x + 5, y, 5)
        drawing.text("small", x + 14, y + 4, label)
        x += wide
    return y


def tone(at: int, labels: Sequence[str]) -> str:
    """The colour of a class: as far from the others as six tones allow."""
    return f"t{round(at * (TONES - 1) / max(len(labels) - 1, 1))}"


def cross(x: float, y: float) -> str:
    """The path of a cross."""
    return f"M{short(x - 4)} {short(y - 4)}l8 8m0 -8l-8 8"


def _nearest(x: Numbers, y: Numbers, size: float) -> tuple[Numbers, Numbers]:
    """Column and row of the hexagon whose middle is nearest: of the two rows around, the nearer one."""
    wide, high = size * math.sqrt(3), size * 1.5
    low = np.floor(y / high).astype(np.int64)
    best: list[tuple[Numbers, Numbers, Numbers]] = []
    for row in (low, low + 1):
        shift = (row % 2) / 2
        column = np.rint(x / wide - shift).astype(np.int64)
        away = (x - (column + shift) * wide) ** 2 + (y - row * high) ** 2
        best.append((column, row, away))
    first = best[0][2] <= best[1][2]
    return np.where(first, best[0][0], best[1][0]), np.where(first, best[0][1], best[1][1])


def _hexagon(x: float, y: float, size: float) -> str:
    turns = [at * math.pi / 3 for at in range(6)]
    corners = (f"{short(x + size * math.sin(turn))} {short(y - size * math.cos(turn))}" for turn in turns)
    return f"M{'L'.join(corners)}Z"
