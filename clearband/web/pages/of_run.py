"""What pages of a run have in common."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.engine import Connection

from clearband.web.here import Here
from clearband.workspace.errors import NotFoundError
from clearband.workspace.ledger import Row, row_of
from clearband.workspace.looking import Opened
from clearband.workspace.tables import inventory, run


class Run(BaseModel):
    """A run: of which inventory, asked what, and when it was done."""

    id: str
    inventory_id: str
    inventory: str
    number: int
    state: str
    asked: dict[str, Any]
    created_at: str
    ended_at: str | None


def run_of(connection: Connection, row: Row) -> Run:
    """A run as pages show it."""
    name = row_of(connection, inventory, row["inventory_id"])["name"]
    fields = {field: row[field] for field in Run.model_fields if field in row}
    return Run(**fields, inventory=name)


def opened(here: Here, connection: Connection, run_id: str) -> Opened:
    """A run that is done.

    Raises:
        NotFoundError: There is none.
        StateError: It is not done.
    """
    return here.server.looking.opened(connection, run_id)


def latest_run(connection: Connection, inventory_id: str | None = None) -> str:
    """The run that was done last, of an inventory or of all that are not archived.

    Raises:
        NotFoundError: None was done.
    """
    query = (
        sa.select(run.c.id)
        .join(inventory, inventory.c.id == run.c.inventory_id)
        .where(run.c.state == "done", inventory.c.archived_at.is_(None))
        .order_by(run.c.ended_at.desc(), run.c.id.desc())
        .limit(1)
    )
    if inventory_id is not None:
        query = query.where(run.c.inventory_id == inventory_id)
    found = connection.execute(query).scalar()
    if found is None:
        raise NotFoundError("no run is done yet", remedy="upload an inventory, and start a run")
    return str(found)
