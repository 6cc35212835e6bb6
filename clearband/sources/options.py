"""What a person may say about how an inventory is read, and the limits that keep hostile files harmless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class ReadOptions:
    """Settings of one reading.

    Args:
        encoding: Character encoding of text files (a Python codec name); None detects it.
        delimiter: Column separator of text files, one character; None detects it.
        date_order: Order of day and month in dates like 03/04/2024; None leaves them unread, reported.
        max_bytes: Largest file that is read, in bytes.
        max_columns: Most columns a table may have (16,384 is Excel's own limit).
        max_cells: Most cells (rows x columns) a table may have outside the fast CSV path.
        max_cell_characters: Longer cells are cut and reported (32,767 is Excel's own limit).
        max_line_bytes: Longest line of a JSON Lines file, in bytes.
        max_json_depth: Deepest nesting of a JSON record, in levels.
        max_xml_depth: Deepest nesting of XML elements, in levels.
        max_xml_tag_bytes: Longest tag of an XML file, in bytes.
        max_hosts: Most hosts of a network scan; so many take 4 GiB of memory.
        max_unpacked_bytes: Most that a workbook may unpack to, in bytes.
        excel_memory_bytes: Address space of the process that parses a workbook, in bytes.
        excel_seconds: Processor and wall time that parsing a workbook may take, in seconds.
    """

    encoding: str | None = None
    delimiter: str | None = None
    date_order: Literal["day-first", "month-first"] | None = None
    max_bytes: int = 4_000_000_000
    max_columns: int = 16_384
    max_cells: int = 400_000_000
    max_cell_characters: int = 32_767
    max_line_bytes: int = 8_000_000
    max_json_depth: int = 24
    max_xml_depth: int = 64
    max_xml_tag_bytes: int = 16_000_000
    max_hosts: int = 6_000_000
    max_unpacked_bytes: int = 2_000_000_000
    excel_memory_bytes: int = 4_000_000_000
    excel_seconds: int = 180


HEADER_ROWS = 20
"""The header of a table is looked for in this many first rows."""
