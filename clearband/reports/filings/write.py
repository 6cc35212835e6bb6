"""Writes a draft to a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from clearband.reports.filings.form import Filing
from clearband.reports.filings.page import as_page
from clearband.reports.filings.pdf import as_pdf
from clearband.reports.filings.workbook import as_workbook
from clearband.reports.folder.write import json_text
from clearband.reports.whole_file import whole_file


def as_json(filing: Filing) -> bytes:
    """The draft in its published JSON form."""
    return json_text(filing.model_dump(mode="json", by_alias=True)).encode()


FORMATS: Final[Mapping[str, Callable[[Filing], bytes]]] = {
    "html": as_page,
    "pdf": as_pdf,
    "xlsx": as_workbook,
    "json": as_json,
}
"""Format to what makes it."""


def write_filing(filing: Filing, form: str, out: Path) -> int:
    """Write a draft.

    Args:
        filing: The draft.
        form: One of `FORMATS`.
        out: The file; one that is there is replaced.

    Returns:
        Bytes written.

    Raises:
        MissingExtraError: The format needs what is not installed.
        UsageError: The draft has too many rows for the format.
        OutputError: The file cannot be written.
    """
    content = FORMATS[form](filing)
    with whole_file(out) as staged:
        staged.write_bytes(content)
    return len(content)
