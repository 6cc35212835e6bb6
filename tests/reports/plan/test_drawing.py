"""Charts: scales, hexagons, and what does not fit."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.reports.plan.drawing.map import POINTS, crowded, site_map
from clearband.reports.plan.drawing.shapes import Drawing, compact, ticks


def places(latitude: list[float], longitude: list[float]) -> pl.DataFrame:
    sites = len(latitude)
    return pl.DataFrame(
        {
            "site": [f"S{at}" for at in range(sites)],
            "latitude": latitude,
            "longitude": longitude,
            "class": [at % 3 if at % 4 else None for at in range(sites)],
            "goes": [at % 4 != 0 for at in range(sites)],
            "when": ["some day"] * sites,
        }
    )


LABELS = ["2027-Q1", "2027-Q2", "2027-Q3"]


def drawn(table: pl.DataFrame) -> Drawing:
    return site_map("map", "Sites", "Where they are.", table, LABELS)


@given(st.floats(1e-6, 1e13))
def test_an_axis_ends_just_above_the_largest_value(largest: float) -> None:
    marks = ticks(largest)
    assert marks[0] == 0
    assert marks[-1] >= largest * (1 - 1e-6)
    assert marks[-2] < largest
    assert 2 <= len(marks) <= 8


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (950, "950"), (1_200_000, "1.2 M"), (999_999, "1 M"), (2.5e9, "2.5 bn"), (20_000, "20 k")],
)
def test_numbers_of_an_axis_are_short(value: float, text: str) -> None:
    assert compact(value) == text


def test_every_site_is_in_one_hexagon() -> None:
    rng = np.random.default_rng(4)
    table = places(rng.uniform(30, 45, POINTS + 1).tolist(), rng.uniform(-110, -80, POINTS + 1).tolist())
    drawing = drawn(table)
    tips = [re.match(r"([\d,]+) sites: ", shape.tip) for shape in drawing.shapes]
    assert sum(int(tip[1].replace(",", "")) for tip in tips if tip) == POINTS + 1
    assert len(drawing.shapes) < POINTS


def test_a_few_sites_are_points_with_their_names() -> None:
    table = places([40.0, 41.0, 42.0, 43.0], [10.0, 11.0, 12.0, 13.0])
    assert not crowded(table)
    assert {shape.tip for shape in drawn(table).shapes if shape.tip} == {
        f"S{at}: some day" for at in range(4)
    }


def test_sites_on_both_sides_of_the_date_line_lie_side_by_side() -> None:
    shapes = drawn(places([-17.0, -17.5, -18.0], [179.5, -179.5, 179.9])).shapes
    across = {shape.tip[:2]: float(shape.attributes["cx"]) for shape in shapes if shape.tip}
    assert across["S0"] < across["S2"] < across["S1"]


def test_one_site_is_in_the_middle_of_its_map() -> None:
    (circle,) = (shape for shape in drawn(places([40.0], [-100.0])).shapes if shape.tip)
    assert 300 < float(circle.attributes["cx"]) < 480


def test_a_long_name_is_cut_and_whole_beside_the_pointer() -> None:
    drawing = Drawing("x", "X", "A name.", 10)
    drawing.text("label", 0, 0, "A region with a very long name", room=66)
    (shape,) = drawing.shapes
    assert shape.text == "A region…"
    assert shape.tip == "A region with a very long name"
