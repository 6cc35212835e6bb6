"""Parses one workbook in a process of its own: run as a script, never imported by the parent.

A hostile workbook can make the parser abort the whole process (calamine issue 693), so the parent gives this
process little memory and time and survives its death. It reads the workbook from standard input and writes
JSON lines: one object per sheet, followed by one array per column of that sheet. It imports nothing of
clearband, so that it starts fast and stays small.
"""

from __future__ import annotations

import datetime
import io
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

_EXACT = 2**53
"""Whole numbers beyond this have lost digits in the workbook itself (IEEE 754 doubles)."""
_LARGEST_MERGE = 200_000


def limit(memory: int, seconds: int) -> None:
    """Bound this process: address space in bytes, processor time in seconds, no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def number_text(value: float) -> str:
    """A number as a person sees it: whole without a point, else up to fifteen digits as Excel shows."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return f"{value:.15g}"


def cell_text(value: Any) -> str | None:
    """Any cell as text."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(sep=" ")
    return None if value is None else str(value)


def fill_merged(rows: list[list[Any]], ranges: Any, top: int, left: int) -> int:
    """Repeat the value of cells merged downwards on every row that holds something else; how many ranges."""
    filled_rows = [any(cell != "" for cell in row) for row in rows]
    count = 0
    for (row0, column0), (row1, _) in ranges or ():
        first, column, last = row0 - top, column0 - left, min(row1 - top, len(rows) - 1)
        if last <= first or first < 0 or not 0 <= column < len(rows[0]) or last - first > _LARGEST_MERGE:
            continue
        value = rows[first][column]
        if value == "":
            continue
        count += 1
        for row in range(first + 1, last + 1):
            if filled_rows[row] and rows[row][column] == "":
                rows[row][column] = value
    return count


def column_letters(index: int) -> str:
    """A, B, ... Z, AA, ..."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def write_sheet(sheet: Any, about: dict[str, Any], max_cells: int, write: Callable[[str], Any]) -> None:
    """Write one sheet: its facts, then its columns."""
    if sheet.start is None or not sheet.height or not sheet.width:
        write(json.dumps({**about, "columns": 0}) + "\n")
        return
    if sheet.height * sheet.width > max_cells:
        raise MemoryError
    top, left = sheet.start
    rows = sheet.to_python(skip_empty_area=True)
    merged = fill_merged(rows, sheet.merged_cell_ranges, top, left)
    columns = list(zip(*rows, strict=True))
    lossy = [
        f"{column_letters(left + at)}{top + row + 1}"
        for at, column in enumerate(columns)
        for row, cell in enumerate(column)
        if type(cell) is float and abs(cell) > _EXACT and cell == cell and abs(cell) < 1e21
    ]
    about |= {"columns": len(columns), "top": top, "left": left, "merged": merged}
    write(json.dumps({**about, "lossy": len(lossy), "lossy_at": lossy[:3]}) + "\n")
    for column in columns:
        cells = [(cell or None) if type(cell) is str else cell_text(cell) for cell in column]
        write(json.dumps(cells) + "\n")


def main() -> None:
    """Read the workbook on standard input; arguments: memory, seconds, most cells."""
    memory, seconds, max_cells = (int(text) for text in sys.argv[1:4])
    limit(memory, seconds)
    import python_calamine

    out = sys.stdout
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for facts in book.sheets_metadata:
            about: dict[str, Any] = {
                "sheet": facts.name,
                "hidden": not str(facts.visible).endswith(".Visible"),
            }
            if not str(facts.typ).endswith(".WorkSheet"):
                out.write(
                    json.dumps({**about, "columns": 0, "kind": str(facts.typ).rpartition(".")[2]}) + "\n"
                )
                continue
            write_sheet(book.get_sheet_by_name(facts.name), about, max_cells, out.write)
        out.write(json.dumps({"end": True}) + "\n")
    except MemoryError:
        out.write(json.dumps({"error": "memory"}) + "\n")
    except BaseException as error:  # a panic of the parser is no Exception
        out.write(json.dumps({"error": type(error).__name__, "message": str(error)[:300]}) + "\n")


if __name__ == "__main__":
    main()
