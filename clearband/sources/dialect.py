"""How a text table separates its columns, and where its header is."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from clearband.errors import InputError, UsageError
from clearband.sources.header import find_header, headers_seen
from clearband.sources.options import HEADER_ROWS
from clearband.sources.sideways import OnSide, lies_on_side

DELIMITERS = (",", ";", "\t", "|", "^")
_SAMPLE = 20_000
"""Characters given to clevercsv, which is slow on more."""
HEAD = 262_144
"""Bytes of a file in which its header is looked for."""
_ROWS = 60


@dataclass(frozen=True)
class Dialect:
    """Separator and header of a text table.

    Args:
        delimiter: One character.
        header_index: Index of the header's last row among the records; None when there is no header.
        body_start: Offset in characters of the first record after the header.
        width: Most cells of a record seen in the head.
        header: The header's cells.
        spaced: A space stands between separator and opening quote.
        seen: Cells to show when there is no header.
        header_rows: How many rows the header takes.
        on_side: The table lies on its side.
    """

    delimiter: str
    header_index: int | None
    body_start: int
    width: int
    header: tuple[str, ...]
    spaced: bool
    seen: tuple[str, ...]
    header_rows: int = 1
    on_side: OnSide | None = None


@dataclass(frozen=True)
class Head:
    """The first records of a text table, and where each ends (characters)."""

    rows: list[list[str]]
    ends: list[int]


class _Lines:
    """Lines of a text for ``csv.reader``, with the offset after the last one handed out."""

    def __init__(self, text: str) -> None:
        self._text = io.StringIO(text, newline="")
        self.offset = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline()
        if not line:
            raise StopIteration
        self.offset += len(line)
        return line


def parse_head(text: str, delimiter: str, spaced: bool) -> Head:
    """The first records of a text with a separator; `spaced` when a blank stands before a quote."""
    lines = _Lines(text)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced):
            rows.append([cell.strip() for cell in row])
            ends.append(lines.offset)
            if len(rows) >= HEADER_ROWS + _ROWS:
                break
    except csv.Error:
        pass
    return Head(rows, ends)


def find_dialect(
    utf8: bytes, where: str, *, delimiter: str | None, max_columns: int, given: Collection[str] = ()
) -> Dialect:
    """Find separator and header on the head of a file.

    Args:
        utf8: The file as UTF-8.
        where: Its name for messages.
        delimiter: What the user says; None detects it.
        max_columns: Most columns that are read.
        given: Column names that the user mapped.

    Raises:
        InputError: A record has more than ``max_columns`` cells.
    """
    text = utf8[:HEAD].decode("utf-8", "ignore")
    if delimiter is None and (declared := _declared(text)):
        delimiter = declared
    choices = (delimiter,) if delimiter else DELIMITERS
    scored = []
    for choice in choices:
        spaced = f'{choice} "' in text
        head = parse_head(text, choice, spaced)
        if delimiter or choice != "^":
            refuse_wide(head.rows, max_columns, where)
        scored.append((*_score(head, given), choice, head, spaced))
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    best = scored[0]
    if len(scored) > 1 and best[0] == 0 and best[1] - scored[1][1] < 0.2:
        named = _clevercsv(text[:_SAMPLE])
        best = next((entry for entry in scored if entry[2] == named and entry[1] > 0), best)
    return _dialect(best[2], best[3], best[4], given)


def refuse_wide(rows: list[list[str]], max_columns: int, where: str) -> None:
    """Refuse a record with absurdly many cells.

    Raises:
        InputError: A record has more than ``max_columns`` cells.
    """
    for index, row in enumerate(rows):
        if len(row) > max_columns:
            raise InputError(
                f"more than {max_columns} columns",
                where=f"{where} row {index + 1}",
                remedy="check the separator (--delimiter) or remove the empty columns",
            )


def _declared(text: str) -> str | None:
    """Excel's ``sep=;`` first line."""
    line = text[:20].splitlines()[0].strip().strip('"') if text.strip() else ""
    return line[4] if len(line) == 5 and line.lower().startswith("sep=") else None


def _score(head: Head, given: Collection[str]) -> tuple[float, float]:
    """How well the header reads, and how regular the records are (0 for a single column)."""
    found = find_header(head.rows, given)
    filled = [len(row) for row in head.rows if any(row)]
    if not filled:
        return 0.0, 0.0
    width, count = Counter(filled).most_common(1)[0]
    regular = count / len(filled) if width > 1 else 0.0
    return (found.score if found else 0.0), regular


def _clevercsv(sample: str) -> str | None:
    import clevercsv

    try:
        dialect = clevercsv.Sniffer().sniff(sample, delimiters=list(DELIMITERS))
    except clevercsv.Error:
        return None
    return dialect.delimiter if dialect and dialect.delimiter in DELIMITERS else None


def _dialect(delimiter: str, head: Head, spaced: bool, given: Collection[str]) -> Dialect:
    found = find_header(head.rows, given)
    width = max((len(row) for row in head.rows), default=0)
    seen = headers_seen(head.rows)
    on_side = lies_on_side(head.rows, given) if width > 1 else None
    if found is None:
        return Dialect(delimiter, None, 0, width, (), spaced, seen, on_side=on_side)
    end = head.ends[found.last]
    return Dialect(
        delimiter, found.last, end, width, found.cells, spaced, seen, header_rows=found.rows, on_side=on_side
    )


def separator(text: str | None) -> str | None:
    """The user's separator; "tab" and "\\t" may be written for a tabulator.

    Raises:
        UsageError: It can separate nothing.
    """
    if text is None:
        return None
    sign = {"tab": "\t", "\\t": "\t"}.get(text.lower(), text)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise UsageError(
            f'"{text}" cannot separate columns',
            where="--delimiter",
            remedy='name one character, e.g. ";" or tab',
        )
    return sign
