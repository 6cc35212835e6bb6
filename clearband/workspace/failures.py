"""What a database says when it fails, in one line that says what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from clearband.errors import ClearbandError, OutputError
from clearband.workspace.errors import StateError, WorkspaceError

_FULL = ("database or disk is full", "No space left on device", "could not extend file")
_BUSY = ("database is locked", "lock timeout")


def failure(error: DBAPIError, where: str = "") -> ClearbandError:
    """The error to tell a user.

    Args:
        error: Of the driver. Its own text holds the statement and its values, which are nobody's to print.
        where: The workspace.
    """
    reason = (str(error.orig).splitlines() or [""])[0] if error.orig else ""
    if any(one in reason for one in _FULL):
        return OutputError(
            "the disk is full; nothing was changed", where=where, remedy="make room, then try again"
        )
    if any(one in reason for one in _BUSY):
        return StateError("somebody else is changing the workspace", where=where, remedy="try again")
    return WorkspaceError(f"the database cannot be used ({reason or 'no reason given'})", where=where)
