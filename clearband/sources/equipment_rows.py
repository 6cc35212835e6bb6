"""From a table of text to rows of the equipment table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import EQUIPMENT_SCHEMA, INVALID
from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.columns import Columns, decide_columns
from clearband.sources.countries import parse_countries
from clearband.sources.dates import parse_dates
from clearband.sources.header import EQUIPMENT_FIELDS
from clearband.sources.inventory import TableReport
from clearband.sources.macs import parse_macs
from clearband.sources.money import header_currency, parse_currencies, parse_money
from clearband.sources.object_ids import parse_object_ids
from clearband.sources.options import ReadOptions
from clearband.sources.per_distinct import Parsed
from clearband.sources.quantities import parse_quantities
from clearband.sources.raw_table import RawTable
from clearband.sources.real_makers import makers_and_brands, makers_or_others
from clearband.sources.record_ids import record_ids, sources, within_sheet
from clearband.sources.rows_to_skip import RowsToSkip, columns_that_say_what, rows_to_skip
from clearband.sources.synonyms import IDENTITY
from clearband.sources.text_cells import clean_cells, clean_text

_LONGEST_VALUE = 200
"""Characters of an unreadable cell that are kept in ``invalid``."""


@dataclass(frozen=True)
class _Rows:
    """The rows that are kept, cleaned and understood."""

    raw: RawTable
    cells: pl.DataFrame
    numbers: pl.Series
    typed: dict[str, pl.Series]
    columns: Columns
    header: tuple[str, ...]


@dataclass(frozen=True)
class Understood:
    """What the columns of a table mean, and which of its rows are equipment.

    Attributes:
        cleaned, cut: All cells, cleaned, and those that had to be cut.
        header: Names of the columns, cleaned.
        says_what: Columns that name makers, models and numbers of equipment.
        cells, typed: Of the rows that are kept.
    """

    cleaned: pl.DataFrame
    cut: dict[str, pl.DataFrame]
    header: tuple[str, ...]
    says_what: frozenset[int]
    skip: RowsToSkip
    cells: pl.DataFrame
    typed: dict[str, pl.Series]
    columns: Columns


def understood(raw: RawTable, mapping: ColumnMapping | None, options: ReadOptions) -> Understood:
    """Find out what the columns of a table mean.

    Raises:
        InputError: No column is recognised as saying something of equipment.
    """
    cleaned, cut = clean_cells(raw.cells, options.max_cell_characters)
    header = tuple(clean_text(text) or "" for text in raw.header)
    says = columns_that_say_what(header, mapping.given_fields(header) if mapping else {})
    skip = rows_to_skip(cleaned, header, raw.typed, look_for_totals=raw.has_totals, says_what=says)
    cells = cleaned.filter(skip.keep)
    typed = {name: series.filter(skip.keep) for name, series in raw.typed.items()}
    columns = decide_columns(header, cells, mapping, typed)
    if not (EQUIPMENT_FIELDS & (set(columns.fields) | set(typed))):
        raise no_columns(raw.where, [text for text in header if text])
    return Understood(cleaned, cut, header, says, skip, cells, typed, columns)


def equipment_rows(
    raw: RawTable, mapping: ColumnMapping | None, options: ReadOptions
) -> tuple[pl.DataFrame, TableReport]:
    """Understand one table.

    Returns:
        Rows of ``EQUIPMENT_SCHEMA`` with ``x_`` columns behind, and the account of how they were read.

    Raises:
        InputError: No column is recognised as saying something of equipment.
    """
    found = understood(raw, mapping, options)
    cleaned, header, skip, columns, typed = (
        found.cleaned,
        found.header,
        found.skip,
        found.columns,
        found.typed,
    )
    cells, cut, keep = found.cells, found.cut, found.skip.keep
    rows = _Rows(raw, cells, raw.rows.filter(keep), typed, columns, header)
    values, bad = _fields(rows, options)
    bad += [(header[int(name)], _after_filter(frame, keep)) for name, frame in cut.items()]
    ids = typed.get(IDENTITY)
    if IDENTITY in columns.fields:
        ids = cells.to_series(columns.fields[IDENTITY])
    named, id_warnings = record_ids(
        raw.file, raw.sheet, rows.numbers, ids, as_given=columns.own_ids or IDENTITY in typed
    )
    values[IDENTITY] = named
    if "parent_id" in columns.fields and ids is not None and raw.sheet is not None and not columns.own_ids:
        values["parent_id"] = within_sheet(values["parent_id"], ids, raw.sheet)
    values.setdefault("source", sources(raw.file, raw.sheet, rows.numbers))
    values["invalid"] = _invalid(bad, cells.height or len(named), typed.get("invalid"))
    equipment = _assemble(values, rows)
    warnings = (
        *raw.warnings,
        *_passed_over(cleaned, raw.rows, skip),
        *columns.warnings,
        *id_warnings,
        *_unreadable(bad),
    )
    return equipment, _report(raw, columns, skip, equipment.height, warnings)


def _passed_over(cells: pl.DataFrame, numbers: pl.Series, skip: RowsToSkip) -> list[str]:
    """The lines of text among the rows, which might after all have said something."""
    if not skip.lines:
        return []
    text = next(cell for cell in cells.row(skip.lines[0]) if cell is not None)
    count = "1 line" if len(skip.lines) == 1 else f"{len(skip.lines)} lines"
    shown = " ".join(text[:60].split())
    return [
        f'{count} of text beside the table passed over, the first in row {numbers[skip.lines[0]]}: "{shown}"'
    ]


def no_columns(where: str, headers: Sequence[str]) -> InputError:
    """The refusal of a table in which nothing is recognised."""
    seen = ", ".join(f'"{text[:40]}"' for text in headers[:12]) or "none"
    return InputError(
        f"no column says anything of equipment (headers seen: {seen})",
        where=where,
        remedy='say what the columns are, e.g. --map "COLUMN=manufacturer" --map "COLUMN=model"',
    )


def _report(
    raw: RawTable, columns: Columns, skip: RowsToSkip, count: int, warnings: tuple[str, ...]
) -> TableReport:
    if not count:
        warnings = (*warnings, "the table has a header and no rows")
    return TableReport(
        file=raw.file,
        sheet=raw.sheet,
        format=raw.format,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        hidden=raw.hidden,
        header_row=raw.header_row,
        rows_read=count,
        blank_rows=skip.blank,
        total_rows=skip.totals,
        repeated_headers=skip.headers,
        page_lines=skip.page_lines,
        columns=columns.found,
        warnings=warnings,
    )


def _fields(rows: _Rows, options: ReadOptions) -> tuple[dict[str, pl.Series], list[tuple[str, pl.DataFrame]]]:
    """All columns but ids and ``invalid``, and the unreadable cells by input column."""
    values = {name: series for name, series in rows.typed.items() if name not in (IDENTITY, "invalid")}
    bad: list[tuple[str, pl.DataFrame]] = []
    readers: dict[str, Callable[[pl.Series], Parsed]] = {
        "macs": parse_macs,
        "quantity": parse_quantities,
        "made_in": parse_countries,
        "sys_object_id": parse_object_ids,
        "currency": parse_currencies,
        "acquired_on": lambda cells: parse_dates(cells, options.date_order),
        "installed_on": lambda cells: parse_dates(cells, options.date_order),
    }
    in_cells: pl.Series | None = None
    for name, index in rows.columns.fields.items():
        cells = rows.cells.to_series(index)
        if name == IDENTITY:
            continue
        if name == "unit_cost":
            parsed, in_cells = parse_money(cells)
        elif name in readers:
            parsed = readers[name](cells)
        else:
            values[name] = cells
            continue
        values[name] = parsed.values
        bad.append((rows.header[index], parsed.bad))
    if rows.columns.other_maker is not None:
        other = rows.cells.to_series(rows.columns.other_maker)
        values["manufacturer"], values["brand"] = makers_and_brands(
            values["manufacturer"],
            other,
            None if rows.columns.fields["brand"] == rows.columns.other_maker else values["brand"],
        )
    if rows.columns.second_maker is not None:
        second = rows.cells.to_series(rows.columns.second_maker)
        values["manufacturer"] = makers_or_others(values["manufacturer"], second)
    if in_cells is not None:
        header = rows.header[rows.columns.fields["unit_cost"]]
        values["currency"] = _currency(values["unit_cost"], in_cells, values.get("currency"), header)
    if "quantity" not in values:
        values["quantity"] = pl.Series([1], dtype=pl.Int64).new_from_index(0, len(rows.numbers))
    return values, bad


def _currency(costs: pl.Series, in_cells: pl.Series, column: pl.Series | None, header: str) -> pl.Series:
    """The cell's own currency, else the currency column's, else the header's."""
    frame = pl.DataFrame({"cost": costs, "own": in_cells}).with_columns(
        column=column if column is not None else pl.lit(None, dtype=pl.String)
    )
    stated = pl.coalesce("own", "column")
    from_header = pl.when(pl.col("cost").is_not_null()).then(pl.lit(header_currency(header), dtype=pl.String))
    return frame.select(pl.coalesce(stated, from_header).alias("currency"))["currency"]


