"""Text tables: CSV and its relatives, every cell as text.

Well-formed files go through Polars. Files whose quotes or line ends are odd go through the standard library's
reader, which gives the same cells, slower.
"""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from types import MappingProxyType
from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.sources.detect_encoding import DecodedText
from clearband.sources.dialect import Dialect, find_dialect, separator
from clearband.sources.equipment_rows import no_columns
from clearband.sources.marks import Marks
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.sideways import REMEDY, OnSide, turned
from clearband.sources.stray_quotes import StrayQuotes, ends_inside_quotes, unclosed

_SPARE = 2
"""Columns read beyond the widest record of the head, to notice wider ones further down."""
LARGEST_CELL = 1_000_000
CSV_LIMIT = threading.Lock()
NO_KINDS: Final[Mapping[int, pl.DataType]] = MappingProxyType({})


def read_csv(text: DecodedText, file: str, options: ReadOptions, given: Collection[str] = ()) -> RawTable:
    """Read a text table.

    Args:
        text: The file as UTF-8.
        file: Its name.
        options: Delimiter and limits.
        given: Column names that the user mapped, which help to find the header.

    Raises:
        InputError: There is no header, a quote never closes or swallows rows, or a limit is exceeded.
        UsageError: The separator that the user named is none.
    """
    utf8 = text.utf8.rstrip(b"\x1a")
    dialect = find_dialect(
        utf8, file, delimiter=separator(options.delimiter), max_columns=options.max_columns, given=given
    )
    if dialect.on_side is not None:
        return _on_side(utf8, dialect, dialect.on_side, text, file, options)
    if dialect.header_index is None:
        if b'"' in utf8:
            _all_rows(utf8, dialect, file, options, _quotes(dialect, file))
        raise no_columns(file, dialect.seen)
    return read_below(dialect, text, file, options)


def read_below(dialect: Dialect, text: DecodedText, file: str, options: ReadOptions) -> RawTable:
    """Read a text table whose separator and header are known.

    Raises:
        InputError: A quote never closes or swallows rows, or a limit is exceeded.
    """
    utf8 = text.utf8.rstrip(b"\x1a")
    start = len(utf8[: 4 * dialect.body_start].decode("utf-8", "ignore")[: dialect.body_start].encode())
    below = Marks(b"".join((names_above(dialect), memoryview(utf8)[start:])))
    table = read_records(dialect, utf8[:start], below, text.encoding, file, options)
    return replace(table, warnings=(*text.warnings, *table.warnings))


def read_records(
    dialect: Dialect, above: bytes, below: Marks, encoding: str, file: str, options: ReadOptions,
    kinds: Mapping[int, pl.DataType] = NO_KINDS,
) -> RawTable:  # fmt: skip
    """Read the records of a text table whose separator and header are known.

    Args:
        above: The table down to its header, as UTF-8.
        below: The records, as UTF-8, with a line of `names_above` before them.
        encoding: What the file is encoded in.
        kinds: Categories in which columns are wanted; they may come as texts all the same.

    Raises:
        InputError: A quote never closes or swallows rows, or a limit is exceeded.
    """
    assert dialect.header_index is not None
    quotes, header_marks = _quotes(dialect, file), Marks(above)
    regular = _is_regular(header_marks, dialect) and _is_regular(below, dialect)
    cells = _fast(below, dialect, kinds) if regular else None
    if cells is None:
        records = memoryview(below.utf8)[len(names_above(dialect)) :]
        cells = _slow(b"".join((above, records)), dialect, file, options, quotes)
    else:
        quotes.judge_regular(header_marks)
        quotes.judge_regular(below, above.count(b"\n") - 1)
    first = dialect.header_index + 2
    header, warnings = _header_for(cells, dialect)
    return RawTable(
        file=file,
        sheet=None,
        format="csv",
        header=header,
        cells=cells.rename({name: str(index) for index, name in enumerate(cells.columns)}),
        rows=pl.int_range(first, first + cells.height, dtype=pl.Int64, eager=True),
        header_row=dialect.header_index + 2 - dialect.header_rows,
        encoding=encoding,
        delimiter=dialect.delimiter,
        warnings=(*quotes.warnings(), *warnings),
    )


def _on_side(
    utf8: bytes, dialect: Dialect, side: OnSide, text: DecodedText, file: str, options: ReadOptions
) -> RawTable:
    """A table whose header words stand down its first column."""
    if side.unclear is not None:
        raise InputError(side.unclear, where=file, remedy=REMEDY)
    quotes = _quotes(dialect, file)
    rows = [[cell.strip() for cell in row] for row in _all_rows(utf8, dialect, file, options, quotes)[0]]
    header, cells, letters, warning = turned(rows, side.column)
    return RawTable(
        file=file,
        sheet=None,
        format="csv",
        header=header,
        cells=cells.rename({name: str(index) for index, name in enumerate(cells.columns)}),
        rows=letters,
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        warnings=(*text.warnings, *quotes.warnings(), warning),
    )


def _quotes(dialect: Dialect, file: str) -> StrayQuotes:
    named = max((at + 1 for at, cell in enumerate(dialect.header) if cell), default=0)
    return StrayQuotes(file, dialect.delimiter, named or dialect.width)


