"""Charts of where: all sites, and the largest regions each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.network import NetworkSettings
from clearband.reports.plain_text import count
from clearband.reports.plan.chart import Chart, Table
from clearband.reports.plan.drawing.map import CLASSES, PANEL_POINTS, crowded, region_maps, site_map
from clearband.reports.plan.time_tables import places

REGIONS: Final = 12
"""Most regions with a map of their own."""
_PROJECTED: Final = "Equirectangular, true to scale at the middle latitude; no ground map."


def map_charts(held: Held) -> Iterator[Chart]:
    """Sites by the quarter in which the last of what must go is replaced."""
    settings = held.settings
    sites = places(held)
    spans = _spans(sites["q"].drop_nulls())
    labels = [_label(low, high, settings) for low, high in spans]
    sites = _classified(sites, spans, settings)
    placed = sites.drop_nulls(["latitude", "longitude"])
    notes = ["The quarter of a site is the one in which the last of what must go there is replaced."]
    drawing = None
    if placed.height:
        hexagons = crowded(placed)
        what = "Hexagons of sites" if hexagons else "A circle a site"
        text = f"{what}, coloured by the quarter of its last work; the table has the counts."
        drawing = site_map("map", "Where and when sites change", text, placed, labels)
        if hexagons:
            notes.append(_hexagons(placed.height))
        notes.append(_PROJECTED)
    if placed.height < sites.height:
        lost = count(sites.height - placed.height, "site")
        notes.append(f"{lost} without coordinates: in the table, not in the drawing.")
    yield Chart("map", "All sites", drawing, tuple(notes), _counts(sites, labels))
    if placed["region"].n_unique() > 1:
        yield _regions(placed, labels)


def _regions(placed: pl.DataFrame, labels: Sequence[str]) -> Chart:
    order = placed.group_by("region").len().sort("len", "region", descending=[True, False])
    shown = order["region"].head(REGIONS).to_list()
    parts = placed.partition_by("region", as_dict=True)
    text = "A frame a region, all of one scale; sites coloured by the quarter of their last work."
    title = "Where and when sites change, region by region"
    drawing = region_maps("map-regions", title, text, [(one, parts[one,]) for one in shown], labels)
    notes = ["Colours as above; all frames have one scale."]
    if order["len"].to_list()[0] > PANEL_POINTS:
        notes.append(f"In frames with more than {PANEL_POINTS} sites, hexagons: area by number of sites.")
    if order.height > REGIONS:
        notes.append(f"The {REGIONS} regions with most sites, of {order.height:,}.")
    return Chart("map", "The regions by themselves", drawing, tuple(notes), _by_region(parts, shown, labels))


def _hexagons(sites: int) -> str:
    return (
        f"{sites:,} sites lie too close for points and are drawn as hexagons: area by number of sites, "
        "colour by the quarter by which half of those with work have theirs."
    )


def _spans(quarters: pl.Series) -> list[tuple[int, int]]:
    """The quarters from first to last in at most `CLASSES` spans of one length."""
    if quarters.is_empty():
        return []
    low, high = int(quarters.min()), int(quarters.max())  # type: ignore[arg-type]
    length = -(-(high - low + 1) // CLASSES)
    return [(at, min(at + length - 1, high)) for at in range(low, high + 1, length)]


def _label(low: int, high: int, settings: NetworkSettings) -> str:
    first = settings.quarter_name(low)
    return first if low == high else f"{first} to {settings.quarter_name(high)}"


def _classified(
    sites: pl.DataFrame, spans: Sequence[tuple[int, int]], settings: NetworkSettings
) -> pl.DataFrame:
    kind = pl.lit(None, pl.Int64)
    for at, (low, high) in enumerate(spans):
        kind = pl.when(pl.col("q").is_between(low, high)).then(at).otherwise(kind)
    words = {q: f"last work in {settings.quarter_name(q)}" for q in sites["q"].unique().drop_nulls()}
    lost = pl.lit("nothing is planned for what must go")
    other = pl.when("goes").then(lost).otherwise(pl.lit("nothing must go"))
    when = pl.col("q").replace_strict(words, default=None, return_dtype=pl.String).fill_null(other)
    return sites.with_columns(kind.alias("class"), when=when)


def _counts(sites: pl.DataFrame, labels: Sequence[str]) -> Table:
    counts = sites.group_by("class", "goes").len()
    of = {(row["class"], row["goes"]): row["len"] for row in counts.iter_rows(named=True)}
    rows = [(label, of.get((at, True), 0)) for at, label in enumerate(labels)]
    for words, goes in (("something must go, nothing is planned", True), ("nothing must go", False)):
        if (None, goes) in of:
            rows.append((words, of[None, goes]))
    return Table("Sites by the quarter of their last work", ("Quarter", "Sites"), rows)


def _by_region(
    parts: dict[tuple[object, ...], pl.DataFrame], shown: Sequence[str], labels: Sequence[str]
) -> Table:
    rows = []
    for region in shown:
        part = parts[region,]
        of = dict(part.drop_nulls("class").group_by("class").len().iter_rows())
        rest = part["class"].null_count()
        rows.append((region, *(of.get(at, 0) for at in range(len(labels))), rest))
    return Table("Sites by region and quarter of their last work", ("Region", *labels, "No work"), rows)
