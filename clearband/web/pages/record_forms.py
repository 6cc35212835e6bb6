"""What a team says of a record: decisions, answers, comments, assignments, evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clearband.web.again import Again
from clearband.web.answering import Made, With, change
from clearband.web.bodies import Body, IncomingFile
from clearband.web.here import Here
from clearband.web.pages.record import Number, Record, found_at, record, subject_of
from clearband.workspace import answers, assignments, attachments, comments, decisions, texts
from clearband.workspace.ledger import Ledger, Row

router = APIRouter(tags=["records"])

_CHUNK: Final = 1 << 20
Text = Annotated[str, Field(min_length=1, max_length=texts.TEXT)]


class NewDecision(Body):
    """A decision on a clause, or without one on the record as a whole. ``on`` is ``directive clause``."""

    kind: Literal["confirmed", "false-alarm", "accepted-risk", "replaced"]
    reason: Text
    on: Annotated[str | None, Field(max_length=400)] = None
    until: date | None = None


class NewAnswer(Body):
    """An answered question."""

    field: Literal["purpose", "made_in", "category", "manufacturer", "model", "acquired_on"]
    value: Annotated[str, Field(min_length=1, max_length=1_000)]
    reason: Text


class NewComment(Body):
    """A comment."""

    text: Text


class NewAssignment(Body):
    """Somebody who is to look."""

    person_id: Annotated[str, Field(max_length=32)]
    note: Annotated[str | None, Field(max_length=2_000)] = None
    due: date | None = None


class NewAttachment(Body):
    """A file as evidence, of the record or of something said of it."""

    file: IncomingFile
    attached_to: Literal["record", "decision", "answer", "comment"] = "record"
    target_id: Annotated[str | None, Field(max_length=32)] = None


class Saying(BaseModel):
    """What was said: its key and state."""

    id: str
    state: str
    version: int


def _saying(row: Row, run_id: str, number: int, anchor: str) -> Made[Saying]:
    made = Saying(id=row["id"], state=row.get("state") or "said", version=row["version"])
    return Made(made, f"/runs/{run_id}/records/{number}#{anchor}", version=row["version"])


def _again(form: str, *blames: tuple[str, str]) -> Again:
    return Again(form, "/runs/{run_id}/records/{number}", "record.html.j2", _page_again, blames)


def _page_again(here: Here, run_id: str, number: str) -> With[Record]:
    return record(here, run_id, int(number))


@change(
    router,
    "/runs/{run_id}/records/{number}/decisions",
    made=True,
    again=_again("decide", ("the reason", "reason"), ("last day", "until"), ("a risk is accepted", "until")),
)
def decide(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewDecision) -> Made[Saying]:
    """Decide on a finding. What makes things milder waits for a second person."""
    found, whole = found_at(here, ledger.connection, run_id, number)
    directive, _, clause = (body.on or "").partition(" ")
    on = (directive, clause) if body.on else (None, None)
    row = decisions.propose(
        ledger,
        subject_of(found, whole, on),
        body.kind,
        body.reason,
        directive=on[0],
        clause=on[1],
        until=body.until,
    )
    return _saying(row, run_id, number, "decisions")


@change(
    router,
    "/runs/{run_id}/records/{number}/answers",
    made=True,
    again=_again("answer", ("the reason", "reason"), ("", "value")),
)
def answer(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewAnswer) -> Made[Saying]:
    """Answer a question that the inventory leaves open; the next run takes it once another approved."""
    found, whole = found_at(here, ledger.connection, run_id, number)
    row = answers.propose(ledger, subject_of(found, whole), body.field, body.value, body.reason)
    return _saying(row, run_id, number, "answers")


@change(
    router,
    "/runs/{run_id}/records/{number}/comments",
    made=True,
    again=_again(
        "comment",
        ("the comment", "text"),
    ),
)
def comment(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewComment) -> Made[Saying]:
    """Comment on a record."""
    found, whole = found_at(here, ledger.connection, run_id, number)
    row = comments.add(ledger, subject_of(found, whole), body.text)
    return _saying(row, run_id, number, "comments")


@change(
    router,
    "/runs/{run_id}/records/{number}/assignments",
    made=True,
    again=_again("assign", ("person", "person_id"), ("the note", "note"), ("day", "due")),
)
def assign(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewAssignment) -> Made[Saying]:
    """Ask somebody to look at a record."""
    found, whole = found_at(here, ledger.connection, run_id, number)
    row = assignments.assign(ledger, subject_of(found, whole), body.person_id, note=body.note, due=body.due)
    return _saying(row, run_id, number, "assignments")


@change(router, "/runs/{run_id}/records/{number}/attachments", made=True, again=_again("attach"))
def attach(here: Here, run_id: str, number: Number, body: NewAttachment) -> Made[Saying]:
    """Attach a file as evidence."""
    chunks = iter(lambda: body.file.file.read(_CHUNK), b"")
    evidence = attachments.receive(here.workspace, here.actor, chunks)
    with here.writing() as ledger:
        found, whole = found_at(here, ledger.connection, run_id, number)
        row = attachments.attach(
            ledger,
            subject_of(found, whole),
            evidence,
            body.file.name,
            attached_to=body.attached_to,
            target_id=body.target_id,
        )
    return _saying(row, run_id, number, "attachments")
