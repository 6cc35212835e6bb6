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
    raw = _read(path)
    known = [*columns.types, *columns.unused]
    strange = sorted(set(raw.columns) - set(known))
    if strange:
        raise InputError(
            f'the column "{strange[0]}" is not known', where=str(path), remedy=f"known are {', '.join(known)}"
        )
    lacking = [column for column in (*columns.needed, *columns.present) if column not in raw.columns]
    if lacking:
        raise InputError(f'the column "{lacking[0]}" is missing', where=str(path), remedy="add it")
    texts = raw.select(
        _text(column) if column in raw.columns else pl.lit(None, pl.String).alias(column)
        for column in columns.types
    )
    typed = texts.select(_typed(column, kind) for column, kind in columns.types.items())
    _fit(texts, typed, columns, path)
    return typed


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.csv", folder / f"{name}.parquet"


def _read(path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError) as error:
        what = " ".join(str(error).split())[:160]
        raise InputError(f"cannot be read as a table ({what})", where=str(path), remedy="mend it") from None


def _text(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text).alias(column)


def _typed(column: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    if kind == pl.Date:
        return pl.col(column).str.to_date("%Y-%m-%d", strict=False)
    return pl.col(column).cast(kind, strict=False)


def _fit(texts: pl.DataFrame, typed: pl.DataFrame, columns: Columns, path: Path) -> None:
    for column, kind in columns.types.items():
        wrong = texts[column].is_not_null() & typed[column].is_null()
        if kind == pl.Float64:
            wrong |= (~typed[column].is_finite()).fill_null(value=False)
        if wrong.any():
            row = _first(wrong)
            word = "a date (YYYY-MM-DD)" if kind == pl.Date else "a plain number"
            raise InputError(
                f'{column} "{texts[column][row][:40]}" is not {word}',
                where=_line(path, row),
                remedy="correct it",
            )
    for column in columns.needed:
        empty = typed[column].is_null()
        if empty.any():
            raise InputError(f"{column} is empty", where=_line(path, _first(empty)), remedy="fill it in")
    if columns.key:
        twice = typed.select(pl.struct(columns.key).is_duplicated()).to_series()
        if twice.any():
            row = _first(twice)
            said = ", ".join(
                str(typed[column][row]) for column in columns.key if typed[column][row] is not None
            )
            raise InputError(
                f"{' and '.join(columns.key)} {said} stands twice", where=_line(path, row), remedy="keep one"
            )


def _first(flags: pl.Series) -> int:
    return int(flags.arg_true()[0])


def _line(path: Path, row: int) -> str:
    if path.suffix == ".parquet":
        return f"{path} row {row + 1}"
    return f"{path} line {row + 1 + _HEADER_LINES}"
