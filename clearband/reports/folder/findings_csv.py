"""``findings.csv`` and its like: for spreadsheets, so no cell may turn into a formula.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` (also behind blanks, and in full-width
form), and some split cells at a leading tab or line end (OWASP, "CSV Injection"). Such a cell is written with
an apostrophe in front, which a spreadsheet shows as text. ``findings.parquet`` holds the text as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from clearband.screening.findings import Findings

_FORMULA: Final = r"^(?:[\s\x{00}-\x{1f}\x{feff}\x{200b}-\x{200f}]*[=+\-@＝＋－＠]|[\t\r\n])"
_SPLIT: Final = r"([;|]\s*)([=+@＝＋＠])"
"""A formula behind a sign at which a spreadsheet of another country splits cells."""
_RECORDS_AT_ONCE: Final = 50_000


def neutralised(column: pl.Expr) -> pl.Expr:
    """The text column with an apostrophe in front of every cell that a spreadsheet would run."""
    inside = column.str.replace_all(_SPLIT, "${1}'${2}")
    return pl.when(column.str.contains(_FORMULA)).then(pl.lit("'") + inside).otherwise(inside)


def flat(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with text cells only made safe and lists joined by ``; ``."""
    expressions = []
    for name, kind in rows.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List):
            column = column.list.join("; ", ignore_nulls=True)
        if isinstance(kind, pl.List) or kind == pl.String:
            column = neutralised(column)
        expressions.append(column.alias(name))
    return rows.select(expressions)


def write_findings_csv(findings: Findings, path: Path) -> None:
    """Write ``findings.csv``: UTF-8 with BOM, RFC 4180, a slice of the records at a time."""
    _write(findings.slices(_RECORDS_AT_ONCE, flat), path)


def write_flat_csv(table: pl.DataFrame, path: Path) -> None:
    """Write a table of text, numbers and lists of text in the same form."""
    slices = table.iter_slices(_RECORDS_AT_ONCE) if table.height else iter((table,))
    _write((flat(rows) for rows in slices), path)


def _write(slices: Iterable[pl.DataFrame], path: Path) -> None:
    with path.open("wb") as file:
        for number, rows in enumerate(slices):
            rows.write_csv(file, include_bom=number == 0, include_header=number == 0, line_terminator="\r\n")
