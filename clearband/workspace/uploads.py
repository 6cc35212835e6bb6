"""Files of an inventory: received, looked at, taken, withdrawn."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, inventories, trail
from clearband.workspace.database import reading, writing
from clearband.workspace.errors import StateError
from clearband.workspace.file_names import clean
from clearband.workspace.ledger import Actor, Ledger, Row, row_of
from clearband.workspace.paging import Page, page
from clearband.workspace.place import Workspace
from clearband.workspace.readings import Reading
from clearband.workspace.roles import ANALYST, require
from clearband.workspace.tables import attachment, upload

AT_MOST: Final = 2_000_000_000
"""Bytes of a file unless told otherwise."""
_DAY: Final = 86_400.0


@dataclass(frozen=True)
class Received:
    """A file that was received.

    Attributes:
        row: Of the upload.
        same: Files of the inventory with the same bytes, which were not withdrawn.
    """

    row: Row
    same: tuple[Row, ...]


def receive(
    workspace: Workspace,
    actor: Actor,
    inventory_id: str,
    file_name: str,
    chunks: Iterable[bytes],
    *,
    at_most: int = AT_MOST,
) -> Received:
    """Receive a file. When this returns, neither a crash nor a power cut loses it.

    Args:
        file_name: As the sender calls it; folders in it are dropped.
        chunks: The bytes, in pieces; read to their end only where the file is accepted.
        at_most: Bytes allowed.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such inventory.
        StateError: The inventory is archived.
        InvalidError: The file is larger.
        OutputError: It cannot be stored.
    """
    require(actor, ANALYST)
    with reading(workspace.engine) as connection:
        inventories.in_use(connection, inventory_id)
    stored = workspace.store.put(chunks, at_most=at_most)
    with writing(workspace.engine) as connection:
        ledger = Ledger(connection, actor)
        trail.lock(connection)
        inventories.in_use(connection, inventory_id)
        # Not swept away meanwhile, as the remains of an earlier upload of the same bytes.
        workspace.store.path(stored.sha256)
        same = _same(connection, inventory_id, stored.sha256)
        values: Row = {
            "inventory_id": inventory_id,
            "file_name": clean(file_name, "upload"),
            "sha256": stored.sha256,
            "bytes": stored.bytes,
            "reading": {},
            "state": "received",
            "created_by": actor.person_id,
            "created_at": clock.now(),
        }
        return Received(ledger.insert(upload, values, action="receive"), same)


def take(
    ledger: Ledger,
    upload_id: str,
    said: Mapping[str, Any],
    *,
    instead_of: Sequence[str] = (),
    version: int | None = None,
) -> Row:
    """Make a file part of its inventory, or have one that is read otherwise.

    Args:
        said: What the user said of reading it; see `clearband.workspace.readings.Reading`.
        instead_of: Files of the inventory that are withdrawn with it, such as last month's.
        version: The upload's as it was read.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such file.
        InvalidError: What was said is none.
        StateError: It was withdrawn, the same bytes are part of the inventory already, or that is archived.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, upload, upload_id)
    inventories.in_use(ledger.connection, row["inventory_id"])
    if row["state"] == "withdrawn":
        raise StateError("the file was withdrawn", where=row["file_name"], remedy="upload it again")
    for other in instead_of:
        if row_of(ledger.connection, upload, other)["inventory_id"] != row["inventory_id"]:
            raise StateError("the file to be replaced is of another inventory", where=other)
        withdraw(ledger, other)
    for same in _same(ledger.connection, row["inventory_id"], row["sha256"]):
        if same["id"] != upload_id and same["state"] == "taken":
            raise StateError(
                f"the same file is part of the inventory already, as {same['file_name']}",
                where=row["file_name"],
                remedy="withdraw one of them",
            )
    values: Row = {"reading": Reading.of(said).said(), "state": "taken"}
    values["taken_at"] = row["taken_at"] or clock.now()
    return ledger.update(upload, upload_id, values, action="take", version=version)


def withdraw(ledger: Ledger, upload_id: str, *, version: int | None = None) -> Row:
    """Take a file out of its inventory, or refuse it. Its bytes stay, because runs were made of them.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such file.
        StateError: It was withdrawn already.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    row = row_of(ledger.connection, upload, upload_id)
    if row["state"] == "withdrawn":
        raise StateError("the file was withdrawn already", where=row["file_name"])
    return ledger.update(upload, upload_id, {"state": "withdrawn"}, action="withdraw", version=version)


def listed(connection: Connection, inventory_id: str, *, after: str | None = None, limit: int = 50) -> Page:
    """The files of an inventory, the newest first.

    Raises:
        InvalidError: The limit is none of a page.
    """
    query = sa.select(upload).where(upload.c.inventory_id == inventory_id)
    return page(connection, query, upload, after, limit)


def taken(connection: Connection, inventory_id: str) -> list[Row]:
    """The files that an inventory is made of, in the order in which they came."""
    of_it = (upload.c.inventory_id == inventory_id) & (upload.c.state == "taken")
    query = sa.select(upload).where(of_it).order_by(upload.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def sweep(workspace: Workspace, *, older_than: float = _DAY) -> list[Path]:
    """Remove what uploads that were cut short left behind: pieces, and whole files of which no row tells.

    Args:
        older_than: Seconds; what is younger may still be on its way.

    Returns:
        What was removed.
    """
    before = time.time() - older_than
    with writing(workspace.engine) as connection:
        # Nobody adds the row of a file while its name is looked for.
        trail.lock(connection)
        kept = {
            digest
            for table in (upload, attachment)
            for digest in connection.scalars(sa.select(table.c.sha256).distinct())
        }
        left = [path for path in workspace.store.folder.glob("*/*") if path.name not in kept]
        old = [path for path in left if path.is_file() and path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
    return old


def _same(connection: Connection, inventory_id: str, sha256: str) -> tuple[Row, ...]:
    equal = (upload.c.inventory_id == inventory_id) & (upload.c.sha256 == sha256)
    query = sa.select(upload).where(equal & (upload.c.state != "withdrawn")).order_by(upload.c.id)
    return tuple(dict(row) for row in connection.execute(query).mappings())
