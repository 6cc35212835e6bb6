"""Inventories and their files as pages show them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from clearband.workspace.ledger import Row


class Inventory(BaseModel):
    """An inventory."""

    id: str
    name: str
    note: str | None
    created_by: str
    created_at: str
    archived_at: str | None
    version: int


class Upload(BaseModel):
    """A file."""

    id: str
    inventory_id: str
    file_name: str
    sha256: str
    bytes: int
    reading: dict[str, Any]
    state: str
    created_by: str
    created_at: str
    taken_at: str | None
    version: int


def inventory_of(row: Row, names: dict[str, str]) -> Inventory:
    """An inventory; ``names`` is key to name of people."""
    return Inventory(**{**row, "created_by": names.get(row["created_by"], "")})


def upload_of(row: Row, names: dict[str, str]) -> Upload:
    """A file; ``names`` is key to name of people."""
    fields = {name: row[name] for name in Upload.model_fields}
    return Upload(**{**fields, "created_by": names.get(row["created_by"], "")})
