"""Rows that are not equipment: blank ones, totals, and headers that a printed list repeats."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_
from typing import NamedTuple

import polars as pl

from clearband.sources.synonyms import fields_of_header

_WORDS = (
    r"(?:(?:grand|overall|sub|sous|page|sheet|report|running|sum|общий|промежуточный|razem)[- ]*)?"
    r"(?:totals?|sum|summe|gesamt|gesamtsumme|gesamtergebnis|gesamtanzahl|endsumme|zwischensumme|teilsumme|ergebnis"
    r"|somme|suma|soma|sumatoria|totaal|totale|totaux|totales|totais|subtotale?s?|razem|ogółem|łącznie|итого|всего|итог"
    r"|итоги|合计|总计|小计|总数|共计|總計|合計|小計|総計|計|총계|합계|소계)"
)
TOTAL = (
    rf"(?i)^{_WORDS}"
    r"(?:\s+(?:count|quantity|qty|number|cost|value|pcs|g[eé]n[eé]ra[lr]e?|geral|general|final|parcial|partiel"
    r"|\(?\p{L}{3,}s\)?|of \p{L}{3,}s|общий))?\s*[:=]?\s*[\d.,]*"
    r"(?:\s*(?:pcs|units|devices|items|assets|records|ea))?$"
)
"""What the cell of a total says, without space around it."""
FIRST_LETTERS = "".join(sorted(set(re.findall(r"[(|:](\w)", _WORDS))))
"""With one of them every text begins that matches `TOTAL`."""
_GROUP_TOTAL = rf"(?i)^(.+?)\s+{_WORDS}:?$"
"""What a spreadsheet's own subtotals write: the group's name and a word for a total."""
_PAGE_LINE = (
    r"(?i)^(?:[-–—]*\s*(?:page|seite|página|pagina|pág\.?|strona|стр\.?|страница|ページ)\s*:?\s*\d+"
    r"(?:\s*(?:of|/|von|de|di|sur|z|из)\s*\d+)?\s*[-–—]*"
    r"|(?:prepared|compiled|printed|generated|exported|created|reviewed|checked|approved|verified|signed|erstellt"
    r"|gedruckt|geprüft|établi|imprimé|édité|vérifié|elaborado|impreso|impresso|revisado|preparato|stampato"
    r"|przygotował|sporządził|wydrukowano|подготовил|составил|распечатано)"
    r"(?:\s+(?:by|on|at|from|using|with|von|vom|am|par|le|por|el|em|da|il|przez)(?:\s|:)|\s*:).{0,200}"
    r"|last (?:updated|modified|revised|printed)\b.{0,200}"
    r"|(?:total )?(?:number|count|no\.?) of [\p{L} ]{3,30}\s*[:=]\s*\d+"
    r"|(?:count|records?|rows?|items?|record count|row count|anzahl|datensätze)\s*[:=]\s*\d+"
    r"|-*\s*end of (?:report|list|file|sheet|data|document|inventory|table)\.?\s*-*"
    r"|(?:ende der (?:liste|tabelle)|fin du (?:rapport|document)|fin de la lista|конец отчета)\.?"
    r"|\d+ (?:rows?|records?|items?) (?:selected|found|listed|exported|returned|in total)\.?|\(\d+ rows?\)"
    r"|[-=_*–—]{3,}|© .{0,200}|(?:strictly )?confidential\.?|for (?:official|internal) use only\.?)$"
)
"""Lines of a printed page, which say nothing of equipment."""
_NOTE = (
    r"(?i)^(?:\*+\s?\p{L}|\(?(?:notes?|remarks?|comments?|source|legend|key|disclaimer|nb|n\.b\.|anmerkung(?:en)?"
    r"|hinweise?|bemerkung(?:en)?|quelle|legende|remarques?|nota|notas|fuente|fonte|nota bene|uwagi?|źródło"
    r"|примечани[ея]|источник|备注|注|说明|備考|注記|出典)\s*[:：]"
    r"|th(?:is|e above|e following) (?:document|report|list|sheet|inventory|information|file|table)\b)"
)
"""How a note below a table begins."""
_SAYS_WHAT = frozenset(
    {"manufacturer", "real_maker", "brand", "model", "vendor_model", "part_number", "serial", "macs"}
)
_TELLING = f"{TOTAL}|{_PAGE_LINE}|{_GROUP_TOTAL}|{_NOTE}"
_LARGEST_GROUP = 5_000
"""Rows above a group's total in which the group's name is looked for."""
_NUMBER = r"(?i)^[^a-z0-9]{0,4}[\d.,'\s]+(?:pcs?|ea|units?|items?|%|usd|eur|gbp|€|\$|£)?\.?$"


@dataclass(frozen=True)
class RowsToSkip:
    """Which rows to keep, and how many are left out by reason."""

    keep: pl.Series
    blank: int
    totals: int
    headers: int
    page_lines: int = 0
    lines: tuple[int, ...] = ()


def columns_that_say_what(header: Sequence[str], given: Mapping[int, tuple[str, str]]) -> frozenset[int]:
    """Columns that name a maker, model, part or serial number or address: a row with one is equipment."""
    said = {index for index, (_, field) in given.items() if field in _SAYS_WHAT}
    said |= {
        index
        for index, text in enumerate(header)
        if index not in given and any(field in _SAYS_WHAT for field, _ in fields_of_header(text))
    }
    return frozenset(said)


def rows_to_skip(
    cells: pl.DataFrame,
    header: Sequence[str],
    typed: Mapping[str, pl.Series],
    *,
    look_for_totals: bool,
    says_what: Collection[int] = (),
    some_rows: bool = False,
) -> RowsToSkip:
    """Find the rows that are not equipment.

    A total row has a word for a total ("TOTAL", "Total radios", "Huawei Total" below rows of Huawei) and
    holds nothing else but numbers and formulas; where a model, part or serial number stands, only the count
    of rows. A page line ("Page 2 of 3") is the only cell of its row; so is a note, below the table.

    Args:
        cells: Cleaned text, null where blank.
        header: Column names, cleaned.
        typed: Columns that the format gave ready: a row with a value there is not blank.
        look_for_totals: Also look for totals, page lines and repeated headers.
        says_what: Columns that name makers, models and numbers of equipment.
        some_rows: These are not all rows of the table, so that neither their count nor the end of the table
            can be told: what only these would show to be a total or a note stays.
    """
    height = cells.height or max((len(series) for series in typed.values()), default=0)
    blank = _all_null(cells, height)
    for name, series in typed.items():
        if name not in ("record_id", "source", "quantity"):
            blank &= series.is_null()
    if not look_for_totals or not cells.width:
        return RowsToSkip(~blank, int(blank.sum()), 0, 0)
    totals, lines = _totals(cells, blank, says_what, some_rows=some_rows)
    repeated = _repeated(cells, header) & ~totals & ~lines
    keep = ~(blank | totals | repeated | lines)
    return RowsToSkip(
        keep,
        int(blank.sum()),
        int(totals.sum()),
        int(repeated.sum()),
        int(lines.sum()),
        tuple(lines.arg_true()),
    )


def _all_null(cells: pl.DataFrame, height: int) -> pl.Series:
    if not cells.width:
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, height)
    return reduce(and_, (series.is_null() for series in cells.iter_columns()))


def _marked(rows: pl.DataFrame, height: int) -> pl.Series:
    """A mask that is true at the rows of ``rows["row"]``."""
    mask = pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)
    return mask.scatter(rows["row"], True) if rows.height else mask


def _totals(
    cells: pl.DataFrame, blank: pl.Series, says_what: Collection[int], *, some_rows: bool
) -> tuple[pl.Series, pl.Series]:
    """Rows that are totals, and rows that are lines of a printed page."""
    totals: list[int] = []
    lines: list[int] = []
    telling = _telling_cells(cells, says_what)
    if telling.height:
        above = (~blank).cast(pl.UInt32).cum_sum()
        since = 0
        last = cells.height if some_rows else _last_full_row(cells)
        for row, filled in _by_row(telling):
            before = int(above[row]) - 1 - len(totals) - len(lines)
            if len(filled) == 1 and (filled[0].is_line or (filled[0].is_note and row > last)):
                lines.append(row)
            elif _is_total(cells, row, filled, set() if some_rows else {before, before - since}, says_what):
                totals.append(row)
                since = before
    return tuple(  # type: ignore[return-value]
        _marked(pl.DataFrame({"row": pl.Series(rows, dtype=pl.UInt32)}), cells.height)
        for rows in (totals, lines)
    )


class _Cell(NamedTuple):
    row: int
    column: int
    text: str
    is_total: bool
    is_line: bool
    is_note: bool
    is_number: bool
    group: str | None


def _telling_cells(cells: pl.DataFrame, says_what: Collection[int]) -> pl.DataFrame:
    """The filled cells of each row that may be a total or a page line, one a row of the answer."""
    frame = cells.with_row_index("row")
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in cells.columns)
    sparse = filled <= max(3, cells.width // 2)
    if says_what:
        sparse |= pl.all_horizontal(pl.col(cells.columns[at]).is_null() for at in says_what)
    first = pl.coalesce(cells.columns).str.contains(TOTAL)
    frame = frame.filter(filled > 0, sparse | first)
    frame = frame.filter(
        pl.any_horizontal(pl.col(name).str.contains(_TELLING).fill_null(False) for name in cells.columns)
    )
    text = pl.col("text")
    return (
        frame.rename({name: str(at) for at, name in enumerate(cells.columns)})
        .unpivot(index="row", variable_name="column", value_name="text")
        .filter(text.is_not_null())
        .select(
            "row",
            pl.col("column").cast(pl.Int64),
            "text",
            is_total=text.str.contains(TOTAL),
            is_line=text.str.contains(_PAGE_LINE),
            is_note=text.str.contains(_NOTE),
            is_number=text.str.contains(_NUMBER),
            group=text.str.extract(_GROUP_TOTAL),
        )
        .sort("row", "column")
    )


def _last_full_row(cells: pl.DataFrame) -> int:
    """The last row with more than one filled cell: what stands alone below it is no longer the table."""
    if cells.width < 2:
        return cells.height
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in cells.columns)
    return int(cells.select((filled > 1).arg_true().max()).item() or 0)


def _by_row(telling: pl.DataFrame) -> Iterator[tuple[int, list[_Cell]]]:
    for row, cells in groupby(map(_Cell._make, telling.iter_rows()), key=lambda cell: cell.row):
        yield row, list(cells)


def _is_total(
    cells: pl.DataFrame,
    row: int,
    filled: Sequence[_Cell],
    counts: Collection[int],
    says_what: Collection[int],
) -> bool:
    """A word for a total and nothing but numbers; in a column of model numbers only the count of rows."""
    total = False
    for cell in filled:
        if cell.is_total or (cell.group is not None and _stands_above(cells, row, cell)):
            total = True
        elif cell.text.startswith("="):
            continue
        elif not cell.is_number:
            return False
        elif cell.column in says_what:
            digits = "".join(c for c in cell.text if c.isdigit())
            if not digits or len(digits) > 12 or int(digits) not in counts:
                return False
    return total


def _stands_above(cells: pl.DataFrame, row: int, cell: _Cell) -> bool:
    start = max(0, row - _LARGEST_GROUP)
    return bool((cells.to_series(cell.column)[start:row] == cell.group).any())


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
