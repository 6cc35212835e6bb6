"""Comments on records."""

from __future__ import annotations

from clearband.workspace import clock, texts, trail
from clearband.workspace.errors import RefusedError, StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.people import person_of
from clearband.workspace.roles import ANALYST, require
from clearband.workspace.spoken_of import spoken_of
from clearband.workspace.subject import Subject
from clearband.workspace.tables import comment


def add(ledger: Ledger, subject: Subject, text: str) -> Row:
    """Comment on a record.

    Raises:
        RefusedError: The actor is no analyst.
        InvalidError: The text is none.
        WorkspaceError: The record cannot be spoken of; see `clearband.workspace.spoken_of`.
    """
    require(ledger.actor, ANALYST)
    values: Row = {
        "text": texts.text(text, "the comment"),
        "created_by": person_of(ledger),
        "created_at": clock.now(),
    }
    return ledger.insert(comment, values | spoken_of(ledger, subject).of_record())


def edit(ledger: Ledger, comment_id: str, text: str, *, version: int | None = None) -> Row:
    """Change a comment of one's own. What it said before stays in the trail.

    Raises:
        RefusedError: It is somebody else's, or the actor is no analyst.
        NotFoundError: There is no such comment.
        StateError: It was removed.
        ChangedError: It was changed since it was read.
        InvalidError: The text is none.
    """
    _own(ledger, comment_id)
    values = {"text": texts.text(text, "the comment"), "edited_at": clock.now()}
    return ledger.update(comment, comment_id, values, action="edit", version=version)


def remove(ledger: Ledger, comment_id: str, *, version: int | None = None) -> Row:
    """Take a comment of one's own from view. What it said stays in the trail.

    Raises:
        RefusedError: It is somebody else's, or the actor is no analyst.
        NotFoundError: There is no such comment.
        StateError: It was removed already.
        ChangedError: It was changed since it was read.
    """
    _own(ledger, comment_id)
    return ledger.update(comment, comment_id, {"removed_at": clock.now()}, action="remove", version=version)


def _own(ledger: Ledger, comment_id: str) -> None:
    require(ledger.actor, ANALYST)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, comment, comment_id)
    if row["created_by"] != person_of(ledger):
        raise RefusedError("somebody else wrote it", remedy="write a comment of your own")
    if row["removed_at"] is not None:
        raise StateError("the comment was removed", where=comment_id)
