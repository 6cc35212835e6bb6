"""A map of sites as SVG: land and borders, and a mark for each place by its strictest answer.

Drawn so that a degree east is as long as one north in the middle of the map (equirectangular with that
standard parallel), which is right to a few per cent for a country and readable for the world. Colours are
classes of the style sheet; each mark has the shape of its answer, its size grows with the number of records,
and all it says stands in a table beside it as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from markupsafe import Markup, escape

from clearband.reports.answers import ANSWER_WORDS, RANK
from clearband.web.drawing.base_map import KINDS, Line, Window, base_map

WIDTH: Final = 960
_TALLEST: Final = 640
_SHORTEST: Final = 320
_MARGIN: Final = 0.12
_LEAST: Final = 0.6
"""Degrees that a map shows at least: a single site stands in its county."""
_MARKS: Final = 1_500
"""Marks drawn at most; where there are more, those near each other become one."""
_LARGE: Final = 200
"""Marks that are drawn in full size."""
_CELL: Final = 14
"""Pixels within which marks become one."""
_COUNTIES_BELOW: Final = 12.0
_STATES_BELOW: Final = 90.0
_KILOMETRES: Final = 111.32
"""Of a degree of latitude."""


@dataclass(frozen=True)
class Site:
    """A place.

    Attributes:
        name: As the inventory calls it.
        latitude, longitude: Degrees.
        answers: How many records have each answer.
        address: Of the page that lists them.
    """

    name: str
    latitude: float
    longitude: float
    answers: dict[str, int] = field(default_factory=dict)
    address: str = ""

    @property
    def records(self) -> int:
        """How many records."""
        return sum(self.answers.values())

    @property
    def strictest(self) -> str:
        """The strictest answer of its records."""
        return min(self.answers, key=lambda answer: RANK.get(answer, -1), default="not-covered")


def sites_map(sites: Sequence[Site], *, title: str, chosen: str | None = None) -> Markup:
    """Draw sites.

    Args:
        sites: At least one.
        title: What the map shows, for those who do not see it.
        chosen: Name of a site that is marked out.
    """
    window = _window(sites)
    scale = WIDTH / (window.width * _shrink(window))
    height = round(window.height * scale)
    parts = [
        Markup('<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}">').format(
            WIDTH, height, title
        ),
        Markup('<rect class="map-sea" width="{}" height="{}"/>').format(WIDTH, height),
        *_lines(window, scale),
        *_marks(_gathered(sites, window, scale), chosen),
        _bar(scale, height),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def _shrink(window: Window) -> float:
    """How long a degree of longitude is beside one of latitude."""
    return max(math.cos(math.radians((window.south + window.north) / 2)), 0.1)


def _window(sites: Sequence[Site]) -> Window:
    south, north = min(site.latitude for site in sites), max(site.latitude for site in sites)
    west, east = min(site.longitude for site in sites), max(site.longitude for site in sites)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.1)
    high = max(north - south, _LEAST) * (1 + 2 * _MARGIN)
    wide = max(east - west, _LEAST / shrink) * (1 + 2 * _MARGIN)
    # As wide and tall as the picture may be.
    high = max(high, wide * shrink * _SHORTEST / WIDTH)
    wide = max(wide, high * WIDTH / _TALLEST / shrink)
    x, y = (west + east) / 2, (south + north) / 2
    return Window(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _lines(window: Window, scale: float) -> list[Markup]:
    wanted = {
        "land": True,
        "countries": True,
        "states": window.width < _STATES_BELOW,
        "counties": window.width < _COUNTIES_BELOW,
    }
    drawn = []
    for kind in KINDS:
        if wanted[kind]:
            close = "Z" if kind == "land" else ""
            path = "".join(
                _path(line, window, scale) + close for line in base_map().shapes[kind].within(window)
            )
            drawn.append(Markup('<path class="map-{}" d="{}"/>').format(kind, path))
    return drawn


def _path(line: Line, window: Window, scale: float) -> str:
    x, y = _pixels(line[:, 0], line[:, 1], window, scale)
    # Far outside the picture nothing is seen, and long numbers only cost.
    x, y = np.clip(x, -2_000, WIDTH + 2_000), np.clip(y, -2_000, 4_000)
    points = np.column_stack([x, y]).round(1)
    moved = np.any(np.diff(points, axis=0) != 0, axis=1)
    points = points[np.concatenate([[True], moved])]
    return "M" + "L".join(f"{a:g} {b:g}" for a, b in points)


def _pixels(longitude: Line, latitude: Line, window: Window, scale: float) -> tuple[Line, Line]:
    return (longitude - window.west) * _shrink(window) * scale, (window.north - latitude) * scale


@dataclass(frozen=True)
class _Mark:
    x: float
    y: float
    sites: tuple[Site, ...]


def _gathered(sites: Sequence[Site], window: Window, scale: float) -> list[_Mark]:
    """Marks, the mildest first, so that the strictest lie on top."""
    longitude = np.array([site.longitude for site in sites])
    latitude = np.array([site.latitude for site in sites])
    x, y = _pixels(longitude, latitude, window, scale)
    groups: dict[tuple[int, int], list[int]] = {}
    for number in range(len(sites)):
        cell = (int(x[number] // _CELL), int(y[number] // _CELL)) if len(sites) > _MARKS else (number, 0)
        groups.setdefault(cell, []).append(number)
    marks = [
        _Mark(float(x[group].mean()), float(y[group].mean()), tuple(sites[one] for one in group))
        for group in groups.values()
    ]
    return sorted(marks, key=lambda mark: -min(RANK.get(site.strictest, -1) for site in mark.sites))


def _marks(marks: list[_Mark], chosen: str | None) -> list[Markup]:
    # Many small marks beside each other say more than a few large ones on top of each other.
    size = 1.0 if len(marks) <= _LARGE else 0.6
    return [_mark(mark, size, chosen) for mark in marks]


def _mark(mark: _Mark, size: float, chosen: str | None) -> Markup:
    strictest = min((site.strictest for site in mark.sites), key=lambda answer: RANK.get(answer, -1))
    records = sum(site.records for site in mark.sites)
    radius = min(4 + 1.6 * math.log2(1 + records), 16) * size
    what = mark.sites[0].name if len(mark.sites) == 1 else f"{len(mark.sites)} sites"
    told = ", ".join(
        f"{sum(site.answers.get(answer, 0) for site in mark.sites)} {words.word}"
        for answer, words in ANSWER_WORDS.items()
        if any(site.answers.get(answer) for site in mark.sites)
    )
    picked = " map-chosen" if chosen is not None and any(site.name == chosen for site in mark.sites) else ""
    body = Markup('<g class="map-mark answer-{}{}"><title>{}: {}</title>{}</g>').format(
        strictest, picked, what, told, _shape(strictest, mark.x, mark.y, radius)
    )
    address = mark.sites[0].address if len(mark.sites) == 1 else ""
    if not address:
        return body
    return Markup('<a href="{}" aria-label="{}: {}">{}</a>').format(address, what, told, body)


def _shape(answer: str, x: float, y: float, radius: float) -> Markup:
    """A square, diamond, triangle or circle: the same shapes as the badges."""
    corners = {
        "prohibited": (45, 4),
        "review": (0, 4),
        "exempt": (0, 4),
        "not-yet": (-90, 3),
        "advised-against": (90, 3),
    }
    if answer not in corners:
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(x, y, radius * 0.85)
    turn, sides = corners[answer]
    angles = [math.radians(turn + 360 * side / sides) for side in range(sides)]
    points = " ".join(f"{x + radius * math.cos(one):.1f},{y + radius * math.sin(one):.1f}" for one in angles)
    return Markup('<polygon points="{}"/>').format(points)


def _bar(scale: float, height: int) -> Markup:
    """How long a distance is on the map."""
    for kilometres in (2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1):
        length = kilometres / _KILOMETRES * scale
        if length <= WIDTH / 4:
            break
    y = height - 14
    return Markup(
        '<path class="map-bar" d="M14 {}v6h{:.0f}v-6"/><text class="map-text" x="20" y="{}">{} km</text>'
    ).format(y, length, y - 2, escape(f"{kilometres:,}"))
