"""A user's own table of unit prices, such as the FCC catalogue: CSV, Excel or Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.planning.prices import Price, Prices

COLUMNS: Final = ("id", "category", "item", "unit", "low", "average", "high", "source")
"""The columns that are read; id and one of low, average and high must be there."""
OPTIONAL: Final = ("currency", "year", "note")
_ENDS: Final = ("low", "average", "high")
_DEFAULT_CURRENCY: Final = "USD"

Row = dict[str, str | None]


@dataclass(frozen=True)
class _Sheet:
    """A table whose columns are known: the only one of a text file, or one of a workbook.

    Attributes:
        where: File, and sheet of a workbook.
        cells: One String column a column of the table.
        rows: Number of each row as a person sees it.
        columns: Place of each column that is read.
    """

    where: str
    cells: pl.DataFrame
    rows: pl.Series
    columns: Mapping[str, int]


def read_price_table(path: str, packaged: Prices) -> dict[str, Price]:
    """Read a table of unit prices, one item a row; of a workbook every sheet that is one.

    Args:
        path: A file with the columns of `COLUMNS`, in any order; "-" is standard input. ``currency`` (else
            that of the packaged item, else USD), ``year`` (of the money) and ``note`` may stand beside them.
        packaged: The packaged prices: an item of the same id, or a part of a plan of that id, gives what a
            row leaves out but never a price, and its unit must be the same.

    Returns:
        By id, in the order of the rows. A row without a price is kept: it says that there is none.

    Raises:
        InputError: The table cannot be used; names file, row, column and remedy.
    """
    prices: dict[str, Price] = {}
    sheets = _sheets(path)
    for sheet in sheets:
        for number, row in _rows(sheet):
            where = f"{sheet.where} row {number}"
            price = _price(row, where, packaged, PurePath(path).name)
            if price.id in prices:
                raise InputError(f'"{price.id}" stands twice', where=where, remedy="leave one of the rows")
            prices[price.id] = price
    if not prices:
        raise InputError("the table has no rows", where=sheets[0].where, remedy="check that it is complete")
    return prices


def _sheets(path: str) -> list[_Sheet]:
    """The tables of prices in a file."""
    from clearband.sources.excel import read_workbook
    from clearband.sources.names.content import read_content
    from clearband.sources.names.options import NameOptions
    from clearband.sources.names.tables import columns_seen, table_of
    from clearband.sources.raw_table import RawTable

    content = read_content(path, NameOptions(name_column="id"))
    seen: tuple[str, ...] = ()
    found: list[_Sheet | None] = []
    if content.kind in ("json", "jsonl"):
        raise InputError(
            "a table of prices is no JSON", where=content.file, remedy="give it as CSV, Excel or Parquet"
        )
    if content.kind in ("csv", "parquet"):
        table = table_of(content, "id")
        seen = table.header if table else columns_seen(content)
        if table is not None:
            found.append(_sheet(table.file, table.header, table.cells, table.rows))
    else:
        for sheet in read_workbook(content.data, content.file, content.kind, content.limits, {"id"}):
            if isinstance(sheet, RawTable):
                found.append(_sheet(sheet.where, sheet.header, sheet.cells, sheet.rows))
                seen = seen or sheet.header
            else:
                seen = seen or sheet.headers_seen
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise InputError(
            f"no table of prices was found (columns: {', '.join(seen)[:200] or 'none'})",
            where=content.file,
            remedy=f"name the columns {', '.join(COLUMNS)}",
        )
    return sheets


def _sheet(where: str, header: tuple[str, ...], cells: pl.DataFrame, rows: pl.Series) -> _Sheet | None:
    """The table when it has an id and a price; else None."""
    from clearband.sources.synonyms import normal_header

    names = [normal_header(name) for name in header]
    columns: dict[str, int] = {name: names.index(name) for name in (*COLUMNS, *OPTIONAL) if name in names}
    fits = "id" in columns and bool(set(_ENDS) & set(columns))
    return _Sheet(where, cells, rows, columns) if fits else None


def _rows(sheet: _Sheet) -> Iterator[tuple[int, Row]]:
    """The filled rows with their number as a person sees it."""
    from clearband.sources.names.tables import one_line

    cells = {name: one_line(sheet.cells.to_series(at)).to_list() for name, at in sheet.columns.items()}
    for at, number in enumerate(sheet.rows.to_list()):
        row = {name: column[at] for name, column in cells.items()}
        if any(row.values()):
            yield number, row


def _price(row: Row, where: str, packaged: Prices, file: str) -> Price:
    name = row.get("id")
    if name is None:
        raise InputError("the row has no id", where=where, remedy="give each item an id, or take it out")
    known = packaged.items.get(name) or next(
        (packaged.items[one] for one in packaged.roles.get(name, ())), None
    )
    unit = row.get("unit") or (known.unit if known else None)
    if unit is None:
        raise InputError(f'"{name}" has no unit', where=where, remedy="say what it is a price of")
    if known and unit.casefold() != known.unit.casefold():
        raise InputError(
            f'"{name}" is priced by {unit}, and by {known.unit} in the catalogue',
            where=where,
            remedy=f"give the price by {known.unit}, or the row another id",
        )
    ends = [_number(row, end, where) for end in _ENDS]
    filled = [end for end in ends if end is not None]
    if filled != sorted(filled):
        raise InputError(
            f'low, average and high of "{name}" are out of order', where=where, remedy="correct them"
        )
    low, average, high = ends
    return Price(
        name,
        row.get("category") or (known.category if known else "other"),
        row.get("item") or (known.item if known else name),
        known.unit if known else unit,
        low,
        average,
        high,
        _currency(row, where, known),
        _year(row, where),
        None,
        (row.get("source") or file,),
        False,
        note=row.get("note"),
        own=True,
    )


def _number(row: Row, column: str, where: str) -> Decimal | None:
    from clearband.sources.money import parse_amount

    cell = row.get(column)
    if cell is None:
        return None
    amount, currency, problem = parse_amount(cell)
    if problem is not None:
        raise InputError(f'{column} "{cell[:40]}" is {problem}', where=where, remedy="write digits")
    stated = row.get("currency")
    if currency is not None and stated is not None and currency != stated.upper():
        raise InputError(
            f'{column} "{cell[:40]}" is not in {stated}', where=where, remedy="write one currency a row"
        )
    if currency is not None and stated is None:
        row["currency"] = currency
    return amount


def _currency(row: Row, where: str, known: Price | None) -> str | None:
    from clearband.sources.money import parse_currency

    stated = row.get("currency")
    if stated is None:
        return known.currency if known else _DEFAULT_CURRENCY
    currency, problem = parse_currency(stated)
    if problem is not None:
        raise InputError(f'currency "{stated[:40]}" is {problem}', where=where, remedy="write USD or EUR")
    return currency


def _year(row: Row, where: str) -> int | None:
    stated = row.get("year")
    if stated is None:
        return None
    if len(stated) != 4 or not (stated.isascii() and stated.isdigit()):
        raise InputError(f'year "{stated[:40]}" is no year', where=where, remedy="write four digits")
    return int(stated)
