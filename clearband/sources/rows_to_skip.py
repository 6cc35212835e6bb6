"""Rows that are not equipment: blank ones, totals, and headers that a printed list repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import polars as pl

_TOTAL = (
    r"(?i)^(?:grand\s+|overall\s+|sub-?\s*|page\s+)?"
    r"(?:totals?|sum|summe|gesamt|gesamtsumme|zwischensumme|somme|suma|totaal|totale|итого|всего"
    r"|合计|总计|小计|总数|合計|小計|총계|합계)"
    r"(?:\s+(?:count|quantity|qty|number|cost|value|pcs|\p{L}{3,}s))?\s*[:=]?\s*[\d.,]*"
    r"(?:\s*(?:pcs|units|devices|items|assets|records|ea))?$"
)
_NUMBER = r"(?i)^[^a-z0-9]{0,4}[\d.,'\s]+(?:pcs?|ea|units?|items?|%|usd|eur|gbp|€|\$|£)?\.?$"


@dataclass(frozen=True)
class RowsToSkip:
    """Which rows to keep, and how many are left out by reason."""

    keep: pl.Series
    blank: int
    totals: int
    headers: int


def rows_to_skip(
    cells: pl.DataFrame, header: Sequence[str], typed: Mapping[str, pl.Series], *, look_for_totals: bool
) -> RowsToSkip:
    """Find the rows that are not equipment.

    A total row starts with a word for a total ("TOTAL", "Total radios") and holds nothing else but numbers
    and formulas.

    Args:
        cells: Cleaned text, null where blank.
        header: Column names, cleaned.
        typed: Columns that the format gave ready: a row with a value there is not blank.
        look_for_totals: Also look for totals and repeated headers.
    """
    height = cells.height or max((len(series) for series in typed.values()), default=0)
    blank = _all_null(cells, height)
    for name, series in typed.items():
        if name not in ("record_id", "source", "quantity"):
            blank &= series.is_null()
    if not look_for_totals or not cells.width:
        return RowsToSkip(~blank, int(blank.sum()), 0, 0)
    totals = _totals(cells)
    repeated = _repeated(cells, header) & ~totals
    return RowsToSkip(~(blank | totals | repeated), int(blank.sum()), int(totals.sum()), int(repeated.sum()))


def _all_null(cells: pl.DataFrame, height: int) -> pl.Series:
    if not cells.width:
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, height)
    return reduce(and_, (series.is_null() for series in cells.iter_columns()))


def _marked(rows: pl.DataFrame, height: int) -> pl.Series:
    """A mask that is true at the rows of ``rows["row"]``."""
    mask = pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)
    return mask.scatter(rows["row"], True) if rows.height else mask


def _totals(cells: pl.DataFrame) -> pl.Series:
    first = cells.select(pl.coalesce(pl.all()).alias("first"))
    starts = first.with_row_index("row").filter(pl.col("first").str.contains(_TOTAL)).select("row")
    if not starts.height:
        return _marked(starts, cells.height)
    candidates = cells.with_row_index("row")[starts["row"]]
    only_numbers = pl.all_horizontal(
        pl.col(name).is_null()
        | pl.col(name).str.contains(_TOTAL)
        | pl.col(name).str.contains(_NUMBER)
        | pl.col(name).str.starts_with("=")
        for name in cells.columns
    )
    return _marked(candidates.filter(only_numbers).select("row"), cells.height)


def _repeated(cells: pl.DataFrame, header: Sequence[str]) -> pl.Series:
    named = [index for index, text in enumerate(header) if text]
    if not named:
        return _marked(pl.DataFrame({"row": []}), cells.height)
    starts = cells.with_row_index("row").filter(pl.col(cells.columns[named[0]]) == header[named[0]])
    if starts.height:
        starts = starts.filter(
            pl.all_horizontal(
                (pl.col(name) == text) if text else pl.col(name).is_null()
                for name, text in zip(cells.columns, header, strict=True)
            )
        )
    return _marked(starts.select("row"), cells.height)