def _header_for(cells: pl.DataFrame, dialect: Dialect) -> tuple[tuple[str, ...], tuple[str, ...]]:
    beyond = cells.width - len(dialect.header)
    header = dialect.header + ("",) * beyond
    if beyond <= 0:
        return header, ()
    extra = pl.any_horizontal(
        pl.col(cells.columns[len(dialect.header) :]).str.strip_chars().fill_null("") != ""
    )
    wide = cells.with_row_index("row").filter(extra)
    if not wide.height:
        return header, ()
    assert dialect.header_index is not None
    row = wide["row"][0] + dialect.header_index + 2
    rows = "1 row has" if wide.height == 1 else f"{wide.height} rows have"
    return header, (f"{rows} more cells than the header (first: row {row}); they are kept as x_column N",)


def _is_regular(marks: Marks, dialect: Dialect) -> bool:
    """Whether line ends are uniform and every quote opens, closes or doubles as RFC 4180 says."""
    if dialect.spaced:
        return False
    return marks.line_ends_are_uniform() and marks.quotes_are_regular(dialect.delimiter)


def names_above(dialect: Dialect) -> bytes:
    """A line of column names, the numbers from 0 on, that stands above records for Polars' reader."""
    width = max(dialect.width, len(dialect.header))
    return dialect.delimiter.join(map(str, range(width + _SPARE))).encode() + b"\n"


def _fast(below: Marks, dialect: Dialect, kinds: Mapping[int, pl.DataType]) -> pl.DataFrame | None:
    """Polars' reader; None when it cannot vouch for the result."""
    width = max(dialect.width, len(dialect.header))
    if len(dialect.delimiter.encode()) != 1 or width < 2:
        return None
    try:
        cells = pl.read_csv(
            below.utf8,
            has_header=True,
            separator=dialect.delimiter,
            quote_char='"' if len(below.quotes) else None,
            infer_schema=False,
            schema_overrides={str(at): kind for at, kind in kinds.items()},
        )
    except pl.exceptions.PolarsError:
        return None
    names = [str(at) for at in range(width + _SPARE)]
    if cells.columns != names or any(
        cells.to_series(at).null_count() < cells.height for at in range(width, width + _SPARE)
    ):
        return None
    return _narrow(cells, len(dialect.header))


def _narrow(cells: pl.DataFrame, named: int) -> pl.DataFrame:
    """Without empty columns on the right that have no name."""
    width = cells.width
    while width > named and cells.to_series(width - 1).null_count() == cells.height:
        width -= 1
    return cells[:, :width]


def _slow(
    utf8: bytes, dialect: Dialect, file: str, options: ReadOptions, quotes: StrayQuotes
) -> pl.DataFrame:
    """The standard library's reader, for odd quotes and line ends."""
    rows, width = _all_rows(utf8, dialect, file, options, quotes)
    assert dialect.header_index is not None
    body = rows[dialect.header_index + 1 :]
    width = max(width, len(dialect.header))
    if width * len(body) > options.max_cells:
        raise InputError(
            f"more than {options.max_cells} cells",
            where=file,
            remedy="check for a row with far too many columns",
        )
    columns = list(zip_longest(*body, fillvalue=None)) or [()] * width
    columns += [(None,) * len(body)] * (width - len(columns))
    cells = pl.DataFrame(
        [pl.Series(str(index), column, dtype=pl.String) for index, column in enumerate(columns)]
    )
    return _narrow(cells.with_columns(pl.when(pl.all() != "").then(pl.all())), len(dialect.header))


def _all_rows(
    utf8: bytes, dialect: Dialect, file: str, options: ReadOptions, quotes: StrayQuotes
) -> tuple[list[list[str]], int]:
    """Every record from the first one on, and the most cells of one."""
    rows: list[list[str]] = []
    width = 0
    lines: list[str] = []
    """The lines of the record that is being read."""

    def handed_out() -> Iterator[str]:
        for line in io.StringIO(utf8.decode("utf-8"), newline=""):
            lines.append(line)
            yield line

    first = 1
    pending: tuple[int, list[str]] | None = None
    with CSV_LIMIT:
        limit = csv.field_size_limit(LARGEST_CELL)
        try:
            reader = csv.reader(handed_out(), delimiter=dialect.delimiter, skipinitialspace=dialect.spaced)
            for row in reader:
                if pending is not None:
                    quotes.judge_record(pending[0], rows[-1], pending[1])
                    pending = None
                rows.append(row)
                if len(row) > width:
                    width = _checked_width(len(row), len(rows), file, options)
                if len(lines) > 1:
                    pending = first, lines.copy()
                final = lines[-1]
                first += len(lines)
                lines.clear()
            if rows:
                start, record = pending or (first - 1, [final])
                if ends_inside_quotes(record, dialect.delimiter, dialect.spaced):
                    raise unclosed(file, start, record, dialect.delimiter, dialect.spaced)
                if pending is not None:
                    quotes.judge_record(start, rows[-1], record)
        except csv.Error:
            if not any('"' in line for line in lines):
                raise InputError(
                    f"a cell is longer than {LARGEST_CELL} characters",
                    where=f"{file} line {first}",
                    remedy="check the separator (--delimiter) and the line ends",
                ) from None
            raise unclosed(file, first, lines, dialect.delimiter, dialect.spaced) from None
        finally:
            csv.field_size_limit(limit)
    return rows, width


def _checked_width(width: int, row: int, file: str, options: ReadOptions) -> int:
    if width > options.max_columns:
        raise InputError(
            f"more than {options.max_columns} columns",
            where=f"{file} row {row}",
            remedy="check the separator (--delimiter) or an unclosed quotation mark",
        )
    return width
