"""People of a workspace who do things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from clearband.workspace import people
from clearband.workspace.database import writing
from clearband.workspace.ledger import Actor, Ledger
from clearband.workspace.place import Workspace


def member(workspace: Workspace, *roles: str, name: str = "", subject: str | None = None) -> Actor:
    """A new person with these roles."""
    with operator(workspace) as ledger:
        row = people.add(
            ledger, name or f"An {roles[0] if roles else 'outsider'}", roles=roles, subject=subject
        )
    found = people.actor_of(row)
    assert found is not None
    return found


@contextmanager
def acting(workspace: Workspace, actor: Actor) -> Iterator[Ledger]:
    """One transaction of somebody."""
    with writing(workspace.engine) as connection:
        yield Ledger(connection, actor)


def operator(workspace: Workspace) -> AbstractContextManager[Ledger]:
    """One transaction of whoever sits at the command line."""
    return acting(workspace, people.OPERATOR)
