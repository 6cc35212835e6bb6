"""A raw table to one with the columns and types of the contract."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from clearband.facts.problems import nearest_or
from clearband.planning.network.cells import Place, parsed
from clearband.planning.network.problems import MOST, Cell, Problems, shown
from clearband.planning.network.raw_table import RawTable, column_name
from clearband.planning.network.tables import Column, Table


def empty(table: Table) -> pl.DataFrame:
    """The table without rows."""
    return pl.DataFrame(schema=table.schema)


def typed(raw: RawTable, table: Table, start: int, problems: Problems) -> tuple[pl.DataFrame, list[str]]:
    """A table with its types, and warnings.

    Args:
        start: First quarter of the horizon, as `clearband.model.network.quarter_number` counts.
        problems: Wrong cells and rows that stand twice go here.
    """
    if raw.cells.height > table.most:
        problems.add(Cell(raw.file, None, None, f"more than {table.most} rows", "split the network"))
        return empty(table), []
    places = _places(raw, table, problems)
    cells, rows = _without_blank(raw)
    warnings = [*raw.warnings, *_unknown(raw, table)]
    columns = []
    for column in table.columns:
        if column.name not in places:
            columns.append(_absent(column, cells.height))
            if column.required:
                said = ", ".join(name for name in raw.header if name)[:200]
                what = f"has no column {column.name} (columns: {said})"
                problems.add(Cell(raw.file, None, None, what, "add it"))
            continue
        values = parsed(cells.to_series(places[column.name]), column, start, Place(raw.file, rows), problems)
        if column.told and values.null_count():
            warnings.append(_told(values, column, raw.file, rows))
        columns.append(values if column.default is None else values.fill_null(column.default))
    frame = pl.DataFrame([values.cast(table.schema[values.name]) for values in columns])
    _refuse_twice(frame, table, raw.file, rows, problems)
    # Rows without a key were told; the order of all others is that of their keys.
    return frame.sort(table.key, nulls_last=False), warnings


def _places(raw: RawTable, table: Table, problems: Problems) -> dict[str, int]:
    known = {column.name for column in table.columns}
    found: dict[str, int] = {}
    for at, text in enumerate(raw.header):
        name = column_name(text)
        if name in found:
            problems.add(Cell(raw.file, None, name, "the column stands twice", "take one out"))
        elif name in known:
            found[name] = at
    return found


def _unknown(raw: RawTable, table: Table) -> Iterator[str]:
    known = [column.name for column in table.columns]
    for text in raw.header:
        name = column_name(text)
        if name and name not in known:
            where = nearest_or(name, known, f"columns are {', '.join(known)}")
            yield f"{raw.file}: the column {shown(text)} is not known and not read; {where}"


def _without_blank(raw: RawTable) -> tuple[pl.DataFrame, pl.Series]:
    """Rows with anything in them."""
    texts = [name for name, kind in raw.cells.schema.items() if kind == pl.String]
    if len(texts) < raw.cells.width or not texts:
        return raw.cells, raw.rows
    first = raw.cells.to_series(0)
    if not (first.is_null() | (first.str.strip_chars() == "")).any():
        return raw.cells, raw.rows
    filled = raw.cells.select(
        pl.any_horizontal((pl.col(texts).str.strip_chars() != "").fill_null(value=False))
    ).to_series()
    return raw.cells.filter(filled), raw.rows.filter(filled)


def _absent(column: Column, height: int) -> pl.Series:
    return pl.Series(column.name, [column.default], dtype=_dtype(column)).new_from_index(0, height)


def _dtype(column: Column) -> type[pl.DataType]:
    return pl.Float64 if column.form in ("number", "whole") else pl.String


def _told(values: pl.Series, column: Column, file: str, rows: pl.Series) -> str:
    first = rows[int(values.is_null().arg_max() or 0)]
    count = values.null_count()
    many = "1 row has" if count == 1 else f"{count} rows have"
    return f"{file}: {many} no {column.name}, which counts as {column.default} (first: row {first})"


def _refuse_twice(frame: pl.DataFrame, table: Table, file: str, rows: pl.Series, problems: Problems) -> None:
    """A key that stands in two rows, told with both."""
    keys = list(table.key)
    named = frame.select(keys).with_columns(row=rows).drop_nulls([key for key in keys if key != "quarter"])
    if named.select(keys).n_unique() == named.height:
        return
    twice = (
        named.group_by(keys, maintain_order=True)
        .agg(pl.col("row").head(2), pl.len().alias("count"))
        .filter(pl.col("count") > 1)
    )
    for at, row in enumerate(twice.iter_rows(named=True)):
        if at >= MOST:
            problems.add(
                Cell(file, None, None, f"{twice.height - MOST} more stand twice", "keep one row each")
            )
            return
        values = " ".join(str(row[key]) for key in keys if key != "quarter")
        what = f"{table.what} {shown(values)} stands in row {row['row'][0]} already"
        problems.add(Cell(file, row["row"][1], keys[0], what, "keep one row"))
