"""Persons of the tests."""

from __future__ import annotations

from collections.abc import Sequence

from clearband.workspace.clock import now
from clearband.workspace.database import writing
from clearband.workspace.ledger import PROGRAM, Actor, Ledger
from clearband.workspace.place import Workspace
from clearband.workspace.tables import person


def somebody(workspace: Workspace, *roles: str, name: str = "An analyst") -> Actor:
    """Somebody with some roles: an analyst where none is named."""
    given: Sequence[str] = roles or ("analyst",)
    with writing(workspace.engine) as connection:
        values = {"name": name, "roles": list(given), "created_at": now()}
        row = Ledger(connection, PROGRAM).insert(person, values)
    return Actor(row["id"], name, frozenset(given))