def _after_filter(frame: pl.DataFrame, keep: pl.Series) -> pl.DataFrame:
    """Row indexes before rows were left out, turned into those after."""
    new = keep.cast(pl.UInt32).cum_sum() - 1
    kept = frame.filter(keep.gather(frame["row"]))
    return kept.with_columns(row=new.gather(kept["row"]).cast(pl.UInt32))


def _invalid(bad: Sequence[tuple[str, pl.DataFrame]], height: int, earlier: pl.Series | None) -> pl.Series:
    frames = [
        frame.select("row", pl.lit(column).alias("column"), "value", "problem")
        for column, frame in bad
        if frame.height
    ]
    none = pl.Series("invalid", [None], dtype=INVALID).new_from_index(0, height)
    if not frames:
        return none if earlier is None else earlier.cast(INVALID)
    entries = pl.concat(frames).with_columns(pl.col("value").str.slice(0, _LONGEST_VALUE))
    lists = (
        entries.sort("row", maintain_order=True)
        .group_by("row", maintain_order=True)
        .agg(pl.struct("column", "value", "problem").alias("new"))
    )
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    joined = rows.join(lists, on="row", how="left", maintain_order="left").with_columns(
        old=none if earlier is None else earlier.cast(INVALID)
    )
    both = pl.col("old").is_not_null() & pl.col("new").is_not_null()
    return joined.select(
        pl.when(both).then(pl.concat_list("old", "new")).otherwise(pl.coalesce("new", "old")).alias("invalid")
    )["invalid"]


def _assemble(values: dict[str, pl.Series], rows: _Rows) -> pl.DataFrame:
    height = len(rows.numbers)
    ordered = [
        values[name].cast(dtype).alias(name)
        if name in values
        else pl.Series(name, [None], dtype=dtype).new_from_index(0, height)
        for name, dtype in EQUIPMENT_SCHEMA.items()
    ]
    extras = [rows.cells.to_series(index).alias(name) for name, index in rows.columns.extras.items()]
    return pl.DataFrame([*ordered, *extras])


def _unreadable(bad: Sequence[tuple[str, pl.DataFrame]]) -> list[str]:
    """One warning per column and problem, with an example."""
    warnings = []
    for column, frame in bad:
        counts = frame.group_by("problem", maintain_order=True).agg(pl.len(), pl.col("value").first())
        for problem, count, value in counts.iter_rows():
            cells = "1 cell" if count == 1 else f"{count} cells"
            shown = " ".join((value or "")[:40].split())
            warnings.append(f'column "{column}": {cells} {problem}, e.g. "{shown}"; the rows are kept')
    return warnings
