"""What reading gives back: the equipment, and an account of how each table was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Found = Literal["header", "content", "given", "kept", "ignored"]
"""How a column was understood: by header, by its cells, as the user said, kept as it is, dropped."""


@dataclass(frozen=True)
class ColumnFound:
    """One input column and what became of it.

    Args:
        column: Its name in the input.
        field: Column of the equipment table, an ``x_`` name, or "" when it was dropped.
        found: How it was understood.
        note: What else there is to know of it, e.g. "vendor and model together".
    """

    column: str
    field: str
    found: Found
    note: str = ""


@dataclass(frozen=True)
class TableReport:
    """How one table (a file, or one sheet of a workbook) was read.

    Args:
        file: Name of the file as used in record ids.
        sheet: Sheet name; None for files without sheets.
        format: csv, xlsx, xls, ods, xlsb, parquet, json, jsonl, that of a bill of materials
            (`clearband.sources.bom.BOM_FORMATS`), device-type, nmap, snmprec or snmpwalk.
        encoding: Character encoding of a text file.
        delimiter: Column separator of a text file.
        hidden: The sheet is hidden in the workbook (it is read all the same).
        header_row: Number of the header's row, counted from 1.
        rows_read: Equipment records taken from the table.
        blank_rows, total_rows, repeated_headers, page_lines: Rows that were passed over, by reason; the last
            are lines of a printed page ("Page 2 of 3", "Prepared by ...").
        columns: What became of each input column. Those with ``found`` "kept" were not understood, and
            their text may still name makers: whoever knows makers should look.
        warnings: What a person should look at.
        skipped: Why nothing was read; None when the table was read.
    """

    file: str
    sheet: str | None
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    hidden: bool = False
    header_row: int | None = None
    rows_read: int = 0
    blank_rows: int = 0
    total_rows: int = 0
    repeated_headers: int = 0
    page_lines: int = 0
    columns: tuple[ColumnFound, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: str | None = None

    @property
    def rows_skipped(self) -> int:
        """Blank rows, total rows, repeated headers and page lines together."""
        return self.blank_rows + self.total_rows + self.repeated_headers + self.page_lines

    @property
    def where(self) -> str:
        """File and sheet for messages."""
        return self.file if self.sheet is None else f"{self.file} sheet {self.sheet}"


@dataclass(frozen=True)
class InputFile:
    """One file as it was read: what ``run.json`` needs to repeat the run.

    Args:
        path: As the caller gave it ("-" is standard input).
        file: Name used in record ids.
        format: Format by content.
        sha256: Of the bytes that were read, hexadecimal.
        bytes: Size in bytes.
    """

    path: str
    file: str
    format: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Inventory:
    """All inputs of one run.

    Args:
        equipment: Exactly the columns of ``EQUIPMENT_SCHEMA`` in order, then ``x_`` columns (String).
        tables: One report per file or sheet, in reading order.
        inputs: One entry per file, in the order given.
    """

    equipment: pl.DataFrame
    tables: tuple[TableReport, ...] = ()
    inputs: tuple[InputFile, ...] = field(default=())

    @property
    def warnings(self) -> tuple[str, ...]:
        """All warnings, each with its file and sheet."""
        return tuple(f"{table.where}: {warning}" for table in self.tables for warning in table.warnings)
