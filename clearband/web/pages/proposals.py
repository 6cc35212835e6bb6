"""``/decisions``, ``/answers``: what waits for a second person, and what was decided."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection

from clearband.web.again import Again
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body
from clearband.web.here import Here
from clearband.workspace import answers, decisions, people
from clearband.workspace.ledger import Ledger, Row, row_of
from clearband.workspace.paging import Page
from clearband.workspace.paging import page as page_of
from clearband.workspace.roles import APPROVER
from clearband.workspace.tables import answer, decision, inventory

router = APIRouter(tags=["decisions"])

_LISTED: Final = 100
_STATES: Final = ("proposed", "in-force", "refused", "withdrawn")
Note = Annotated[str | None, Field(max_length=2_000)]


class Proposal(BaseModel):
    """A decision, or an answered question (then ``kind`` is its field, and ``value`` there)."""

    id: str
    of: Literal["decision", "answer"]
    inventory_id: str
    inventory: str
    identity: str
    record_id: str
    run_id: str
    kind: str
    value: str | None
    directive: str | None
    clause: str | None
    answer: str | None
    reason: str
    until: str | None
    state: str
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    decided_note: str | None
    mine: bool
    version: int


class Proposals(BaseModel):
    """Decisions and answered questions in one state, the newest first."""

    state: str
    decisions: list[Proposal]
    answers: list[Proposal]
    after: str | None


class Asked(BaseModel):
    """Which of them."""

    state: Literal["proposed", "in-force", "refused", "withdrawn"] = "proposed"
    inventory: Annotated[str | None, Field(max_length=32)] = None
    after: Annotated[str | None, Field(max_length=32)] = None


class Approval(Body):
    """An approval, or something taken back; a note is free."""

    note: Note = None


class Refusal(Body):
    """A refusal with its reason."""

    note: Annotated[str, Field(min_length=1, max_length=2_000)]


@page(router, "/decisions", "proposals.html.j2")
def listed(here: Here, asked: Annotated[Asked, Query()]) -> With[Proposals]:
    """What waits for a second person, or was decided."""
    with here.reading() as connection:
        names, inventories = people.names(connection), _inventories(connection)
        pages: dict[sa.Table, Page] = {}
        for table in (decision, answer):
            query = sa.select(table).where(table.c.state == asked.state)
            if asked.inventory is not None:
                query = query.where(table.c.inventory_id == asked.inventory)
            pages[table] = page_of(connection, query, table, asked.after, _LISTED)
    # One page of both: what is older than the end of the fuller list comes with the next page.
    after = max((got.after for got in pages.values() if got.after is not None), default=None)
    found = {
        table.name: [
            _proposal(here, row, table.name, names, inventories)
            for row in got.rows
            if after is None or row["id"] >= after
        ]
        for table, got in pages.items()
    }
    shown = Proposals(state=asked.state, decisions=found["decision"], answers=found["answer"], after=after)
    return With(shown, states=_STATES, asked=asked)


def _one(here: Here, table: sa.Table, row_id: str) -> With[Proposal]:
    with here.reading() as connection:
        row = row_of(connection, table, row_id)
        shown = _proposal(here, row, table.name, people.names(connection), _inventories(connection))
    return With(shown, version=row["version"])


@page(router, "/decisions/{decision_id}", "proposal.html.j2")
def one_decision(here: Here, decision_id: str) -> With[Proposal]:
    """One decision."""
    return _one(here, decision, decision_id)


@page(router, "/answers/{answer_id}", "proposal.html.j2")
def one_answer(here: Here, answer_id: str) -> With[Proposal]:
    """One answered question."""
    return _one(here, answer, answer_id)


def _again(form: str, of: str) -> Again:
    page = one_decision if of == "decision" else one_answer
    return Again(form, f"/{of}s/{{{of}_id}}", "proposal.html.j2", page, (("note", "note"),))


@change(router, "/decisions/{decision_id}/approve", role=APPROVER, again=_again("approve", "decision"))
def approve_decision(
    here: Here, ledger: Ledger, decision_id: str, body: Approval, version: Version
) -> Made[Proposal]:
    """Let a decision that somebody else proposed come into force."""
    return _done(
        here, ledger, "decision", decisions.approve(ledger, decision_id, note=body.note, version=version)
    )


@change(router, "/decisions/{decision_id}/refuse", role=APPROVER, again=_again("refuse", "decision"))
def refuse_decision(
    here: Here, ledger: Ledger, decision_id: str, body: Refusal, version: Version
) -> Made[Proposal]:
    """Say no to a decision that somebody else proposed."""
    return _done(
        here, ledger, "decision", decisions.refuse(ledger, decision_id, note=body.note, version=version)
    )


@change(router, "/decisions/{decision_id}/withdraw", role="viewer", again=_again("withdraw", "decision"))
def withdraw_decision(
    here: Here, ledger: Ledger, decision_id: str, body: Approval, version: Version
) -> Made[Proposal]:
    """Take back one's own proposal, or end a decision that is in force."""
    return _done(
        here, ledger, "decision", decisions.withdraw(ledger, decision_id, note=body.note, version=version)
    )


@change(router, "/answers/{answer_id}/approve", role=APPROVER, again=_again("approve", "answer"))
def approve_answer(
    here: Here, ledger: Ledger, answer_id: str, body: Approval, version: Version
) -> Made[Proposal]:
    """Let an answer that somebody else proposed go into the next run."""
    return _done(here, ledger, "answer", answers.approve(ledger, answer_id, note=body.note, version=version))


@change(router, "/answers/{answer_id}/refuse", role=APPROVER, again=_again("refuse", "answer"))
def refuse_answer(
    here: Here, ledger: Ledger, answer_id: str, body: Refusal, version: Version
) -> Made[Proposal]:
    """Say no to an answer that somebody else proposed."""
    return _done(here, ledger, "answer", answers.refuse(ledger, answer_id, note=body.note, version=version))


@change(router, "/answers/{answer_id}/withdraw", role="viewer", again=_again("withdraw", "answer"))
def withdraw_answer(
    here: Here, ledger: Ledger, answer_id: str, body: Approval, version: Version
) -> Made[Proposal]:
    """Take back one's own proposal, or an answer that is in force."""
    return _done(here, ledger, "answer", answers.withdraw(ledger, answer_id, note=body.note, version=version))


def _done(here: Here, ledger: Ledger, of: str, row: Row) -> Made[Proposal]:
    names, inventories = people.names(ledger.connection), _inventories(ledger.connection)
    made = _proposal(here, row, of, names, inventories)
    return Made(made, f"/{of}s/{row['id']}", version=row["version"])


def _inventories(connection: Connection) -> dict[str, str]:
    return {row.id: row.name for row in connection.execute(sa.select(inventory.c.id, inventory.c.name))}


def _proposal(here: Here, row: Row, of: str, names: dict[str, str], inventories: dict[str, str]) -> Proposal:
    own: dict[str, Any] = {name: row.get(name) for name in Proposal.model_fields if name in row}
    own |= {name: names.get(row[name]) for name in ("proposed_by", "decided_by") if row[name]}
    if of == "answer":
        own |= {"kind": row["field"]}
    optional = {name: row.get(name) for name in ("value", "directive", "clause", "answer", "until")}
    return Proposal(
        **{**optional, **own},
        of=of,
        inventory=inventories.get(row["inventory_id"], ""),
        mine=row["proposed_by"] == here.actor.person_id,
    )
