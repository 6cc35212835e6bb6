"""Cells of a table of a network to values of their type, a whole column at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.model.network import GENERATIONS, QUARTER_PATTERN
from clearband.planning.network.problems import Problems
from clearband.planning.network.tables import Column, Form

_BAND: Final = re.compile(r"(?:band[ _-]?([bn]?)|([bn]))[ _-]?0*([1-9]\d{0,2})", re.IGNORECASE)
_APART: Final = re.compile(r"[;,|/+]|\s+(?=(?:band\b|[bn][ _-]?\d))", re.IGNORECASE)
_CONTROL: Final = (
    r"[\x00-\x1f\x7f-\x9f\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}\u{2066}-\u{2069}\u{feff}]+"
)
_LARGEST: Final = 2.0**53


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cells of a column come from.

    Attributes:
        rows: Row number of each cell.
    """

    file: str
    rows: pl.Series


def parsed(cells: pl.Series, column: Column, start: int, place: Place, problems: Problems) -> pl.Series:
    """A column with its type; wrong cells are null and told.

    Args:
        cells: Texts, or values of a type that Parquet had.
        start: First quarter of the horizon, as `clearband.model.network.quarter_number` counts.
    """
    values, remedy, what = _by_form(cells, column, start)
    wrong = _filled(cells) & values.is_null()
    problems.add_cells(
        wrong, cells, place.rows, file=place.file, column=column.name, what=what, remedy=remedy
    )
    if column.form in ("number", "whole"):
        values = _within(values, cells, column, place, problems)
    if column.form == "text":
        problems.add_cells(
            values.str.len_chars() > column.longest,
            cells,
            place.rows,
            file=place.file,
            column=column.name,
            what="is too long",
            remedy=f"at most {column.longest} characters",
        )
    if column.required:
        problems.add_cells(
            ~_filled(cells),
            cells,
            place.rows,
            file=place.file,
            column=column.name,
            what="stands here",
            remedy="fill it in",
        )
    return values.alias(column.name)


def _filled(cells: pl.Series) -> pl.Series:
    if cells.dtype == pl.String:
        return (cells.str.strip_chars() != "").fill_null(value=False)
    return cells.is_not_null()


def _by_form(cells: pl.Series, column: Column, start: int) -> tuple[pl.Series, str, str]:
    """Values, remedy, and what a cell is that has none."""
    form: Form = column.form
    if form in ("number", "whole"):
        values = _numbers(cells)
        if form == "number":
            return values, "write a plain number, like 1250.5", "is no number"
        whole = values.set((values != values.floor()).fill_null(value=False), None)
        return whole.cast(pl.Int64, strict=False), "write a whole number", "is no whole number"
    if form == "date":
        if cells.dtype == pl.Date or cells.dtype == pl.Datetime:
            return cells.cast(pl.Date), "", ""
        texts = _text(cells).str.replace(r"[T ]00:00:00(\.0+)?Z?$", "")
        exact = texts.set(~texts.str.contains(r"^(19|20|21)\d{2}-\d{2}-\d{2}$").fill_null(value=False), None)
        return exact.str.to_date("%Y-%m-%d", strict=False), "write YYYY-MM-DD", "is no date"
    texts = _text(cells)
    if form == "quarter":
        names = texts.str.to_uppercase().str.replace(r"^(\d{4})[ _]?(Q\d)$", "${1}-${2}")
        names = names.set(~names.str.contains(QUARTER_PATTERN).fill_null(value=False), None)
        year, quarter = names.str.slice(0, 4).cast(pl.Int64), names.str.slice(6, 1).cast(pl.Int64)
        return year * 4 + quarter - 1 - start, "write it like 2027-Q1", "is no quarter"
    if form == "word":
        words = texts.str.to_lowercase()
        words = words.set(~words.is_in(list(column.words)).fill_null(value=False), None)
        return words, f"write {', '.join(column.words)}", "is not allowed here"
    if form == "bands":
        return _listed(texts, _bands), "write bands like B12;B66;n71", "is no list of bands"
    if form in ("generation", "generations"):
        one = form == "generation"
        values = _listed(texts, _generation if one else _generations)
        like = "write one of 2G, 3G, 4G, 5G" if one else "write generations like 4G;5G"
        return values, like, "is no generation" if one else "is no list of generations"
    return texts, "", ""


def _text(cells: pl.Series) -> pl.Series:
    """Texts on one line, without hidden signs and blanks around them; empty is null."""
    if isinstance(cells.dtype, pl.List):
        cells = cells.cast(pl.List(pl.String)).list.join(";")
    texts = cells.cast(pl.String)
    if texts.str.contains(_CONTROL).any():
        texts = texts.str.replace_all(_CONTROL, " ")
    if not texts.str.contains(r"^$|^\s|\s$").any():
        return texts
    texts = texts.str.strip_chars()
    return texts.set(texts == "", None)


def _numbers(cells: pl.Series) -> pl.Series:
    numbers = cells if cells.dtype.is_numeric() else _text(cells)
    values = numbers.cast(pl.Float64, strict=False)
    return values.set((~values.is_finite()).fill_null(value=False), None)


def _within(
    values: pl.Series, cells: pl.Series, column: Column, place: Place, problems: Problems
) -> pl.Series:
    few = values <= column.least if column.above else values < column.least
    most = min(column.most, _LARGEST)
    low = f"more than {column.least:g}" if column.above else f"at least {column.least:g}"
    for wrong, what, remedy in (
        (few, "is too small", f"write {low}"),
        (values > most, "is too large", f"at most {most:g}"),
    ):
        problems.add_cells(
            wrong, cells, place.rows, file=place.file, column=column.name, what=what, remedy=remedy
        )
    return values


def _listed(texts: pl.Series, form: Callable[[str], str | None]) -> pl.Series:
    """Texts in the form of a function, which is asked once for each different one."""
    different = texts.drop_nulls().unique().to_list()
    known = {text: form(text) for text in different}
    return texts.replace_strict(known, default=None, return_dtype=pl.String) if known else texts


def _bands(text: str) -> str | None:
    """``b12, N71`` as ``B12;n71``."""
    bands = set()
    for part in _APART.split(text):
        if not part.strip():
            continue
        found = _BAND.fullmatch(part.strip())
        if found is None:
            return None
        letter = (found[1] or found[2] or "B").lower()
        bands.add(("n" if letter == "n" else "B", int(found[3])))
    return ";".join(f"{letter}{number}" for letter, number in sorted(bands)) or None


def _generations(text: str) -> str | None:
    words = {word for word in re.split(r"[;,|/+\s]+", text.upper()) if word}
    if not words or not words <= set(GENERATIONS):
        return None
    return ";".join(sorted(words))


def _generation(text: str) -> str | None:
    word = text.upper()
    return word if word in GENERATIONS else None
