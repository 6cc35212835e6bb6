"""Plain tables of a network or a plan: text cells to typed columns, with the line of what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from clearband.errors import InputError

_HEADER_LINES: Final = 1


@dataclass(frozen=True)
class Columns:
    """What a table holds.

    Args:
        types: Column to its type.
        needed: Columns of which no cell may be empty.
        key: Columns whose cells together stand once.
        unused: Columns that may be there and are not read.
        present: Columns that must stand there, though cells may be empty.
    """

    types: Mapping[str, pl.DataType | type[pl.DataType]]
    needed: Sequence[str] = ()
    key: Sequence[str] = ()
    unused: Sequence[str] = ()
    present: Sequence[str] = ()


def read_table(folder: Path, name: str, columns: Columns, *, optional: bool = False) -> pl.DataFrame:
    """The table ``NAME.csv`` or ``NAME.parquet`` of a folder; empty cells are null.

    Raises:
        InputError: It is missing though not optional, no table, lacks a column that it needs, has one that
            nobody knows, or has a cell that is empty, of another type or there twice where it may not be.
    """
    path = next((one for one in _paths(folder, name) if one.is_file()), None)
    if path is None:
        if optional:
            return pl.DataFrame(schema=dict(columns.types))
        raise InputError(
            f"has no table {name}", where=str(folder), remedy=f"add {name}.csv or {name}.parquet"
        )
    there = _read(path, None, rows=0).columns
    known = [*columns.types, *columns.unused]
    strange = sorted(set(there) - set(known))
    if strange:
        raise InputError(
            f'the column "{strange[0]}" is not known', where=str(path), remedy=f"known are {', '.join(known)}"
        )
    lacking = [column for column in (*columns.needed, *columns.present) if column not in there]
    if lacking:
        raise InputError(f'the column "{lacking[0]}" is missing', where=str(path), remedy="add it")
    raw = _read(path, [column for column in columns.types if column in there])
    typed = pl.DataFrame(
        [
            _typed(raw[column], kind, path)
            if column in raw.columns
            else pl.Series(column, [None], kind).new_from_index(0, raw.height)
            for column, kind in columns.types.items()
        ]
    )
    _fit(typed, columns, path)
    return typed


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.csv", folder / f"{name}.parquet"


def _read(path: Path, columns: list[str] | None, rows: int | None = None) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path, columns=columns, n_rows=rows)
        return pl.read_csv(path, columns=columns, n_rows=rows, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError) as error:
        what = " ".join(str(error).split())[:160]
        raise InputError(f"cannot be read as a table ({what})", where=str(path), remedy="mend it") from None


def _typed(cells: pl.Series, kind: pl.DataType | type[pl.DataType], path: Path) -> pl.Series:
    """A column with its type; blanks around texts and empty texts are taken away."""
    if cells.dtype != pl.String and kind != pl.String:
        texts, typed = cells.cast(pl.String), cells.cast(kind, strict=False)
    else:
        texts = cells.cast(pl.String)
        if texts.str.contains(r"^$|^\s|\s$").any():
            texts = texts.str.strip_chars()
            texts = texts.set(texts == "", None)
        if kind == pl.Date:
            typed = texts.str.to_date("%Y-%m-%d", strict=False)
        else:
            typed = texts.cast(kind, strict=False)
    wrong = texts.is_not_null() & typed.is_null()
    if kind == pl.Float64:
        wrong |= (~typed.is_finite()).fill_null(value=False)
    if wrong.any():
        row = _first(wrong)
        word = "a date (YYYY-MM-DD)" if kind == pl.Date else "a plain number"
        what = f'{cells.name} "{texts[row][:40]}" is not {word}'
        raise InputError(what, where=_line(path, row), remedy="correct it")
    return typed


def _fit(typed: pl.DataFrame, columns: Columns, path: Path) -> None:
    for column in columns.needed:
        empty = typed[column].is_null()
        if empty.any():
            raise InputError(f"{column} is empty", where=_line(path, _first(empty)), remedy="fill it in")
    if columns.key:
        twice = typed.select(pl.struct(columns.key).is_duplicated()).to_series()
        if twice.any():
            row = _first(twice)
            said = [typed[column][row] for column in columns.key]
            name = ", ".join(str(value) for value in said if value is not None)
            what = f"{' and '.join(columns.key)} {name} stands twice"
            raise InputError(what, where=_line(path, row), remedy="keep one")


def _first(flags: pl.Series) -> int:
    return int(flags.arg_true()[0])


def _line(path: Path, row: int) -> str:
    if path.suffix == ".parquet":
        return f"{path} row {row + 1}"
    return f"{path} line {row + 1 + _HEADER_LINES}"
