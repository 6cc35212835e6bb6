"""``work.csv``: text cells to typed columns, with the line of what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError

NAME: Final = "work.csv"
COLUMNS: Final = (
    *("item", "site", "cluster", "group", "role", "old_product", "old_maker"),
    *("quantity", "product", "maker", "quarter", "removed"),
)


def read_work(folder: Path) -> pl.DataFrame:
    """The rows of a plan as they stand; an empty cell is null.

    Returns:
        `COLUMNS`, as text but ``quantity``, which is a number.

    Raises:
        InputError: It is no table, lacks a column, or a row has no item or a quantity that is no number.
    """
    path = folder / NAME
    there = _read(path, None, rows=0).columns
    lacking = [column for column in COLUMNS if column not in there]
    if lacking:
        raise InputError(f'the column "{lacking[0]}" is missing', where=str(path), remedy="solve again")
    for column in there:
        name, again, _ = column.partition("_duplicated_")  # how polars calls the second of two
        if again and name in COLUMNS:
            raise InputError(f'the column "{name}" stands twice', where=str(path), remedy="take one out")
    work = _read(path, list(COLUMNS)).select(COLUMNS)
    work = pl.DataFrame([_text(column) for column in work.iter_columns()])
    quantity = work["quantity"].cast(pl.Float64, strict=False)
    wrong = work["quantity"].is_not_null() & (quantity.is_null() | ~quantity.is_finite())
    if wrong.any():
        line, cell = _line(wrong), work["quantity"].filter(wrong)[0][:40]
        what = f'quantity "{cell}" is not a plain number'
        raise InputError(what, where=f"{path} line {line}", remedy="correct it")
    if work["item"].has_nulls():
        raise InputError(
            "item is empty", where=f"{path} line {_line(work['item'].is_null())}", remedy="fill it in"
        )
    return work.with_columns(quantity)


def _read(path: Path, columns: list[str] | None, rows: int | None = None) -> pl.DataFrame:
    try:
        return pl.read_csv(
            path, columns=columns, n_rows=rows, infer_schema=False, encoding="utf8", glob=False
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        what = " ".join(str(error).split())[:160]
        raise InputError(
            f"cannot be read as a table ({what})", where=str(path), remedy="solve again"
        ) from None


def _text(cells: pl.Series) -> pl.Series:
    """Texts without blanks around them; empty is null. Most tables have neither, and are left as they are."""
    if not cells.str.contains(r"^$|^\s|\s$").any():
        return cells
    cells = cells.str.strip_chars()
    return cells.set(cells == "", None)


def _line(flags: pl.Series) -> int:
    """The line of the first row with a flag, below the header."""
    return int(flags.arg_true()[0]) + 2
