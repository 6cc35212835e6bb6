"""Inventories: what a team brings files for, and screens again and again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, texts
from clearband.workspace.errors import StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.paging import Page, page
from clearband.workspace.roles import ANALYST, require
from clearband.workspace.tables import inventory


def make(ledger: Ledger, name: str, note: str | None = None) -> Row:
    """Make one.

    Args:
        ledger: Of a person with the role analyst.

    Raises:
        RefusedError: The actor is no analyst.
        InvalidError: The name or note is none.
    """
    require(ledger.actor, ANALYST)
    values: Row = {"created_by": ledger.actor.person_id, "created_at": clock.now()}
    return ledger.insert(inventory, _named(name, note) | values)


def rename(
    ledger: Ledger, inventory_id: str, name: str, note: str | None = None, *, version: int | None = None
) -> Row:
    """Give one another name and note.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such inventory.
        InvalidError: The name or note is none.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    return ledger.update(inventory, inventory_id, _named(name, note), action="rename", version=version)


def archive(ledger: Ledger, inventory_id: str, *, version: int | None = None) -> Row:
    """Put one away: it is shown with those that are put away, and nothing is added to it.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such inventory.
        StateError: It is put away already.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    in_use(ledger.connection, inventory_id)
    values: Row = {"archived_at": clock.now()}
    return ledger.update(inventory, inventory_id, values, action="archive", version=version)


def bring_back(ledger: Ledger, inventory_id: str, *, version: int | None = None) -> Row:
    """Take one up again that was put away.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such inventory.
        StateError: It is not put away.
        ChangedError: It was changed since it was read.
    """
    require(ledger.actor, ANALYST)
    if row_of(ledger.connection, inventory, inventory_id)["archived_at"] is None:
        raise StateError("the inventory is in use", where=inventory_id)
    return ledger.update(inventory, inventory_id, {"archived_at": None}, action="bring-back", version=version)


def listed(
    connection: Connection, *, archived: bool = False, after: str | None = None, limit: int = 50
) -> Page:
    """Inventories in use, or those that were put away; the newest first.

    Raises:
        InvalidError: The limit is none of a page.
    """
    away = inventory.c.archived_at
    query = sa.select(inventory).where(away.is_not(None) if archived else away.is_(None))
    return page(connection, query, inventory, after, limit)


def in_use(connection: Connection, inventory_id: str) -> Row:
    """An inventory that something may be added to.

    Raises:
        NotFoundError: There is no such inventory.
        StateError: It was put away.
    """
    row = row_of(connection, inventory, inventory_id)
    if row["archived_at"] is not None:
        raise StateError("the inventory is archived", where=inventory_id, remedy="bring it back first")
    return row


def _named(name: str, note: str | None) -> Row:
    return {"name": texts.line(name, "the name"), "note": texts.optional_text(note, "the note")}
