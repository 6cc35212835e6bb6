"""What comes into force: at once, or when a second pair of eyes has seen it.

Decisions and answered questions have the same life. Of one thing at most one is proposed and at most one in
force: a later proposal takes the place of an earlier one, and what comes into force takes the place of what
was. ``decided_by`` and ``decided_at`` tell who brought a row into its state, and when; states before that
are in the trail.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa

from clearband.workspace import clock, settings, texts, trail
from clearband.workspace.errors import RefusedError, StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.people import person_of
from clearband.workspace.roles import ANALYST, APPROVER, require
from clearband.workspace.spoken_of import spoken_of
from clearband.workspace.subject import Subject
from clearband.workspace.tables import answer, decision

THING: Final = {
    decision.name: ("inventory_id", "identity", "directive", "clause"),
    answer.name: ("inventory_id", "identity", "field"),
}
"""By what rows are about the same thing."""
_NOTE_LENGTH: Final = 2_000


def put(ledger: Ledger, table: sa.Table, subject: Subject, values: Row, *, milder: bool) -> Row:
    """Add what somebody says.

    Args:
        table: `decision` or `answer`.
        values: Its own columns, checked.
        milder: Whether it makes things milder, so that it needs somebody else, unless four eyes are off.

    Returns:
        The row: in force, or proposed.

    Raises:
        RefusedError: The actor is no analyst.
        WorkspaceError: The record cannot be spoken of; see `spoken_of`.
    """
    require(ledger.actor, ANALYST)
    who, now = person_of(ledger), clock.now()
    trail.lock(ledger.connection)
    subject = spoken_of(ledger, subject)
    waits = milder and settings.current(ledger.connection).four_eyes
    said = {
        "run_id": subject.run_id,
        "fingerprint": subject.fingerprint,
        "proposed_by": who,
        "proposed_at": now,
    }
    decided = {"state": "proposed"} if waits else {"state": "in-force", "decided_by": who, "decided_at": now}
    # What one person alone made milder can be found in the trail by its word.
    action = "propose" if waits else "decide-alone" if milder else "decide"
    made = ledger.insert(table, values | subject.of_record() | said | decided, action=action)
    _supersede(ledger, table, made, ("proposed",) if waits else ("proposed", "in-force"))
    return made


def approve(
    ledger: Ledger, table: sa.Table, row_id: str, *, note: str | None = None, version: int | None = None
) -> Row:
    """Let what somebody else proposed come into force.

    Raises:
        RefusedError: The actor is no approver, or proposed it themselves, by whatever token.
        NotFoundError: There is no such row.
        StateError: It is not proposed.
        ChangedError: It was changed since it was read.
    """
    row = _of_somebody_else(ledger, table, row_id, "approve")
    made = _decide(ledger, table, row, "in-force", note, action="approve", version=version)
    _supersede(ledger, table, made, ("proposed", "in-force"))
    return made


def refuse(ledger: Ledger, table: sa.Table, row_id: str, *, note: str, version: int | None = None) -> Row:
    """Say no to what somebody else proposed.

    Args:
        note: Why.

    Raises:
        RefusedError: The actor is no approver, or proposed it themselves.
        NotFoundError: There is no such row.
        StateError: It is not proposed.
        ChangedError: It was changed since it was read.
    """
    row = _of_somebody_else(ledger, table, row_id, "refuse")
    note = texts.text(note, "the reason", at_most=_NOTE_LENGTH)
    return _decide(ledger, table, row, "refused", note, action="refuse", version=version)


def withdraw(
    ledger: Ledger, table: sa.Table, row_id: str, *, note: str | None = None, version: int | None = None
) -> Row:
    """Take back what one proposed oneself, or end what is in force, which every analyst or approver may: the
    screening's answer stands again then.

    Raises:
        RefusedError: It is somebody else's proposal, or the actor has none of these roles.
        NotFoundError: There is no such row.
        StateError: It is neither proposed nor in force.
        ChangedError: It was changed since it was read.
    """
    if APPROVER not in ledger.actor.roles:
        require(ledger.actor, ANALYST)
    who = person_of(ledger)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, table, row_id)
    if row["state"] not in ("proposed", "in-force"):
        raise StateError(f"this {table.name} is {row['state']}", where=row_id)
    if row["state"] == "proposed" and row["proposed_by"] != who:
        raise RefusedError("somebody else proposed it", remedy="an approver can refuse it")
    return _decide(ledger, table, row, "withdrawn", note, action="withdraw", version=version)


def _of_somebody_else(ledger: Ledger, table: sa.Table, row_id: str, verb: str) -> Row:
    require(ledger.actor, APPROVER)
    who = person_of(ledger)
    trail.lock(ledger.connection)
    row = row_of(ledger.connection, table, row_id)
    if row["state"] != "proposed":
        raise StateError(f"this {table.name} is {row['state']}", where=row_id, remedy="only proposals wait")
    if row["proposed_by"] == who:
        raise RefusedError(f"nobody can {verb} what they proposed", remedy="ask another approver")
    return row


def _decide(
    ledger: Ledger,
    table: sa.Table,
    row: Row,
    state: str,
    note: str | None,
    *,
    action: str,
    version: int | None = None,
) -> Row:
    values: dict[str, Any] = {
        "state": state,
        "decided_by": ledger.actor.person_id,
        "decided_at": clock.now(),
        "decided_note": texts.optional_text(note, "the note", at_most=_NOTE_LENGTH),
    }
    return ledger.update(table, row["id"], values, action=action, version=version)


def _supersede(ledger: Ledger, table: sa.Table, by: Row, states: Collection[str]) -> None:
    same = [table.c[name].is_not_distinct_from(by[name]) for name in THING[table.name]]
    query = (
        sa.select(table).where(*same, table.c.state.in_(states), table.c.id != by["id"]).order_by(table.c.id)
    )
    for row in ledger.connection.execute(query).mappings().all():
        note = f"superseded by {by['id']}"
        _decide(ledger, table, dict(row), "withdrawn", note, action="supersede")
