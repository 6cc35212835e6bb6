"""Who is to look at a record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clearband.workspace import clock, texts, trail
from clearband.workspace.errors import InvalidError, RefusedError, StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.people import person_of
from clearband.workspace.roles import ADMIN, ANALYST, require
from clearband.workspace.spoken_of import spoken_of
from clearband.workspace.subject import Subject
from clearband.workspace.tables import assignment, person

_NOTE_LENGTH: Final = 2_000
_MOST_DAYS: Final = 5 * 366


def assign(
    ledger: Ledger,
    subject: Subject,
    person_id: str,
    *,
    note: str | None = None,
    due: str | date | None = None,
    today: date | None = None,
) -> Row:
    """Ask somebody, or oneself, to look at a record.

    Args:
        due: By what day; none before today.
        today: None is the day in UTC.

    Raises:
        RefusedError: The actor is no analyst.
        NotFoundError: There is no such person.
        StateError: The person is disabled or has no role, or was asked already.
        InvalidError: The note or the day are none.
        WorkspaceError: The record cannot be spoken of; see `clearband.workspace.spoken_of`.
    """
    require(ledger.actor, ANALYST)
    by = person_of(ledger)
    trail.lock(ledger.connection)
    who = row_of(ledger.connection, person, person_id)
    if who["disabled_at"] is not None or not who["roles"]:
        raise StateError("the person cannot come in", where=person_id, remedy="choose somebody else")
    subject = spoken_of(ledger, subject)
    same = [assignment.c[name] == value for name, value in subject.of_record().items() if name != "record_id"]
    asked = sa.select(assignment.c.id).where(
        *same, assignment.c.person_id == person_id, assignment.c.state == "open"
    )
    if ledger.connection.scalar(asked) is not None:
        raise StateError("the person was asked already", where=person_id)
    values: Row = {
        "person_id": person_id,
        "note": texts.optional_text(note, "the note", at_most=_NOTE_LENGTH),
        "due": _due(due, today or clock.today()),
        "state": "open",
        "created_by": by,
        "created_at": clock.now(),
    }
    return ledger.insert(assignment, values | subject.of_record(), action="assign")


def done(ledger: Ledger, assignment_id: str, *, version: int | None = None) -> Row:
    """Say that one has looked.

    Raises:
        RefusedError: Somebody else was asked.
        NotFoundError: There is no such assignment.
        StateError: It is open no longer.
        ChangedError: It was changed since it was read.
    """
    row = _open(ledger, assignment_id)
    if row["person_id"] != person_of(ledger) or not ledger.actor.roles:
        raise RefusedError("somebody else was asked", remedy="whoever asked can withdraw it")
    values = {"state": "done", "done_at": clock.now()}
    return ledger.update(assignment, assignment_id, values, action="done", version=version)


def withdraw(ledger: Ledger, assignment_id: str, *, version: int | None = None) -> Row:
    """Ask no longer: whoever asked, or an admin.

    Raises:
        RefusedError: Somebody else asked.
        NotFoundError: There is no such assignment.
        StateError: It is open no longer.
        ChangedError: It was changed since it was read.
    """
    row = _open(ledger, assignment_id)
    if row["created_by"] != person_of(ledger) or ANALYST not in ledger.actor.roles:
        require(ledger.actor, ADMIN)
    return ledger.update(
        assignment, assignment_id, {"state": "withdrawn"}, action="withdraw", version=version
    )


def open_of(connection: Connection, person_id: str) -> list[Row]:
    """What somebody is asked to look at, the first due first."""
    query = (
        sa.select(assignment)
        .where(assignment.c.person_id == person_id, assignment.c.state == "open")
        .order_by(assignment.c.due.is_(None), assignment.c.due, assignment.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _open(ledger: Ledger, assignment_id: str) -> Row:
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, assignment, assignment_id)
    if row["state"] != "open":
        raise StateError(f"this assignment is {row['state']}", where=assignment_id)
    return row


def _due(due: str | date | None, today: date) -> str | None:
    if not due:
        return None
    day = texts.day(due, "the day")
    if not today <= day <= today + timedelta(days=_MOST_DAYS):
        raise InvalidError(f"{day} is no day to be done by", remedy="choose another day")
    return day.isoformat()
