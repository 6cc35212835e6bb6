"""``/directives``: the measures, their dated life, and one of them whole."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel, BeforeValidator

from clearband.directives.state_on import STATES, state_on
from clearband.directives.timeline import Row, Timeline, timeline
from clearband.reports.clause_words import (
    definitions_used,
    duty_words,
    exception_words,
    whose_and_what,
)
from clearband.reports.timeline.picture import svg
from clearband.web.answering import With, page
from clearband.web.asked_text import Word, blank
from clearband.web.dates import OptionalDay, today
from clearband.web.here import Here
from clearband.workspace.errors import NotFoundError

router = APIRouter(tags=["law"])

State = Annotated[
    Literal["in force", "begins later", "issued", "proposed", "ended", "not yet known"] | None,
    BeforeValidator(blank),
]


class Asked(BaseModel):
    """Which measures."""

    jurisdiction: Word = None
    state: State = None
    force: Annotated[Literal["binding", "enabling", "non-binding"] | None, BeforeValidator(blank)] = None
    on: OptionalDay = None
    known_on: OptionalDay = None


class Measure(BaseModel):
    """A measure of the list. ``state`` is that on the day asked, since or from ``state_date``."""

    id: str
    title: str
    short_title: str
    jurisdiction: str
    kind: str
    force: str
    citation: str
    state: str
    state_date: str
    evaluated: bool
    verified: bool


class Measures(BaseModel):
    """The measures asked for, by jurisdiction. ``timeline`` is that of ``clearband directives timeline``."""

    asked: Asked
    jurisdictions: list[str]
    states: dict[str, str]
    directives: list[Measure]
    total: int
    timeline: dict[str, Any]


class Whole(BaseModel):
    """One measure. ``directive`` is its file as ``clearband directives show --json`` gives it."""

    state: str
    state_date: str
    on: str
    directive: dict[str, Any]
    timeline: dict[str, Any]
    definitions: list[dict[str, Any]]


@page(router, "/directives", "directives.html.j2")
def listed(here: Here, asked: Annotated[Asked, Query()]) -> With[Measures]:
    """The measures, with the state of each on a day."""
    told = asked.model_copy(update={"on": asked.on or today()})
    assert told.on is not None
    raw = {one["id"]: one for one in here.facts.read("directives")}
    whole = timeline(here.facts.law, here.facts.register, told.on, known_on=told.known_on)
    every = [_measure(raw[row.id], row, whole) for row in whole.rows if row.id in raw]
    wanted = [one for one in every if _is_asked(one, told)]
    ids = [one.id for one in wanted]
    drawn = timeline(
        here.facts.law, here.facts.register, told.on, known_on=told.known_on, directives=ids or [""]
    )
    found = Measures(
        asked=told,
        jurisdictions=sorted({one.jurisdiction for one in every}),
        states=STATES,
        directives=wanted,
        total=len(every),
        timeline=drawn.as_json(),
    )
    return With(found, picture=lambda: Markup(svg(drawn, alone=False)) if ids else "")  # noqa: S704


@page(router, "/directives/{directive_id}", "directive.html.j2")
def one(
    here: Here, directive_id: str, asked: Annotated[OptionalDay, Query(alias="on")] = None
) -> With[Whole]:
    """One measure: its dated life, its clauses, its sources and what is not verified."""
    raw = next((one for one in here.facts.read("directives") if one["id"] == directive_id), None)
    if raw is None:
        raise NotFoundError(f"there is no directive {directive_id[:80]!r}", remedy="look for it in the list")
    on = asked or today()
    drawn = timeline(here.facts.law, here.facts.register, on, directives=[directive_id])
    state, since = state_on(drawn.rows[0], on) if drawn.rows else ("issued", "")
    found = Whole(
        state=state,
        state_date=since,
        on=on.isoformat(),
        directive=raw,
        timeline=drawn.as_json(),
        definitions=definitions_used(raw, here.facts.read("control_definitions")["definitions"]),
    )
    return With(
        found,
        picture=lambda: Markup(svg(drawn, alone=False)),  # noqa: S704  # made by us, and escaped there
        clauses=lambda: [_in_words(part) for part in raw.get("clauses", ())],
        entries=lambda: [_in_words(part) for part in raw.get("entries", ())],
    )


def _measure(raw: dict[str, Any], row: Row, whole: Timeline) -> Measure:
    state, since = state_on(row, whole.on)
    return Measure(
        **{name: raw[name] for name in _AS_THEY_ARE},
        state=state,
        state_date=since,
        evaluated=raw["evaluation"] != "pending",
    )


_AS_THEY_ARE: Final = (
    "id",
    "title",
    "short_title",
    "jurisdiction",
    "kind",
    "force",
    "citation",
    "verified",
)


def _is_asked(measure: Measure, asked: Asked) -> bool:
    return all(
        wanted is None or wanted == found
        for wanted, found in (
            (asked.jurisdiction and asked.jurisdiction.upper(), measure.jurisdiction),
            (asked.state, measure.state),
            (asked.force, measure.force),
        )
    )


def _in_words(part: dict[str, Any]) -> dict[str, Any]:
    """A clause or entry with what a reader needs in words."""
    return {
        **part,
        "lines": [line.partition(" ")[::2] for line in whose_and_what(part)],
        "exceptions": [exception_words(one) for one in part.get("exceptions", ())],
        "duties": [duty_words(one) for one in part.get("duties", ())],
    }
