"""Make the map that sites are drawn on: land, borders of countries, and of states and counties of the USA.

The shapes are public domain: Natural Earth's at 1:50 million, the Census Bureau's cartographic boundaries.
They come from the npm packages ``world-atlas`` and ``us-atlas``, unpacked; this writes
``clearband/web/basemap/shapes.json``.

Usage: python scripts/make_base_map.py WORLD-ATLAS-FOLDER US-ATLAS-FOLDER
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

Point = tuple[float, float]
Line = list[Point]
OUT: Final = Path(__file__).resolve().parent.parent / "clearband" / "web" / "basemap" / "shapes.json"
PRECISION: Final = 0.01
"""Degrees: about a kilometre, a pixel of a map that is 1,000 km wide."""
SOURCES: Final = [
    {
        "what": "land and borders of countries",
        "from": "Natural Earth, 1:50 million (public domain), by world-atlas 2.0.2",
        "note": "borders as Natural Earth draws them, by who controls a territory: no position of ours",
    },
    {
        "what": "states and counties of the United States",
        "from": "U.S. Census Bureau, cartographic boundary files (public domain), by us-atlas 3.0.1",
    },
]


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """The lines of a topology in degrees (TopoJSON: quantised, each point as the way from the one before)."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((left + x * wide, low + y * high))
        lines.append(line)
    return lines


def simplified(line: Line, tolerance: float) -> Line:
    """A line without the points that lie within a tolerance of it (Douglas and Peucker 1973)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        furthest, place = 0.0, first
        for number in range(first + 1, last):
            x, y = line[number]
            away = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if away > furthest:
                furthest, place = away, number
        if furthest > tolerance:
            keep.add(place)
            spans += [(first, place), (place, last)]
    return [line[number] for number in sorted(keep)]


def written(line: Line) -> list[int]:
    """A line in hundredths of a degree, each point as the way from the one before."""
    numbers: list[int] = []
    x = y = 0
    for point in line:
        a, b = round(point[0] / PRECISION), round(point[1] / PRECISION)
        if numbers and (a, b) == (x, y):
            continue
        numbers += [a - x, b - y]
        x, y = a, b
    return numbers


def rings(topology: dict[str, Any], name: str, arcs: list[Line]) -> list[Line]:
    """The outlines of all areas of an object. Those that are cut at the edge of the world stay cut."""
    found = []
    for geometry in topology["objects"][name]["geometries"]:
        areas = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
        for area in areas:
            for ring in area:
                line: Line = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    line += arc[1:] if line else arc
                found += whole(line)
    return found


def whole(ring: Line) -> list[Line]:
    """A ring that crosses the 180th meridian as one that goes on beyond it, and again on the other side."""
    line = ring[:1]
    turned = 0.0
    for (before, _), (x, y) in pairwise(ring):
        turned += 360.0 if before - x > 180.0 else -360.0 if x - before > 180.0 else 0.0
        line.append((x + turned, y))
    beyond = (
        [360.0] if min(x for x, _ in line) < -180.0 else [-360.0] if max(x for x, _ in line) > 180.0 else []
    )
    return [line, *([(x + by, y) for x, y in line] for by in beyond)]


def used(topology: dict[str, Any], name: str) -> dict[int, int]:
    """How many areas of an object each line bounds."""
    counts: dict[int, int] = {}
    for geometry in topology["objects"][name]["geometries"]:
        areas = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
        for area in areas:
            for ring in area:
                for number in ring:
                    arc = number if number >= 0 else ~number
                    counts[arc] = counts.get(arc, 0) + 1
    return counts


def main(world: str, america: str) -> None:
    """Write the shapes."""
    land = json.loads((Path(world) / "countries-50m.json").read_text(encoding="utf-8"))
    states = json.loads((Path(america) / "counties-10m.json").read_text(encoding="utf-8"))
    of_land = [simplified(arc, 0.02) for arc in arcs_of(land)]
    of_states = [simplified(arc, 0.01) for arc in arcs_of(states)]
    between = [of_land[arc] for arc, times in used(land, "countries").items() if times > 1]
    in_states = {arc for arc, times in used(states, "states").items() if times > 1}
    in_counties = {arc for arc, times in used(states, "counties").items() if times > 1} - in_states
    lines = {
        "land": rings(land, "land", of_land),
        "countries": between,
        "states": [of_states[arc] for arc in sorted(in_states)],
        "counties": [of_states[arc] for arc in sorted(in_counties)],
    }
    kept = {name: [one for line in of if len(one := written(line)) > 2] for name, of in lines.items()}
    shapes = {"sources": SOURCES, "precision": PRECISION, **kept}
    OUT.write_text(json.dumps(shapes, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
