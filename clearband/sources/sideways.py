"""Tables that lie on their side: header words down the first column, one record in each further column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from clearband.sources.header import EQUIPMENT_FIELDS
from clearband.sources.synonyms import fields_of_header, normal_header

_MOST_WORDS = 400
"""A sheet with more rows lists equipment downwards."""
_MOSTLY = 0.5
_CLEARLY = 0.8


@dataclass(frozen=True)
class OnSide:
    """Where a table on its side has its header words.

    Args:
        column: Index of the column of header words.
        unclear: Why it cannot be turned; None when it can.
    """

    column: int
    unclear: str | None = None


def lies_on_side(rows: Sequence[Sequence[str]], given: Collection[str] = ()) -> OnSide | None:
    """Whether the header words stand below each other instead of beside each other.

    Args:
        rows: The table from its first row, cells trimmed.
        given: Column names that the user mapped, as they are and in normal form.

    Returns:
        None for a table that stands upright.
    """
    filled = [row for row in rows[:_MOST_WORDS] if any(row)]
    column = min((next(at for at, cell in enumerate(row) if cell) for row in filled), default=0)
    cells = [row[column] for row in filled if column < len(row) and row[column]]
    words = [cell for cell in cells if _is_word(cell, given)]
    if len(words) < 2 or len(words) < _MOSTLY * len(cells):
        return None
    meant = [fields_of_header(word) for word in words]
    first = {fields[0][0] for fields in meant if fields}
    different = len({normal_header(word) for word in words})
    if len(first) < max(2, 0.6 * different) and len(first) < 4:
        return None
    if not any(field in EQUIPMENT_FIELDS for fields in meant for field, _ in fields):
        return None
    beside = max(sum(1 for cell in row if cell and _is_word(cell, given)) for row in filled)
    if beside >= len(words) or (beside >= 3 and len(words) < _CLEARLY * len(cells)):
        return None
    return OnSide(column, _unclear(filled, column, words, given))


def _is_word(cell: str, given: Collection[str]) -> bool:
    return bool(fields_of_header(cell)) or cell in given or normal_header(cell) in given


def _unclear(
    rows: Sequence[Sequence[str]], column: int, words: Sequence[str], given: Collection[str]
) -> str | None:
    top = next((row for row in rows if sum(1 for cell in row if cell) > 1), ())
    across = [cell for cell in top[column + 1 :] if cell and _is_word(cell, given)]
    letter = column_letters(column)
    if across:
        return (
            f'header words stand both in the first row ("{across[0][:40]}") and down column {letter} '
            f'("{words[0][:40]}", "{words[1][:40]}"), so it explains columns or lies on its side'
        )
    if not top:
        return f"header words stand down column {letter} and nothing beside them"
    normal = [normal_header(word) for word in words]
    again = next((word for word in words if normal.count(normal_header(word)) > 1), None)
    if again is not None:
        return f'it lies on its side, and "{again[:40]}" stands more than once down column {letter}'
    return None


REMEDY = (
    "write one piece of equipment a row, with the header words in the first row (Paste Special, Transpose)"
)


def turned(
    rows: Sequence[Sequence[str]], column: int, left: int = 0
) -> tuple[tuple[str, ...], pl.DataFrame, pl.Series, str]:
    """A table on its side, set upright.

    Args:
        rows: All rows, cells trimmed.
        column: Index of the column of header words.
        left: Columns of the sheet before the first one given.

    Returns:
        Header, cells, the letter of each record's column, and the warning that says so.
    """
    kept = [row for row in rows if any(row)]
    width = max(len(row) for row in kept)
    header = tuple(row[column] if column < len(row) else "" for row in kept)
    cells = pl.DataFrame(
        [
            pl.Series(
                str(at),
                [(row[record] or None) if record < len(row) else None for record in range(column + 1, width)],
                dtype=pl.String,
            )
            for at, row in enumerate(kept)
        ]
    )
    letters = [column_letters(left + record) for record in range(column + 1, width)]
    warning = (
        f"the table lies on its side (header words down column {column_letters(left + column)}); each column "
        "to the right of them is read as one record and is named by its letter"
    )
    return header, cells, pl.Series(letters, dtype=pl.String), warning


def column_letters(index: int) -> str:
    """A, B, ... Z, AA, ..."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
