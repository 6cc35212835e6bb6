"""People of a workspace who do things, and a record that they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from clearband.workspace import clock, people
from clearband.workspace.database import writing
from clearband.workspace.ledger import Actor, Ledger
from clearband.workspace.place import Workspace
from clearband.workspace.subject import Subject
from clearband.workspace.tables import inventory, run

PRINT = "a" * 64


def member(workspace: Workspace, *roles: str, name: str = "", subject: str | None = None) -> Actor:
    """A new person with these roles."""
    with operator(workspace) as ledger:
        called = name or f"An {roles[0] if roles else 'outsider'}"
        row = people.add(ledger, called, roles=roles, subject=subject)
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


@dataclass(frozen=True)
class Team:
    """A workspace with an inventory, a run, and people."""

    workspace: Workspace
    admin: Actor
    analyst: Actor
    colleague: Actor
    """Proposes and approves."""
    approver: Actor
    camera: Subject
    """A record of the run."""

    def by(self, actor: Actor) -> AbstractContextManager[Ledger]:
        return acting(self.workspace, actor)

    def other(self, **changed: Any) -> Subject:
        return replace(self.camera, **changed)


def team(workspace: Workspace) -> Team:
    admin, analyst = member(workspace, "admin"), member(workspace, "analyst")
    colleague = member(workspace, "analyst", "approver", name="A colleague")
    approver = member(workspace, "approver")
    with acting(workspace, analyst) as ledger:
        at = {"created_by": analyst.person_id, "created_at": clock.now()}
        of = ledger.insert(inventory, {"name": "Sites of the north", **at})["id"]
        asked: dict[str, Any] = {"number": 1, "state": "done", "asked": {}, "files": [], "attempt": 1}
        ran = ledger.insert(run, {"inventory_id": of, **asked, **at})["id"]
    camera = Subject(of, "serial:2102350", "cam-7", PRINT, "prohibited", ran)
    return Team(workspace, admin, analyst, colleague, approver, camera)
