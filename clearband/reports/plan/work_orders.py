"""``work-orders.xlsx``: what to do where and when, for those who do it. Texts only: no formula, no link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.planning.checking.held import Held
from clearband.reports.folder.findings_csv import write_flat_csv
from clearband.reports.plain_text import visible
from clearband.reports.plan.money import lines_of

BOOK: Final = "work-orders.xlsx"
CSV: Final = "work-orders.csv"
MOST_ROWS: Final = 200_000
"""More orders than that are written as CSV beside the workbook."""
_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed day: the same plan gives the same bytes)
_WIDE: Final = {
    "site": 18,
    "old product": 32,
    "new product": 32,
    "old maker": 20,
    "new maker": 20,
    "item": 18,
}


def orders(held: Held) -> pl.DataFrame:
    """One row for each item and each thing to do with it: ``install`` and, after the overlap, ``take down``.

    Sorted by quarter, region, cluster and site: what a crew of a region does in a quarter stands together.
    """
    settings = held.settings
    extra = held.network.installed.select("item", "must_go")
    old = held.going.select(
        "item", pl.col("product").alias("old product"), pl.col("maker").alias("old maker")
    )
    lines = lines_of(held).join(extra, on="item", how="left").join(old, on="item", how="left")
    parts = [
        lines.with_columns(pl.lit("install").alias("do"), hours_of="install_hours"),
        lines.with_columns(
            pl.lit("take down").alias("do"), pl.col("q") + settings.overlap_quarters, hours_of="down_hours"
        ),
    ]
    both = pl.concat(parts)
    names = {q: settings.quarter_name(q) for q in both["q"].unique()}
    return both.sort("q", "region", "cluster", "site", "do", "role", "item").select(
        pl.col("q").replace_strict(names, return_dtype=pl.String).alias("quarter"),
        "region", "market", "owner", "cluster", "site", "do", "role", "quantity",
        pl.col("hours_of").alias("hours"),
        "old maker", "old product",
        pl.col("maker").alias("new maker"), pl.col("product").alias("new product"),
        pl.col("remove_by").cast(pl.String).alias("out by"),
        pl.col("must_go").alias("must go"),
        "item",
    )  # fmt: skip


def visits(found: pl.DataFrame) -> pl.DataFrame:
    """One row for each quarter and site, from the orders."""
    keys = ["quarter", "region", "cluster", "site"]

    def units(what: str) -> pl.Expr:
        return pl.col("quantity").filter(pl.col("do") == what).sum().alias(f"units to {what}")

    return found.group_by(keys, maintain_order=True).agg(
        units("install"),
        units("take down"),
        pl.col("hours").sum(),
        pl.col("role").unique().sort().str.join(", ").alias("roles"),
    )


def purchases(held: Held) -> pl.DataFrame:
    """What must be there in each quarter, and when it must be ordered at the latest."""
    settings = held.settings
    found = (
        lines_of(held)
        .group_by("q", "maker", "product", "lead")
        .agg(pl.col("quantity").sum(), pl.col("equipment").sum().alias("amount"))
        .sort("q", "maker", "product")
    )
    ordered = pl.col("q") - pl.col("lead").fill_null(0)
    names = {q: settings.quarter_name(q) for q in {*found["q"], *found.select(ordered).to_series()}}
    return found.select(
        pl.col("q").replace_strict(names, return_dtype=pl.String).alias("in service"),
        ordered.replace_strict(names, return_dtype=pl.String).alias("order by"),
        "maker", "product", pl.col("quantity").alias("units"), "amount",
    )  # fmt: skip


def write_orders(held: Held, folder: Path, about: Sequence[tuple[str, str]]) -> list[str]:
    """Write the workbook, and the orders as CSV where they are too many for it.

    Args:
        held: The plan.
        folder: Where to.
        about: Rows of the first sheet.

    Returns:
        Names of the files.
    """
    import xlsxwriter

    found = orders(held)
    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    book = xlsxwriter.Workbook(str(folder / BOOK), plain)
    book.set_properties({"created": _DAY, "title": "Work orders"})
    bold = book.add_format({"bold": True})
    files = [BOOK]
    sheet = book.add_worksheet("summary")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    rows = [*about, ("work orders", f"{found.height:,} rows")]
    if found.height > MOST_ROWS:
        write_flat_csv(found, folder / CSV)
        files.append(CSV)
        rows[-1] = ("work orders", f"{found.height:,} rows, in {CSV}")
    for at, (name, value) in enumerate(rows):
        sheet.write_string(at, 0, visible(name), bold)
        sheet.write_string(at, 1, visible(value))
    _sheet(book, "quarters", _by_quarter(held, found), bold)
    _sheet(book, "purchases", purchases(held), bold)
    if found.height <= MOST_ROWS:
        _sheet(book, "visits", visits(found), bold)
        _sheet(book, "orders", found, bold)
    book.close()
    return files


def _by_quarter(held: Held, found: pl.DataFrame) -> pl.DataFrame:
    """Sites, units and hours of each quarter and region, from the orders."""
    return found.group_by("quarter", "region", maintain_order=True).agg(
        pl.col("site").n_unique().alias("sites"),
        pl.col("quantity").filter(pl.col("do") == "install").sum().alias("units to install"),
        pl.col("quantity").filter(pl.col("do") == "take down").sum().alias("units to take down"),
        pl.col("hours").sum(),
    )


def _sheet(book: Any, name: str, table: pl.DataFrame, bold: Any) -> None:
    """A sheet of a table: header that stays, filters, texts as texts."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _WIDE.get(column, 14))
        sheet.write_string(0, at, column, bold)
    sheet.autofilter(0, 0, table.height, table.width - 1)
    numeric = [kind.is_numeric() for kind in table.dtypes]
    whole, part = (book.add_format({"num_format": form}) for form in ("#,##0", "#,##0.0"))
    figures = [part if kind.is_float() else whole for kind in table.dtypes]
    for row, values in enumerate(table.iter_rows(), 1):
        for at, value in enumerate(values):
            if value is None:
                continue
            if numeric[at]:
                sheet.write_number(row, at, round(value, 4), figures[at])
            else:
                sheet.write_string(row, at, visible(value))
