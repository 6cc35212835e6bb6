"""``/runs/{run}/records/{number}``: one record, why it has its answer, and what a team says of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path
from markupsafe import Markup
from pydantic import BaseModel
from sqlalchemy.engine import Connection

from clearband.reports.explain import explanation
from clearband.reports.folder import read_on_lists
from clearband.reports.ownership.near import near
from clearband.reports.ownership.picture import svg
from clearband.reports.plain_text import visible
from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.web.pages.of_run import Run, opened, run_of
from clearband.web.words import FIELD_WORDS, STATE_WORDS
from clearband.workspace import (
    clock,
    people,
    said,
)
from clearband.workspace.effect import answer_effect, effect
from clearband.workspace.ledger import Row
from clearband.workspace.looking import Opened
from clearband.workspace.subject import Subject
from clearband.workspace.tables.decisions import ANSWER_FIELDS, DECISION_KINDS
from clearband.workspace.view import WholeRecord, whole_record

router = APIRouter(tags=["records"])

Number = Annotated[int, Path(ge=0, le=1_000_000_000)]


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


class Somebody(BaseModel):
    """Somebody who can be asked to look at it."""

    id: str
    name: str


class Record(BaseModel):
    """A record whole. ``may_be_asked`` is empty for those who may ask nobody."""

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
    may_be_asked: list[Somebody]


@page(router, "/runs/{run_id}/records/{number}", "record.html.j2")
def record(here: Here, run_id: str, number: Number) -> With[Record]:
    """One record of a run: what it is, why it has its answer, what was said of it."""
    with here.reading() as connection:
        found, whole = found_at(here, connection, run_id, number)
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
        may_be_asked=[
            Somebody(id=one["id"], name=one["name"])
            for one in may_be_asked
            if one["disabled_at"] is None and one["roles"]
        ],
        **_told(here, found, whole, told),
    )
    return With(
        shown,
        decision_choices=[(kind, STATE_WORDS[kind][0]) for kind in DECISION_KINDS],
        clause_choices=[_clause_choice(row) for row in shown.findings],
        purposes=here.facts.read("vocabulary")["purposes"],
        kinds_of_equipment=here.facts.read("equipment")["categories"],
        field_choices=[(name, FIELD_WORDS[name]) for name in ANSWER_FIELDS],
        people=[(one.id, one.name) for one in shown.may_be_asked],
        last=found.view.records - 1,
        picture=lambda: _owners(here, whole.equipment["maker"], run.asked),
    )


def _clause_choice(row: dict[str, Any]) -> tuple[str, str]:
    title = f"{visible(row['directive_title'], 60)}: {visible(row['cite'] or row['clause'], 50)}"
    return f"{row['directive']} {row['clause']}", title


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


def found_at(here: Here, connection: Connection, run_id: str, number: int) -> tuple[Opened, WholeRecord]:
    """The run, and the record of a number in it.

    Raises:
        NotFoundError: There is none.
    """
    found = opened(here, connection, run_id)
    return found, whole_record(here.workspace.run_folder(run_id), found.view, number)


def subject_of(
    found: Opened, whole: WholeRecord, on: tuple[str | None, str | None] = (None, None)
) -> Subject:
    """What is spoken of: the record, or a clause of it where ``on`` is its directive and clause."""
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
        now = subject_of(found, whole, on) if on == (None, None) or on in clauses else None
        return effect(row, now, today)

    def filled(model: type[BaseModel], row: Row, **more: Any) -> Any:
        by = {name: names.get(row[name]) for name in ("proposed_by", "decided_by") if row.get(name)}
        return model(**{name: row[name] for name in model.model_fields if name in row} | by | more)

    def made(row: Row) -> dict[str, Any]:
        return {"by": names.get(row["created_by"], ""), "at": row["created_at"]}

    return {
        "decisions": [filled(Decision, row, effect=effect_of(row)) for row in told.decisions],
        "answers": [
            filled(AnsweredQuestion, row, effect=answer_effect(row, subject_of(found, whole)))
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
