"""Decisions on findings: confirmed, a false alarm, a risk accepted until a day, replaced.

They stand beside the answer of the screening and change none. What makes things milder needs a second
person; see `clearband.workspace.proposals`. Whether one counts for a run: `clearband.workspace.effect`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from clearband.workspace import clock, proposals, settings, texts
from clearband.workspace.errors import InvalidError, StateError
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.subject import Subject
from clearband.workspace.tables import decision
from clearband.workspace.tables.decisions import DECISION_KINDS

MILDER: Final = frozenset({"false-alarm", "accepted-risk"})
"""Kinds that somebody else must approve."""
_DIRECTIVE_LENGTH: Final = 100
_CLAUSE_LENGTH: Final = 200


def propose(
    ledger: Ledger,
    subject: Subject,
    kind: str,
    reason: str,
    *,
    directive: str | None = None,
    clause: str | None = None,
    until: str | date | None = None,
    today: date | None = None,
) -> Row:
    """Decide on a record: in force at once, or proposed where the kind makes things milder.

    Args:
        subject: The record; its ``answer`` is that of the clause, or of the record as a whole without one.
        kind: One of `DECISION_KINDS`.
        reason: Why.
        directive, clause: What is decided on; both or none.
        until: Last day of an accepted risk, which has one and others have not.
        today: None is the day in UTC.

    Raises:
        RefusedError: The actor is no analyst.
        InvalidError: A field breaks its rule.
        WorkspaceError: The record cannot be spoken of; see `clearband.workspace.spoken_of`.
    """
    texts.one_of(kind, "a decision", DECISION_KINDS)
    if (directive is None) != (clause is None):
        raise InvalidError("a clause is named with its directive", remedy="name both or none")
    values: Row = {
        "kind": kind,
        "reason": texts.text(reason, "the reason"),
        "answer": subject.answer,
        "directive": None
        if directive is None
        else texts.line(directive, "the directive", at_most=_DIRECTIVE_LENGTH),
        "clause": None if clause is None else texts.line(clause, "the clause", at_most=_CLAUSE_LENGTH),
        "until": _last_day(ledger, kind, until, today or clock.today()),
    }
    return proposals.put(ledger, decision, subject, values, milder=kind in MILDER)


def approve(
    ledger: Ledger,
    decision_id: str,
    *,
    note: str | None = None,
    version: int | None = None,
    today: date | None = None,
) -> Row:
    """Let a proposed decision come into force; see `clearband.workspace.proposals.approve`.

    Raises:
        StateError: Its last day is over, too.
    """
    until = row_of(ledger.connection, decision, decision_id)["until"]
    if until is not None and until < (today or clock.today()).isoformat():
        raise StateError("its last day is over", where=until, remedy="propose it with a later one")
    return proposals.approve(ledger, decision, decision_id, note=note, version=version)


def refuse(ledger: Ledger, decision_id: str, *, note: str, version: int | None = None) -> Row:
    """Say no to a proposed decision; see `clearband.workspace.proposals.refuse`."""
    return proposals.refuse(ledger, decision, decision_id, note=note, version=version)


def withdraw(ledger: Ledger, decision_id: str, *, note: str | None = None, version: int | None = None) -> Row:
    """Take a decision back; see `clearband.workspace.proposals.withdraw`."""
    return proposals.withdraw(ledger, decision, decision_id, note=note, version=version)


def _last_day(ledger: Ledger, kind: str, until: str | date | None, today: date) -> str | None:
    if kind != "accepted-risk":
        if until:
            raise InvalidError("only an accepted risk has a last day", remedy="leave it out")
        return None
    if not until:
        raise InvalidError("an accepted risk needs its last day", remedy="write it as YYYY-MM-DD")
    last = texts.day(until, "the last day")
    most = settings.current(ledger.connection).accepted_risk_days
    if not today < last <= today + timedelta(days=most):
        raise InvalidError(
            f"a risk is accepted for 1 to {most} days after {today}, and {last} is none of them",
            remedy="choose another day",
        )
    return last.isoformat()
