"""Charts of what binds: money by owner, makers, and how much of each limit is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.planning.network import NetworkSettings
from clearband.reports.plan.chart import Chart, Table
from clearband.reports.plan.charts_time import ROWS
from clearband.reports.plan.drawing.curves import Curve, curves
from clearband.reports.plan.drawing.grid import Cell, grid
from clearband.reports.plan.drawing.shares import Change, changes
from clearband.reports.plan.money import balance, came_back
from clearband.reports.plan.suppliers import shares

OWNERS: Final = 6
"""Most owners with a chart of their own."""
MAKERS: Final = 6
"""Most makers of a role that are shown."""
FULL: Final = 0.995
"""From this share on a limit is told as used up."""


def money_charts(held: Held, spent: pl.DataFrame) -> Iterator[Chart]:
    """Spending and refunds of each owner, added up, against the money there is."""
    settings = held.settings
    found = balance(held, spent)
    later = came_back(held, spent).filter(pl.col("q") >= settings.quarters)
    owners = found["owner"].unique(maintain_order=True).to_list()
    for at, owner in enumerate(owners[:OWNERS]):
        own = found.filter(pl.col("owner") == owner)
        drawn = [Curve("spent", "spent", own["spent"].to_list())]
        if own["back"].max():
            drawn.append(Curve("refunds", "back", own["back"].to_list()))
        notes = ["Added up from the first quarter; not discounted."]
        limited = not own["new"].has_nulls()
        if limited:
            available = (own["new"] + own["back"]).to_list()
            drawn.append(Curve("money and refunds", "money", available))
        else:
            notes.append("This owner's money has no limit in the network.")
        after = float(later.filter(pl.col("owner") == owner)["amount"].sum())
        if after:
            notes.append(f"{settings.currency} {after:,.0f} more comes back after the horizon.")
        if at == OWNERS - 1 and len(owners) > OWNERS:
            notes.append(f"The {OWNERS} largest spenders of {len(owners):,} owners are shown.")
        rows = [
            (
                settings.quarter_name(row["q"]), row["spent"], row["back"],
                row["new"] if limited else None,
                row["new"] + row["back"] - row["spent"] if limited else None,
            )
            for row in own.iter_rows(named=True)
        ]  # fmt: skip
        columns = ("To the end of", "Spent", "Refunds", "New money", "Left")
        table = Table(f"{settings.currency} of {owner}, added up", columns, rows)
        title = f"Money of {owner}, added up"
        text = "Solid: spent. Dotted: refunds. Dashed: new money and refunds, which spending may not pass."
        drawing = curves(f"money-{at + 1}", title, text, settings.currency, drawn, settings)
        yield Chart("money", owner, drawing, (text, *notes), table)


def suppliers_chart(held: Held) -> Chart:
    """Shares of makers in each role, now and at the end."""
    found = shares(held)
    groups, rows = [], []
    left_out = 0
    for role, part in found.group_by("role", maintain_order=True):
        name = str(role[0])
        changed = part.filter((pl.col("now_share") > 0) | (pl.col("end_share") > 0))
        left_out += max(changed.height - MAKERS, 0)
        group = []
        for row in changed.head(MAKERS).iter_rows(named=True):
            maker = row["maker"] or "maker not known"
            now, end = row["now_share"] or 0.0, row["end_share"] or 0.0
            group.append(Change(maker, now, end, _most(held, name, row["maker"])))
            most = group[-1].most
            rows.append((
                f"{name}: {maker}", row["now"], row["end"], f"{now:.1%}", f"{end:.1%}",
                "" if most is None else f"{most:.1%}",
            ))  # fmt: skip
        groups.append((name, group))
    text = "Hollow: share of the role's units now. Full: at the end. Dashed: the most the settings allow."
    notes = [text]
    notes.extend(
        f"The settings ask for {least.makers} makers of {least.role} with at least {least.share:.1%} each."
        for least in held.settings.least_makers
    )
    if left_out:
        notes.append(f"The {MAKERS} largest makers of each role; {left_out:,} smaller ones are left out.")
    columns = ("Role and maker", "Units now", "Units at the end", "Now", "At the end", "At most")
    table = Table("Makers of each role's units, staying and new", columns, rows)
    drawing = changes("suppliers", "Shares of makers now and at the end", text, groups) if groups else None
    return Chart("suppliers", "Suppliers", drawing, tuple(notes), table)


def _most(held: Held, role: str, maker: str | None) -> float | None:
    if maker is None:
        return None
    caps = [cap.share for cap in held.settings.caps if cap.role == role and cap.maker in (None, maker)]
    return min(caps, default=None)


def use_chart(held: Held, found: pl.DataFrame, name: str, title: str, unit: str) -> Chart:
    """How much of a limit is used in each quarter.

    Args:
        held: The plan.
        found: A table of `clearband.reports.plan.use`.
        name: Of the file.
        title: Of the chart.
        unit: What is counted.
    """
    settings = held.settings
    share = pl.when(pl.col("limit") > 0).then(pl.col("used") / pl.col("limit"))
    over = pl.when((pl.col("limit") <= 0) & (pl.col("used") > 0)).then(float("inf"))
    used = found.with_columns(share=over.otherwise(share)).filter(
        pl.col("q").is_between(0, settings.quarters - 1)
    )
    order = (
        used.filter(pl.col("limit").is_not_null())
        .group_by("what")
        .agg(
            pl.col("used").sum(),
            pl.col("limit").sum(),
            peak=pl.col("share").fill_null(0.0).max(),
            full=(pl.col("share") >= FULL).sum(),
        )
        .sort("full", "peak", "what", descending=[True, True, False])
    )
    free = sorted(set(used["what"]) - set(order["what"]))
    notes = [
        (
            "A full-height bar uses the limit up; those at 99.5 % or more stand out. Written is the share in "
            "percent."
        )
    ]
    if used.select((pl.col("share") > 1 + 1e-6).any()).item():
        notes.append("A cross in an empty bar: more is used than there is. The plan breaks this limit.")
    if free:
        more = f" and {len(free) - 4:,} more" if len(free) > 4 else ""
        notes.append(f"Without a limit: {', '.join(free[:4])}{more}.")
    shown = order["what"].to_list()[:ROWS]
    if order.height > ROWS:
        notes.append(f"The {ROWS} rows with most quarters used up, of {order.height:,}.")
    parts = used.partition_by("what", as_dict=True)
    rows = [(what, _cells(parts[what,], settings, unit)) for what in shown]
    text = f"One row each, one column a quarter; the height of a bar is the share of the {unit} that is used."
    drawing = grid(name, title, text, rows, settings) if rows else None
    table = Table(
        f"{title}: {unit} over the horizon",
        ("", "Used", "Limit", "Share", "Highest in a quarter", "Quarters used up"),
        [
            (
                row["what"],
                row["used"],
                row["limit"],
                _percent(row["used"], row["limit"]),
                f"{row['peak']:.1%}",
                row["full"],
            )
            for row in order.head(ROWS).iter_rows(named=True)
        ],
    )
    return Chart("limits", title, drawing, tuple(notes), table if rows else None)


def _cells(rows: pl.DataFrame, settings: NetworkSettings, unit: str) -> list[Cell]:
    cells = []
    for row in rows.iter_rows(named=True):
        if row["share"] is None or not row["used"]:
            continue
        part = row["share"]
        kind = "over" if part > 1 + 1e-6 else "full" if part >= FULL else "use"
        of = f"{row['used']:,.6g} of {row['limit']:,.6g} {unit}"
        tip = f"{row['what']}, {settings.quarter_name(row['q'])}: {of}"
        cells.append(Cell(row["q"], part, f"{part:.0%}"[:-1], tip, kind))
    return cells


def _percent(used: float, limit: float) -> str:
    return f"{used / limit:.1%}" if limit else ""
