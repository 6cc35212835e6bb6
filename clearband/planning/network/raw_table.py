"""One table of a network before its cells are understood, and settings written as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.network.tables import TABLES
from clearband.sources.csv_file import read_below
from clearband.sources.detect_encoding import DecodedText
from clearband.sources.dialect import DELIMITERS, HEAD, Dialect, parse_head
from clearband.sources.options import ReadOptions

_LISTS: Final = ("caps", "least_makers", "refunds")
_GROUPS: Final = "groups"


@dataclass(frozen=True)
class RawTable:
    """A table as its format gave it.

    Attributes:
        file: File, or file and sheet.
        cells: A column for each name of the header; texts, or typed where the format has types.
        rows: Number of each row as a person sees it.
    """

    file: str
    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    warnings: tuple[str, ...] = ()


def column_name(text: str) -> str:
    """The name of a column, however it is spelt: `` Remove by `` is ``remove_by``."""
    return "_".join(text.strip().strip("\ufeff").lower().replace("-", " ").split())


def text_table(text: DecodedText, file: str, name: str, limits: ReadOptions) -> RawTable:
    """A table of a CSV file, whose first row is the header.

    Raises:
        InputError: It has no column of the table, or is damaged.
    """
    known = {column.name for column in TABLES[name].columns}
    head = text.utf8[:HEAD].decode("utf-8", "ignore")
    best: tuple[int, Dialect] | None = None
    for sign in DELIMITERS:
        spaced = f'{sign} "' in head
        parts = parse_head(head, sign, spaced)
        if not parts.rows:
            continue
        header = tuple(parts.rows[0])
        hits = len(known & {column_name(cell) for cell in header})
        if hits and (best is None or hits > best[0]):
            width = max(map(len, parts.rows))
            best = hits, Dialect(sign, 0, parts.ends[0], width, header, spaced, ())
    if best is None:
        first = head.splitlines()[0][:80] if head.strip() else "nothing"
        raise InputError(
            f"its first row names no column of {name} ({first})",
            where=file,
            remedy=f"columns are {', '.join(column.name for column in TABLES[name].columns)}",
        )
    table = read_below(best[1], text, file, limits)
    warnings = tuple(f"{file}: {warning}" for warning in table.warnings)
    return RawTable(file, table.header, table.cells, table.rows, warnings)


def settings_of_rows(cells: list[list[str | None]], where: str) -> dict[str, Any]:
    """Settings of a sheet with the columns ``key`` and ``value``.

    A key within another stands behind a point, and entries of a list are counted from 1: ``weights.core``,
    ``refunds.1.share``. Groups are one text, ``ran;core``.

    Raises:
        InputError: The sheet has other columns, or a key stands twice.
    """
    header = [column_name((column[0] or "") if column else "") for column in cells]
    if "key" not in header or "value" not in header:
        raise InputError("has no columns key and value", where=where, remedy="name them in its first row")
    keys, values = (cells[header.index(name)][1:] for name in ("key", "value"))
    found: dict[str, Any] = {}
    for key, value in zip(keys, values, strict=True):
        if not (key or "").strip() or not (value or "").strip():
            continue
        assert key is not None
        assert value is not None
        _put(found, key.strip().split("."), value.strip(), where)
    for name in _LISTS:
        entries = found.get(name)
        if isinstance(entries, dict):
            found[name] = [entries[number] for number in sorted(entries, key=_number)]
    return found


def _put(found: dict[str, Any], path: list[str], value: str, where: str) -> None:
    for step in path[:-1]:
        found = found.setdefault(step, {})
        if not isinstance(found, dict):
            raise InputError(
                f"{'.'.join(path)}: {step} has a value already", where=where, remedy="correct it"
            )
    if path[-1] in found:
        raise InputError(f"the key {'.'.join(path)} stands twice", where=where, remedy="take one out")
    if path[-1] == _GROUPS:
        found[_GROUPS] = [part.strip() for part in value.replace(",", ";").split(";") if part.strip()]
    else:
        found[path[-1]] = value


def _number(text: str) -> tuple[int, str]:
    return (int(text) if text.isdigit() and len(text) < 6 else 0, text)
