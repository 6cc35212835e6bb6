"""Tables of names: every format as columns of text, and one name a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.csv_file import read_below
from clearband.sources.dialect import DELIMITERS, HEAD, Dialect, Head, parse_head, separator
from clearband.sources.excel import read_workbook
from clearband.sources.names.columns import NAME, place_of
from clearband.sources.names.content import Content
from clearband.sources.options import HEADER_ROWS
from clearband.sources.parquet_file import load_parquet
from clearband.sources.raw_table import RawTable
from clearband.sources.synonyms import normal_header

_HIDDEN: Final = r"[\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}\u{2066}-\u{2069}\u{feff}]+"
"""Marks without width or of direction, which hide what a name says."""
_CONTROL: Final = r"[ ]*[\x00-\x1f\x7f-\x9f][ \x00-\x1f\x7f-\x9f]*"
"""Control characters, line ends inside a cell among them."""


@dataclass(frozen=True)
class Table:
    """A table whose header is known.

    Attributes:
        header: Its column names.
        cells: One String column each, named "0", "1", ...
        rows: Number of each row as a person sees it, Int64.
        warnings: What a person should look at.
        form: ``table``, or ``lines`` where each line is a name.
    """

    file: str
    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    warnings: tuple[str, ...] = ()
    form: str = "table"

    def column(self, place: int) -> pl.Series:
        """A column of one-line text; blank is null."""
        return one_line(self.cells.to_series(place))


def one_line(cells: pl.Series) -> pl.Series:
    """Text without control characters and blanks around it; blank becomes null."""
    text = cells.str.replace_all(_HIDDEN, "").str.replace_all(_CONTROL, " ").str.strip_chars()
    return text.set(text == "", None)


def table_of(content: Content, name_column: str | None) -> Table | None:
    """The table of a file; None for a text that is none.

    Args:
        content: The file.
        name_column: The column that the user says holds names, which helps to find the header.

    Raises:
        InputError: It is damaged, or has no column that can be one of names.
    """
    wanted = (normal_header(name_column),) if name_column else NAME
    if content.kind == "parquet":
        return _of_parquet(content)
    if content.kind in ("json", "jsonl"):
        return _of_objects(content)
    if content.kind != "csv":
        return _of_workbook(content, name_column)
    return _of_text(content, wanted)


def lines_of(content: Content) -> Table:
    """One name a line; blank lines are left out."""
    lines = pl.Series("0", content.text.utf8.decode("utf-8").splitlines(), dtype=pl.String)
    filled = (lines.str.strip_chars() != "").arg_true()
    rows = (filled + 1).cast(pl.Int64)
    return Table(content.file, ("name",), lines.gather(filled).to_frame(), rows, content.warnings, "lines")


def no_names(content: Content, seen: Sequence[str], option: str) -> InputError:
    """The message for a table in which no column is one of names."""
    shown = ", ".join(cell[:40] for cell in seen if cell)[:300]
    return InputError(
        f"no column of names was found (columns: {shown or 'none'})",
        where=content.file,
        remedy=f"say which it is with {option}",
    )


def columns_seen(content: Content) -> tuple[str, ...]:
    """The first cells of a text that looks like a table of two columns or more; else nothing."""
    text = content.text.utf8[:HEAD].decode("utf-8", "ignore")
    for sign in DELIMITERS:
        rows = [row for row in parse_head(text, sign, f'{sign} "' in text).rows if any(row)]
        if len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            return tuple(rows[0])
    return ()


def _of_parquet(content: Content) -> Table:
    frame = load_parquet(content.data, content.file, content.limits)
    columns = [
        series.cast(pl.String)
        if series.dtype == pl.String or not (series.dtype.is_nested() or series.dtype == pl.Binary)
        else pl.Series([None] * len(series), dtype=pl.String)
        for series in frame.iter_columns()
    ]
    rows = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True)
    return Table(content.file, tuple(frame.columns), _numbered(columns), rows)


def _of_objects(content: Content) -> Table:
    numbers: list[int] = []
    texts: dict[str, list[str | None]] = {}
    for count, (number, record) in enumerate(content.objects()):
        numbers.append(number)
        for key, value in record.items():
            if isinstance(value, str):
                column = texts.setdefault(key, [])
                column.extend([None] * (count - len(column)))
                column.append(value.encode("utf-8", "replace").decode("utf-8"))
        if len(texts) > content.limits.max_columns:
            raise InputError("too many different keys", where=content.where(number))
    if not numbers:
        raise InputError(
            "there are no records", where=content.file, remedy="check that the export is complete"
        )
    for column in texts.values():
        column.extend([None] * (len(numbers) - len(column)))
    columns = [pl.Series(column, dtype=pl.String) for column in texts.values()]
    return Table(
        content.file,
        tuple(texts),
        _numbered(columns),
        pl.Series(numbers, dtype=pl.Int64),
        content.warnings,
    )


def _of_workbook(content: Content, name_column: str | None) -> Table:
    given = {name_column, normal_header(name_column)} if name_column else set(NAME)
    seen: tuple[str, ...] = ()
    found: list[RawTable] = []
    for table in read_workbook(content.data, content.file, content.kind, content.limits, given):
        if isinstance(table, RawTable):
            seen = seen or table.header
            if place_of(table.header, sorted(given, key=str)) is not None:
                found.append(table)
        else:
            seen = seen or table.headers_seen
    if len(found) > 1:
        raise InputError(
            f"{len(found)} sheets hold names ({', '.join(str(table.sheet) for table in found)})",
            where=content.file,
            remedy="save the sheet that is meant as CSV",
        )
    return _of_raw(found[0], ()) if found else _empty(content, seen)


def _of_text(content: Content, wanted: Sequence[str]) -> Table | None:
    """A text with a separator whose header has a column of names."""
    text = content.text.utf8[:HEAD].decode("utf-8", "ignore")
    given = separator(content.limits.delimiter)
    best: tuple[int, int, Dialect] | None = None
    for sign in (given,) if given else DELIMITERS:
        spaced = f'{sign} "' in text
        head = parse_head(text, sign, spaced)
        for index, row in enumerate(head.rows[:HEADER_ROWS]):
            if place_of(row, wanted) is not None:
                # the earliest row with the most columns: a name in a later row may only look like a header
                rank = (-index, len(row))
                if best is None or rank > best[:2]:
                    best = (*rank, _dialect(sign, spaced, head, index))
                break
    if best is None:
        return None
    table = read_below(best[2], content.text, content.file, content.limits)
    warnings = tuple(f"{content.file}: {warning}" for warning in table.warnings)
    return _of_raw(table, warnings)


def _dialect(sign: str, spaced: bool, head: Head, index: int) -> Dialect:
    width = max(map(len, head.rows))
    return Dialect(sign, index, head.ends[index], width, tuple(head.rows[index]), spaced, ())


def _of_raw(table: RawTable, warnings: tuple[str, ...]) -> Table:
    """A table without the blank rows below its last one; those between others stay, and are counted."""
    blank = pl.all_horizontal((pl.all().str.strip_chars() == "").fill_null(value=True))
    filled = table.cells.select(~blank).to_series().arg_true()
    height = int(filled[-1]) + 1 if len(filled) else 0
    return Table(table.where, table.header, table.cells.head(height), table.rows.head(height), warnings)


def _empty(content: Content, seen: tuple[str, ...]) -> Table:
    cells = _numbered([pl.Series([], dtype=pl.String) for _ in seen])
    return Table(content.file, seen, cells, pl.Series([], dtype=pl.Int64))


def _numbered(columns: Sequence[pl.Series]) -> pl.DataFrame:
    return pl.DataFrame([column.alias(str(at)) for at, column in enumerate(columns)])
