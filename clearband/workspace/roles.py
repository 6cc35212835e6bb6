"""Roles, and what each may do."""

from __future__ import annotations

from typing import Final

from clearband.workspace.errors import RefusedError
from clearband.workspace.ledger import Actor

VIEWER: Final = "viewer"
ANALYST: Final = "analyst"
APPROVER: Final = "approver"
ADMIN: Final = "admin"
ROLES: Final = {
    VIEWER: "sees everything but other people's tokens",
    ANALYST: "uploads, runs, answers questions, proposes decisions, comments, attaches",
    APPROVER: "approves or refuses what others propose",
    ADMIN: "lets people in, gives roles, changes settings",
}
"""Roles do not include each other, but for seeing: whoever has one sees."""


def require(actor: Actor, role: str) -> None:
    """Go on only for somebody who has the role.

    Raises:
        RefusedError: They do not.
    """
    if role == VIEWER and actor.roles:
        return
    if role not in actor.roles:
        raise RefusedError(f"this needs the role {role}", remedy="ask somebody with the role admin")
