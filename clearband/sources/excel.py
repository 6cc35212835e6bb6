"""Workbooks (.xlsx, .xls, .xlsb, .ods): every sheet with a table, through a child process that may die."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from clearband.errors import InputError
from clearband.sources.header import find_header, headers_seen
from clearband.sources.options import HEADER_ROWS, ReadOptions
from clearband.sources.raw_table import RawTable, SkippedTable
from clearband.sources.sideways import REMEDY, OnSide, lies_on_side, turned
from clearband.sources.workbook_safety import encrypted, refuse_zip_bomb

_CHILD = Path(__file__).with_name("excel_child.py")
_HEAD = HEADER_ROWS + 60


def read_workbook(
    data: bytes, file: str, kind: str, options: ReadOptions, given: Collection[str] = ()
) -> Iterator[RawTable | SkippedTable]:
    """Read every sheet of a workbook.

    Args:
        data: The workbook.
        file: Its name.
        kind: xlsx, xls, xlsb or ods.
        options: Limits.
        given: Column names that the user mapped, which help to find the header.

    Yields:
        A table per sheet, or why the sheet holds none.

    Raises:
        InputError: The workbook is encrypted, damaged, a ZIP bomb, or asks for too much memory or time.
    """
    for about, cells in sheets(data, file, kind, options):
        columns = [pl.Series(str(index), column, dtype=pl.String) for index, column in enumerate(cells)]
        yield _table(about, columns, file, kind, options, given)


def sheets(
    data: bytes, file: str, kind: str, options: ReadOptions
) -> Iterator[tuple[dict[str, Any], list[list[str | None]]]]:
    """Every sheet of a workbook as it is: what is known of it, and its columns of texts.

    Yields:
        ``sheet`` is its name; ``top`` and ``left`` are the place of its first cell, from 0, where it has one.

    Raises:
        InputError: See `read_workbook`.
    """
    if kind != "xls":
        refuse_zip_bomb(data, file, options.max_unpacked_bytes)
    lines = iter(_parse_in_child(data, file, options))
    for line in lines:
        about = json.loads(line)
        if "end" in about:
            return
        if "error" in about:
            raise _refusal(about, file)
        yield about, [json.loads(next(lines)) for _ in range(about["columns"])]
    raise _damaged(file)


def _parse_in_child(data: bytes, file: str, options: ReadOptions) -> list[bytes]:
    limits = (options.excel_memory_bytes, options.excel_seconds, options.max_cells)
    command = [sys.executable, "-I", str(_CHILD), *(str(limit) for limit in limits)]
    try:
        # The command is this interpreter and a file of this package; the workbook goes in as bytes.
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=options.excel_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(file, options) from None
    if done.returncode == -signal.SIGXCPU or (done.returncode == -signal.SIGKILL and not done.stdout):
        raise _too_slow(file, options)
    if done.returncode:
        raise _too_large(file)
    return done.stdout.splitlines()


def _too_slow(file: str, options: ReadOptions) -> InputError:
    return InputError(
        f"the workbook takes more than {options.excel_seconds} seconds to parse",
        where=file,
        remedy="save the sheet as CSV",
    )


def _too_large(file: str) -> InputError:
    return InputError(
        "the workbook asks for more memory than is allowed; a sheet may have a cell far away from its table",
        where=file,
        remedy="delete the empty rows and columns around the table, or save the sheet as CSV",
    )


def _damaged(file: str) -> InputError:
    return InputError("the workbook is truncated or damaged", where=file, remedy="export or copy it again")


def _refusal(about: dict[str, Any], file: str) -> InputError:
    if about["error"] == "memory":
        return _too_large(file)
    if "assword" in about["error"] + about.get("message", ""):
        return encrypted(file)
    return _damaged(file)


def _table(
    about: dict[str, Any],
    columns: list[pl.Series],
    file: str,
    kind: str,
    options: ReadOptions,
    given: Collection[str],
) -> RawTable | SkippedTable:
    sheet, hidden = about["sheet"], about["hidden"]
    if not columns:
        reason = f"not a worksheet but a {about['kind']}" if "kind" in about else "the sheet is empty"
        return SkippedTable(file, sheet, kind, reason, hidden)
    if len(columns) > options.max_columns:
        raise InputError(f"more than {options.max_columns} columns", where=f"{file} sheet {sheet}")
    cells = pl.DataFrame(columns)
    head = [[(cell or "").strip() for cell in row] for row in cells.head(_HEAD).rows()]
    side = lies_on_side(head, given)
    if side is not None:
        return _on_side(about, cells, side, file, kind)
    found = find_header(head, given)
    if found is None:
        seen = headers_seen(head)
        shown = ", ".join(f'"{text}"' for text in seen[:6]) or "no text"
        return SkippedTable(
            file,
            sheet,
            kind,
            f"no header of an equipment table in its first rows (seen: {shown})",
            hidden,
            seen,
        )
    first = about["top"] + found.last + 2
    body = cells[found.last + 1 :]
    return RawTable(
        file=file,
        sheet=sheet,
        format=kind,
        header=found.cells,
        cells=body,
        rows=pl.int_range(first, first + body.height, dtype=pl.Int64, eager=True),
        header_row=first - found.rows,
        hidden=hidden,
        warnings=tuple(_warnings(about)),
    )


def _on_side(
    about: dict[str, Any], cells: pl.DataFrame, side: OnSide, file: str, kind: str
) -> RawTable | SkippedTable:
    """A sheet whose header words stand down its first column."""
    if side.unclear is not None:
        return SkippedTable(file, about["sheet"], kind, f"{side.unclear}; {REMEDY}", about["hidden"])
    rows = [[(cell or "").strip() for cell in row] for row in cells.rows()]
    header, upright, letters, warning = turned(rows, side.column, about["left"])
    return RawTable(
        file=file,
        sheet=about["sheet"],
        format=kind,
        header=header,
        cells=upright,
        rows=letters,
        hidden=about["hidden"],
        warnings=(warning, *_warnings(about)),
    )


def _warnings(about: dict[str, Any]) -> Iterator[str]:
    if about["hidden"]:
        yield "the sheet is hidden in the workbook; it is read all the same"
    if about["lossy"]:
        cells = "1 number has" if about["lossy"] == 1 else f"{about['lossy']} numbers have"
        yield (
            f"{cells} more digits than a spreadsheet number can hold (2^53), so the last digits are lost "
            f"in the file itself: {', '.join(about['lossy_at'])}"
        )
    if about["merged"]:
        yield f"{about['merged']} merged cells are read as the same value on each of their rows"
