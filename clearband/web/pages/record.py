"""``/runs/{run}/records/{number}``: one record, why it has its answer, and what a team says of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path
from markupsafe import Markup
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection

from clearband.reports.explain import explanation
from clearband.reports.folder import read_on_lists
from clearband.reports.ownership.near import near
from clearband.reports.ownership.picture import svg
from clearband.web.answering import Made, With, change, page
from clearband.web.bodies import Body, IncomingFile
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.workspace import answers, assignments, attachments, clock, comments, decisions, people, said
from clearband.workspace.effect import answer_effect, effect
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.looking import Opened
from clearband.workspace.subject import Subject
from clearband.workspace.tables.decisions import ANSWER_FIELDS, DECISION_KINDS
from clearband.workspace.view import WholeRecord, whole_record

router = APIRouter(tags=["records"])

Number = Annotated[int, Path(ge=0, le=1_000_000_000)]
_CHUNK: Final = 1 << 20
Text = Annotated[str, Field(min_length=1, max_length=20_000)]


class Step(BaseModel):
    """A step of the explanation: indentation and text of each line."""

    title: str
    lines: list[tuple[int, str]]


class Decision(BaseModel):
    """A decision, and whether it counts for this run (``effect``)."""

    id: str
    directive: str | None
    clause: str | None
    kind: str
    reason: str
    until: str | None
    answer: str
    state: str
    effect: str
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    decided_note: str | None
    version: int


class AnsweredQuestion(BaseModel):
    """An answered question, and whether later runs take it (``effect``)."""

    id: str
    field: str
    value: str
    reason: str
    state: str
    effect: str
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    decided_note: str | None
    version: int


class Comment(BaseModel):
    """A comment; without text where its author took it back."""

    id: str
    text: str | None
    by: str
    at: str
    edited_at: str | None
    mine: bool
    version: int


class Attachment(BaseModel):
    """A file as evidence."""

    id: str
    attached_to: str
    target_id: str | None
    file_name: str
    media_type: str
    sha256: str
    bytes: int
    by: str
    at: str


class Assignment(BaseModel):
    """Who is to look at it."""

    id: str
    person: str
    note: str | None
    due: str | None
    state: str
    mine: bool
    version: int


class Event(BaseModel):
    """What was done, as the trail has it."""

    seq: int
    at: str
    by: str
    action: str
    kind: str


class Record(BaseModel):
    """A record whole."""

    run: Run
    number: int
    identity: str
    fingerprint: str
    state: str
    equipment: dict[str, Any]
    findings: list[dict[str, Any]]
    steps: list[Step]
    decisions: list[Decision]
    answers: list[AnsweredQuestion]
    comments: list[Comment]
    attachments: list[Attachment]
    assignments: list[Assignment]
    timeline: list[Event]


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


@page(router, "/runs/{run_id}/records/{number}", "record.html.j2")
def record(here: Here, run_id: str, number: Number) -> With[Record]:
    """One record of a run: what it is, why it has its answer, what was said of it."""
    with here.reading() as connection:
        found, whole = _found(here, connection, run_id, number)
        run = run_of(connection, found.run)
        told = said.of_record(connection, found.run["inventory_id"], whole.identity)
        may_be_asked = people.listed(connection) if here.may("analyst") else []
    folder = here.workspace.run_folder(run_id)
    on_lists = read_on_lists(folder, whole.equipment["record_id"])
    steps = explanation(
        whole.equipment, whole.findings, whole.drafts, on_lists, sources=here.facts.register.sources
    )
    shown = Record(
        run=run,
        number=number,
        identity=whole.identity,
        fingerprint=whole.fingerprint,
        state=found.state_of_record(number),
        equipment=_plain(whole.equipment),
        findings=[_plain(row) for row in whole.findings if row["directive"] is not None],
        steps=[Step(title=step.title, lines=step.lines) for step in steps],
        **_told(here, found, whole, told),
    )
    return With(
        shown,
        kinds=DECISION_KINDS,
        fields=ANSWER_FIELDS,
        people=[one for one in may_be_asked if one["disabled_at"] is None and one["roles"]],
        last=found.view.records - 1,
        picture=lambda: _owners(here, whole.equipment["maker"], run.asked),
    )


def _owners(here: Here, maker: str | None, asked: dict[str, Any]) -> Markup:
    """Who owns the maker, and what it owns, on the day asked about; nothing where it stands alone."""
    register = here.facts.register
    if maker not in register.organisations:
        return Markup()
    on = asked.get("on") or asked.get("today")
    known_on = asked.get("known_on")
    around = near(
        register,
        maker,
        date.fromisoformat(on) if on else clock.today(),
        date.fromisoformat(known_on) if known_on else None,
    )
    return Markup(svg(around, register)) if around.links else Markup()  # noqa: S704  # names are escaped in it


def _plain(row: Row) -> dict[str, Any]:
    """A row as JSON has it; dates and decimals are text."""
    plain: dict[str, Any] = json.loads(json.dumps(row, default=str))
    return plain


def _found(here: Here, connection: Connection, run_id: str, number: int) -> tuple[Opened, WholeRecord]:
    found = opened(here, connection, run_id)
    return found, whole_record(here.workspace.run_folder(run_id), found.view, number)


def _subject(found: Opened, whole: WholeRecord, on: tuple[str | None, str | None] = (None, None)) -> Subject:
    return Subject(
        found.run["inventory_id"],
        whole.identity,
        whole.equipment["record_id"],
        whole.fingerprint,
        whole.answer_of(*on),
        found.run["id"],
    )


def _told(here: Here, found: Opened, whole: WholeRecord, told: said.Said) -> dict[str, list[Any]]:
    names, me, today = told.people, here.actor.person_id, clock.today()

    def effect_of(row: Row) -> str:
        clauses = {(one["directive"], one["clause"]) for one in whole.findings}
        on = (row["directive"], row["clause"])
        now = _subject(found, whole, on) if on == (None, None) or on in clauses else None
        return effect(row, now, today)

    def filled(model: type[BaseModel], row: Row, **more: Any) -> Any:
        by = {name: names.get(row[name]) for name in ("proposed_by", "decided_by") if row.get(name)}
        return model(**{name: row[name] for name in model.model_fields if name in row} | by | more)

    def made(row: Row) -> dict[str, Any]:
        return {"by": names.get(row["created_by"], ""), "at": row["created_at"]}

    return {
        "decisions": [filled(Decision, row, effect=effect_of(row)) for row in told.decisions],
        "answers": [
            filled(AnsweredQuestion, row, effect=answer_effect(row, _subject(found, whole)))
            for row in told.answers
        ],
        "comments": [
            filled(Comment, row, mine=row["created_by"] == me, **made(row)) for row in told.comments
        ],
        "attachments": [
            filled(Attachment, row, **made(row)) for row in told.attachments if row["removed_at"] is None
        ],
        "assignments": [
            filled(Assignment, row, person=names.get(row["person_id"], ""), mine=row["person_id"] == me)
            for row in told.assignments
        ],
        "timeline": [filled(Event, row) for row in told.timeline],
    }


class Saying(BaseModel):
    """What was said: its key and state."""

    id: str
    state: str
    version: int


def _saying(row: Row, run_id: str, number: int, anchor: str) -> Made[Saying]:
    made = Saying(id=row["id"], state=row.get("state") or "said", version=row["version"])
    return Made(made, f"/runs/{run_id}/records/{number}#{anchor}", version=row["version"])


@change(router, "/runs/{run_id}/records/{number}/decisions", made=True)
def decide(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewDecision) -> Made[Saying]:
    """Decide on a finding. What makes things milder waits for a second person."""
    found, whole = _found(here, ledger.connection, run_id, number)
    directive, _, clause = (body.on or "").partition(" ")
    on = (directive, clause) if body.on else (None, None)
    row = decisions.propose(
        ledger,
        _subject(found, whole, on),
        body.kind,
        body.reason,
        directive=on[0],
        clause=on[1],
        until=body.until,
    )
    return _saying(row, run_id, number, "decisions")


@change(router, "/runs/{run_id}/records/{number}/answers", made=True)
def answer(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewAnswer) -> Made[Saying]:
    """Answer a question that the inventory leaves open; the next run takes it once another approved."""
    found, whole = _found(here, ledger.connection, run_id, number)
    row = answers.propose(ledger, _subject(found, whole), body.field, body.value, body.reason)
    return _saying(row, run_id, number, "answers")


@change(router, "/runs/{run_id}/records/{number}/comments", made=True)
def comment(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewComment) -> Made[Saying]:
    """Comment on a record."""
    found, whole = _found(here, ledger.connection, run_id, number)
    row = comments.add(ledger, _subject(found, whole), body.text)
    return _saying(row, run_id, number, "comments")


@change(router, "/runs/{run_id}/records/{number}/assignments", made=True)
def assign(here: Here, ledger: Ledger, run_id: str, number: Number, body: NewAssignment) -> Made[Saying]:
    """Ask somebody to look at a record."""
    found, whole = _found(here, ledger.connection, run_id, number)
    row = assignments.assign(ledger, _subject(found, whole), body.person_id, note=body.note, due=body.due)
    return _saying(row, run_id, number, "assignments")


@change(router, "/runs/{run_id}/records/{number}/attachments", made=True)
def attach(here: Here, run_id: str, number: Number, body: NewAttachment) -> Made[Saying]:
    """Attach a file as evidence."""
    chunks = iter(lambda: body.file.file.read(_CHUNK), b"")
    evidence = attachments.receive(here.workspace, here.actor, chunks)
    with here.writing() as ledger:
        found, whole = _found(here, ledger.connection, run_id, number)
        row = attachments.attach(
            ledger,
            _subject(found, whole),
            evidence,
            body.file.name,
            attached_to=body.attached_to,
            target_id=body.target_id,
        )
    return _saying(row, run_id, number, "attachments")
