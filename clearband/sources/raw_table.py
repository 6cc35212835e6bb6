"""A table as its format gave it: text cells, before anything is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class RawTable:
    """The common form in which every format hands its tables over.

    Args:
        file: Name of the file as used in record ids.
        sheet: Sheet name or None.
        format: Name of the format.
        header: Column names as in the input; may be blank or repeated.
        cells: One String column per header, named "0", "1", ...
        rows: 1-based row (or record) number of each row as a person sees it, Int64; of a table that lay on
            its side the letters of the columns.
        header_row: Row number of the header, None where the format has none.
        typed: Equipment columns that the format gave ready, by field.
        typed_names: Input name of each ready column.
        has_totals: Total rows, blank rows and repeated headers can occur (sheets and text tables).
    """

    file: str
    sheet: str | None
    format: str
    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    hidden: bool = False
    typed: Mapping[str, pl.Series] = field(default_factory=dict)
    typed_names: Mapping[str, str] = field(default_factory=dict)
    has_totals: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """File and sheet for messages."""
        return self.file if self.sheet is None else f"{self.file} sheet {self.sheet}"


@dataclass(frozen=True)
class SkippedTable:
    """A sheet without a table, and why."""

    file: str
    sheet: str | None
    format: str
    reason: str
    hidden: bool = False
    headers_seen: tuple[str, ...] = ()
