"""Looks at one file in a process of its own: run as a program, with what is asked as JSON on standard input.

Writes what `clearband.workspace.preview.Preview` holds as JSON on standard output. It may be started before
there is a file (`clearband.workspace.lookers`): it ends where nothing is asked of it.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from clearband.errors import ClearbandError, InputError
from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.detect_encoding import decode_text
from clearband.sources.detect_format import binary_format, extension_warning
from clearband.sources.dialect import find_dialect, parse_head
from clearband.sources.equipment_rows import equipment_rows
from clearband.sources.inventory import ColumnFound, TableReport
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable, SkippedTable
from clearband.sources.read import raw_tables
from clearband.sources.text_cells import clean_text
from clearband.workspace.lookers import REST
from clearband.workspace.readings import Reading

_WHOLE: Final = 64_000_000
"""Bytes of a file that are looked at; of a longer text the lines that are whole in them."""
_PARQUET_ROWS: Final = 100_000
_CELLS: Final = 40_000_000
_CELL: Final = 200
_COLUMNS: Final = 400
_TABLES: Final = 100
_WARNINGS: Final = 100
_WORKBOOK_SECONDS: Final = 60
_WORKBOOK_BYTES: Final = 2_000_000_000
_WARM: Final = b"Mfr,Model\nHuawei,S5720\n"


def main() -> None:
    """Look at the file that standard input names."""
    signal.alarm(REST)
    # What is loaded at first use, is loaded while nobody waits.
    _, tables = raw_tables(_WARM, "warm.csv", None, ReadOptions())
    equipment_rows(next(one for one in tables if isinstance(one, RawTable)), None, ReadOptions())
    said = sys.stdin.buffer.read()
    signal.alarm(0)
    if not said:
        return
    asked = json.loads(said)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    seen = looked(Path(asked["path"]), asked["file"], Reading.of(asked["reading"]), asked["rows"])
    sys.stdout.write(json.dumps(seen))
    sys.stdout.flush()
    # Nothing is left to tidy.
    os._exit(0)


def looked(path: Path, file: str, reading: Reading, rows: int) -> dict[str, Any]:
    """What a file looks like, as plain JSON values."""
    options = replace(
        reading.options,
        max_cells=_CELLS,
        max_hosts=_PARQUET_ROWS,
        max_unpacked_bytes=_WORKBOOK_BYTES,
        excel_memory_bytes=_WORKBOOK_BYTES,
        excel_seconds=_WORKBOOK_SECONDS,
    )
    seen: dict[str, Any] = {}
    data = b""
    try:
        data, part = _beginning(path, file)
        seen = {"part": part}
        kind, tables = raw_tables(data, file, reading.mapping, options)
        seen["format"] = kind
        raw = list(tables)[:_TABLES]
        if reading.columns:
            before = _fields_without(data, file, options)
        else:
            before = {}
        seen |= _tables(raw, reading.mapping, options, before, rows)
        reading.mapping.refuse_unused(one.header for one in raw if isinstance(one, RawTable))
        if warning := extension_warning(file, kind):
            first = seen["tables"][0]
            first["warnings"] = [warning, *first.get("warnings", ())]
    except ClearbandError as error:
        seen |= {"problem": error.what, "remedy": error.remedy}
        if "tables" not in seen:
            seen |= _as_lines(data, file, options, rows)
    return seen


def _beginning(path: Path, file: str) -> tuple[bytes, bool]:
    """The file, or what is looked at of it, and whether that is a part."""
    with path.open("rb") as opened:
        data = opened.read(_WHOLE + 1)
    if data.startswith(b"PAR1"):
        return _parquet(path, data, file)
    if len(data) <= _WHOLE:
        return data, False
    if binary_format(data[:_WHOLE], file) is not None:
        raise InputError(
            f"larger than the {_WHOLE // 1_000_000} MB that are looked at",
            where=file,
            remedy="save it as CSV or Parquet",
        )
    return data[: data.rfind(b"\n", 0, _WHOLE) + 1], True


def _parquet(path: Path, data: bytes, file: str) -> tuple[bytes, bool]:
    try:
        plan = pl.scan_parquet(path, glob=False)
        height = plan.select(pl.len()).collect().item()
        if height <= _PARQUET_ROWS and len(data) <= _WHOLE:
            return data, False
        out = io.BytesIO()
        plan.head(_PARQUET_ROWS).collect().write_parquet(out)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise InputError(
            "the Parquet file is truncated or damaged", where=file, remedy="export or copy it again"
        ) from None
    return out.getvalue(), True


def _fields_without(data: bytes, file: str, options: ReadOptions) -> dict[tuple[str | None, str], str]:
    """By sheet and column, the field it is taken for when the user says nothing."""
    try:
        _, tables = raw_tables(data, file, None, options)
        return {
            (table.sheet, one.column): one.field
            for table in tables
            if isinstance(table, RawTable)
            for one in equipment_rows(table, None, options)[1].columns
        }
    except ClearbandError:
        return {}


def _tables(
    raw: list[RawTable | SkippedTable],
    mapping: ColumnMapping,
    options: ReadOptions,
    before: dict[tuple[str | None, str], str],
    rows: int,
) -> dict[str, Any]:
    tables: list[dict[str, Any]] = []
    problems: list[InputError] = []
    for table in raw:
        if isinstance(table, SkippedTable):
            names = [_column(ColumnFound(text, "", "kept")) for text in table.headers_seen]
            tables.append(
                {"sheet": table.sheet, "hidden": table.hidden, "skipped": table.reason, "columns": names}
            )
            continue
        try:
            report = equipment_rows(table, mapping, options)[1]
        except InputError as error:
            problems.append(error)
            found = tuple(ColumnFound(text, "", "kept") for text in table.header)
            report = TableReport(table.file, table.sheet, table.format, columns=found, skipped=error.what)
        tables.append(_seen(table, report, before, rows))
    first = next((one for one in raw if isinstance(one, RawTable)), None)
    if problems:
        raise_with = {"problem": problems[0].what, "remedy": problems[0].remedy}
    elif first is None:
        reasons = "; ".join(f"{one.sheet}: {one.reason}" for one in raw if isinstance(one, SkippedTable))
        raise_with = {
            "problem": f"no sheet holds an equipment table ({reasons or 'there are no sheets'})",
            "remedy": "say what the columns are",
        }
    else:
        raise_with = {}
    told = {"encoding": first.encoding, "delimiter": first.delimiter} if first else {}
    return {"tables": tables, **told, **raise_with}


def _seen(
    table: RawTable, report: TableReport, before: dict[tuple[str | None, str], str], rows: int
) -> dict[str, Any]:
    places = list(_placed(table, report))[:_COLUMNS]
    head = table.cells.head(rows)
    cells = [[_cut(row[at]) for at, _ in places] for row in head.rows()]
    columns = []
    for _, one in places:
        was = before.get((table.sheet, one.column))
        columns.append(_column(one) | ({"before": was} if was is not None and was != one.field else {}))
    return {
        "sheet": table.sheet,
        "hidden": table.hidden,
        "header_row": table.header_row,
        "records": report.rows_read,
        "passed_over": report.rows_skipped,
        "columns": columns,
        "columns_not_shown": max(0, len(report.columns) - len(columns)),
        "rows": cells,
        "numbers": [str(number) for number in table.rows.head(rows).to_list()],
        "warnings": [_cut(one, 4 * _CELL) for one in report.warnings[:_WARNINGS]],
        "skipped": report.skipped,
    }


def _placed(table: RawTable, report: TableReport) -> Iterator[tuple[int, ColumnFound]]:
    """Each column that a report tells of, with its place in the table; blank ones are told of by none."""
    told = iter(report.columns)
    one = next(told, None)
    for at, text in enumerate(table.header):
        if one is None:
            return
        if one.column in (clean_text(text) or "", text):
            yield at, one
            one = next(told, None)


def _column(one: ColumnFound) -> dict[str, str]:
    return {
        "name": _cut(one.column, 5 * _CELL) or "",
        "field": one.field,
        "found": one.found,
        "note": one.note,
    }


def _cut(text: str | None, at_most: int = _CELL) -> str | None:
    return text if text is None or len(text) <= at_most else text[: at_most - 1] + "…"


def _as_lines(data: bytes, file: str, options: ReadOptions, rows: int) -> dict[str, Any]:
    """The first lines of a text in which nothing was understood, so that a person can say what they are."""
    try:
        if not data or binary_format(data, file) is not None:
            return {}
        text = decode_text(data, file, options.encoding)
        dialect = find_dialect(text.utf8, file, delimiter=options.delimiter, max_columns=_COLUMNS)
        head = parse_head(
            text.utf8[: 8 * _WHOLE // 1_000].decode("utf-8", "ignore"), dialect.delimiter, dialect.spaced
        )
    except ClearbandError:
        return {}
    shown = head.rows[: rows + 1]
    width = min(max((len(row) for row in shown), default=0), _COLUMNS)
    # The fullest of the first rows is what most looks like names of columns.
    fullest = max(range(len(shown)), key=lambda at: sum(map(bool, shown[at])), default=0)
    names = [*(shown[fullest] if shown else ()), *[""] * width][:width]
    below = shown[fullest + 1 :]
    table = {
        "sheet": None,
        "columns": [_column(ColumnFound(name, "", "kept")) for name in names],
        "rows": [[_cut(cell) or None for cell in [*row, *[""] * width][:width]] for row in below],
        "numbers": [str(fullest + 2 + at) for at in range(len(below))],
        "skipped": "no header of an equipment table in its first rows",
    }
    return {"tables": [table], "encoding": text.encoding, "delimiter": dialect.delimiter}


if __name__ == "__main__":
    main()
