"""Rows of a text table that may be no equipment: found quickly, and none is missed."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clearband.sources.rows_to_skip import FIRST_LETTERS, TOTAL


def may_be_no_equipment(cells: pl.DataFrame, header: Sequence[str]) -> pl.Series:
    """Rows of a text table that `rows_to_skip` has to look at, shape (n,); it would keep all others.

    Args:
        cells: Text or categories, not cleaned, null where blank.
        header: Column names, cleaned.
    """
    few = max(3, cells.width // 2)
    full = [name for name, nulls in zip(cells.columns, cells.null_count().row(0), strict=True) if not nulls]
    # What stands in every row is not counted row by row, and nothing behind it is the first cell of one.
    partly = (pl.col(name).is_not_null() for name in cells.columns if name not in full)
    sparse = pl.sum_horizontal(pl.lit(len(full)), *partly) <= few if len(full) <= few else pl.lit(value=False)
    until = cells.columns.index(full[0]) + 1 if full else cells.width
    first = cells.select(pl.coalesce(pl.col(cells.columns[:until]).cast(pl.String))).to_series()
    named = next((at for at, text in enumerate(header) if text), None)
    in_first = header[named] if named == 0 else None
    may = _total_or(first, in_first)
    if named is not None and named > 0:
        may |= _is(cells.to_series(named).cast(pl.String), header[named])
    return cells.select((pl.lit(may) | sparse).alias("may")).to_series()


def _total_or(cells: pl.Series, text: str | None) -> pl.Series:
    """Whether each cell is a total or a text, but for space around it, shape (n,)."""
    worth = rf"(?i)^[\s{FIRST_LETTERS}]"
    least, most = cells.min(), cells.max()
    if isinstance(least, str) and isinstance(most, str) and least[:1] == most[:1]:
        # Ids of one kind begin alike: one look tells of all. Texts with one beginning stand side by side.
        none = not text or most < text or (least > text and not least.startswith(text))
        if none and least and not pl.Series([least]).str.contains(worth)[0]:
            return pl.Series([False]).new_from_index(0, len(cells))
    may = cells.str.contains(worth)
    if text:
        may |= cells.str.starts_with(text)
    may = may.fill_null(value=False)
    at = may.arg_true()
    if not len(at):
        return may
    said = cells.gather(at).str.strip_chars()
    found = said.str.contains(TOTAL)
    return may.scatter(at, found | (said == text) if text else found)


def _is(cells: pl.Series, text: str) -> pl.Series:
    """Whether each cell is a text, but for space around it, shape (n,)."""
    may = (cells.str.starts_with(text) | cells.str.contains(r"^\s")).fill_null(value=False)
    at = may.arg_true()
    return may.scatter(at, cells.gather(at).str.strip_chars() == text) if len(at) else may
