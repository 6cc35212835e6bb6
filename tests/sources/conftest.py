"""Shared ways to put an inventory on disk and read it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clearband.sources import Inventory, read_inventory

Read = Callable[..., Inventory]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write content (text as UTF-8, or bytes) under a name and read it as an inventory."""

    def write_and_read(content: str | bytes, name: str = "inventory.csv", **settings: Any) -> Inventory:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_inventory([path], **settings)

    return write_and_read


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """An .xlsx of named sheets; each sheet is a list of rows."""

    def build(
        sheets: dict[str, list[list[Any]]], prepare: Callable[[Any], None] = lambda book: None
    ) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        prepare(book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return build
