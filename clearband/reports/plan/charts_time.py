"""Charts of when: the map, sites by region and quarter, exposure that is left."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.network import Role
from clearband.planning.checking.held import Held
from clearband.reports.plain_text import count
from clearband.reports.plan.chart import Chart, Table
from clearband.reports.plan.drawing.curves import Curve, curves
from clearband.reports.plan.drawing.grid import Cell, grid
from clearband.reports.plan.drawing.map import CLASSES, POINTS, site_map
from clearband.reports.plan.time_tables import by_region, exposure, places, regions

ROWS: Final = 24
"""Most rows of a chart of rows by quarters."""


def map_chart(held: Held) -> Chart:
    """Sites by the quarter in which the last of what must go is replaced."""
    settings = held.settings
    sites = places(held)
    spans = _classes(sites["q"].drop_nulls())
    name = settings.quarter_name
    labels = [name(low) if low == high else f"{name(low)} to {name(high)}" for low, high in spans]
    kind = pl.lit(None, pl.Int64)
    for at, (low, high) in enumerate(spans):
        kind = pl.when(pl.col("q").is_between(low, high)).then(at).otherwise(kind)
    names = {q: f"last work in {name(q)}" for q in sites["q"].unique().drop_nulls()}
    other = (
        pl.when("goes")
        .then(pl.lit("nothing is planned for what must go"))
        .otherwise(pl.lit("nothing must go"))
    )
    sites = sites.with_columns(
        kind.alias("class"),
        when=pl.col("q").replace_strict(names, default=None, return_dtype=pl.String).fill_null(other),
    )
    placed = sites.drop_nulls(["latitude", "longitude"])
    notes = ["The quarter of a site is the one in which the last of what must go there is replaced."]
    drawing = None
    if placed.height:
        title = "Where and when sites change"
        how = "Each site where it is" if placed.height <= POINTS else "Hexagons of sites"
        drawing = site_map(
            "map",
            title,
            f"{how}, coloured by the quarter of its last work, dark to bright in time or bright to dark by the reader's theme. The table has the counts.",
            placed,
            labels,
        )
        if placed.height > POINTS:
            notes.append(
                f"{placed.height:,} sites are drawn as hexagons: area by number of sites, colour by the quarter "
                "by which half of its sites with work have theirs."
            )
        notes.append("Equirectangular, true to scale at the middle latitude; no ground map.")
    if placed.height < sites.height:
        notes.append(
            f"{count(sites.height - placed.height, 'site')} without coordinates: counted, not drawn."
        )
    counts = sites.group_by("class", "goes").len()
    of = {(row["class"], row["goes"]): row["len"] for row in counts.iter_rows(named=True)}
    rows = [(label, of.get((at, True), 0)) for at, label in enumerate(labels)]
    rows.append(("something must go, nothing is planned", of.get((None, True), 0)))
    rows.append(("nothing must go", of.get((None, False), 0)))
    table = Table(
        "Sites by the quarter of their last work", ("Quarter", "Sites"), [row for row in rows if row[1]]
    )
    return Chart("map", "Map", drawing, tuple(notes), table)


def _classes(quarters: pl.Series) -> list[tuple[int, int]]:
    """The quarters from first to last in at most `CLASSES` spans of one length."""
    if quarters.is_empty():
        return []
    low, high = int(quarters.min()), int(quarters.max())  # type: ignore[arg-type]
    length = -(-(high - low + 1) // CLASSES)
    return [(at, min(at + length - 1, high)) for at in range(low, high + 1, length)]


def regions_chart(held: Held) -> Chart:
    """Sites with work by region and quarter."""
    settings = held.settings
    found, order = by_region(held), regions(held)
    shown = order["region"].to_list()[:ROWS]
    inside = found.filter(pl.col("q").is_between(0, settings.quarters - 1))
    counts = {(row["region"], row["q"]): row["sites"] for row in inside.iter_rows(named=True)}
    most = max(counts.values(), default=1)
    rows = [
        (
            region,
            [
                Cell(
                    q,
                    counts[region, q] / most,
                    f"{counts[region, q]:,}",
                    f"{region}, {settings.quarter_name(q)}: {count(counts[region, q], 'site')}",
                )
                for q in range(settings.quarters)
                if (region, q) in counts
            ],
        )
        for region in shown
    ]
    notes = [
        f"Bars are sites where something is replaced, up to {most:,}. A site counts once a quarter, and again in a later quarter that "
        "brings it other work."
    ]
    if order.height > ROWS:
        notes.append(
            f"The {ROWS} regions with most sites of {order.height:,}; the others are in the work orders."
        )
    used = sorted({q for _, q in counts})
    table = Table(
        "Sites with work, by region and quarter",
        ("Region", "First", "Last", "Sites", "Hours", *(settings.quarter_name(q) for q in used)),
        [
            (
                row["region"],
                settings.quarter_name(row["first"]),
                settings.quarter_name(row["last"]),
                row["sites"],
                row["hours"],
                *(counts.get((row["region"], q), 0) for q in used),
            )
            for row in order.head(ROWS).iter_rows(named=True)
        ],
    )
    title = "Sites with work by region and quarter"
    drawing = (
        grid(
            "regions",
            title,
            "One row a region, one column a quarter; the height of a bar is the number of sites.",
            rows,
            settings,
        )
        if rows
        else None
    )
    return Chart("regions", "Regions by quarter", drawing, tuple(notes), table)


def exposure_chart(held: Held) -> Chart:
    """Points that count in each quarter."""
    settings = held.settings
    found = exposure(held)
    roles = [str(role) for role in Role if str(role) in set(found["role"])]
    wide = found.pivot("role", index="q", values="points").sort("q") if roles else found
    totals = (
        wide.select(pl.sum_horizontal(roles)).to_series().to_list() if roles else [0.0] * settings.quarters
    )
    drawing = (
        curves(
            "exposure",
            "Exposure that is left, by quarter",
            "A falling line: points of what is not yet replaced in each quarter.",
            "points",
            [Curve("still exposed", "spent", totals, filled=True)],
            settings,
        )
        if roles
        else None
    )
    rows = (
        [
            (settings.quarter_name(q), *(row[role] for role in roles), total)
            for (q, row, total) in zip(
                range(settings.quarters), wide.iter_rows(named=True), totals, strict=roles != []
            )
        ]
        if roles
        else []
    )
    if rows:
        rows.append(("All", *(float(wide[role].sum()) for role in roles), sum(totals)))
    notes = (
        "Points are criticality of a site times the weight of a role, until what must go is replaced. Added up over the quarters they are the exposure of the plan.",
    )
    table = Table("Points by role and quarter", ("Quarter", *roles, "All"), rows, ",.6g")
    return Chart("exposure", "Exposure over time", drawing, notes, table)
