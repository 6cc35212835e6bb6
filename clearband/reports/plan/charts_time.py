"""Charts of when: sites by region and quarter, exposure that is left."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.model.network import Role
from clearband.planning.checking.held import Held
from clearband.reports.plain_text import count
from clearband.reports.plan.chart import Chart, Table
from clearband.reports.plan.drawing.curves import Curve, curves
from clearband.reports.plan.drawing.grid import Cell, grid
from clearband.reports.plan.time_tables import by_region, exposure, not_planned, regions

ROWS: Final = 24
"""Most rows of a chart of rows by quarters."""


def regions_chart(held: Held) -> Chart:
    """Sites with work by region and quarter."""
    settings = held.settings
    found, order = by_region(held), regions(held)
    inside = found.filter(pl.col("q").is_between(0, settings.quarters - 1))
    counts = {(row["region"], row["q"]): row["sites"] for row in inside.iter_rows(named=True)}
    most = max(counts.values(), default=1)

    def cell(region: str, q: int) -> Cell:
        sites = counts[region, q]
        tip = f"{region}, {settings.quarter_name(q)}: {count(sites, 'site')}"
        return Cell(q, sites / most, f"{sites:,}", tip)

    rows = [
        (region, [cell(region, q) for q in range(settings.quarters) if (region, q) in counts])
        for region in order["region"].head(ROWS)
    ]
    notes = [
        (
            f"Bars are sites where something is replaced, up to {most:,}. A site counts once a quarter, and "
            "again in a later quarter that brings it other work."
        )
    ]
    if order.height > ROWS:
        notes.append(f"The {ROWS} regions with most sites, of {order.height:,}; work orders have them all.")
    used = sorted({q for _, q in counts})
    title = "Sites with work by region and quarter"
    table = Table(
        title,
        ("Region", "First", "Last", "Sites", "Hours", *(settings.quarter_name(q) for q in used)),
        [
            (
                row["region"], settings.quarter_name(row["first"]), settings.quarter_name(row["last"]),
                row["sites"], row["hours"], *(counts.get((row["region"], q), 0) for q in used),
            )
            for row in order.head(ROWS).iter_rows(named=True)
        ],
    )  # fmt: skip
    text = "One row a region, one column a quarter; the height of a bar is the number of sites."
    drawing = grid("regions", title, text, rows, settings) if rows else None
    return Chart("regions", "Regions by quarter", drawing, tuple(notes), table)


def exposure_chart(held: Held) -> Chart:
    """Points that count in each quarter."""
    settings = held.settings
    notes: tuple[str, ...] = (
        (
            "Points are criticality of a site times the weight of a role, until what must go is replaced. "
            "Added up over the quarters they are the exposure of the plan."
        ),
    )
    if lost := not_planned(held):
        notes += (f"{count(lost, 'item')} that must go and are in no plan stay exposed, and are not drawn.",)
    found = exposure(held)
    if found.is_empty():
        return Chart("exposure", "Exposure over time", None, notes, None)
    roles = [str(role) for role in Role if str(role) in set(found["role"])]
    wide = found.pivot("role", index="q", values="points").sort("q")
    totals = wide.select(pl.sum_horizontal(roles)).to_series().to_list()
    title = "Exposure that is left, by quarter"
    text = "A falling line: points of what is not yet replaced in each quarter."
    drawn = [Curve("still exposed", "spent", totals, filled=True)]
    drawing = curves("exposure", title, text, "points", drawn, settings)
    rows: list[tuple[str | float, ...]] = [
        (settings.quarter_name(row["q"]), *(row[role] for role in roles), total)
        for row, total in zip(wide.iter_rows(named=True), totals, strict=True)
    ]
    rows.append(("All", *(float(wide[role].sum()) for role in roles), sum(totals)))
    table = Table("Points by role and quarter", ("Quarter", *roles, "All"), rows, ",.6g")
    return Chart("exposure", "Exposure over time", drawing, notes, table)
