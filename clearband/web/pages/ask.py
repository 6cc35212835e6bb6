"""``/ask``: one question to the law, answered as ``clearband ask`` answers it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from clearband.directives.answer import AskAnswer
from clearband.directives.ask import ask
from clearband.directives.question_words import Question
from clearband.errors import UsageError
from clearband.facts.equipment_words import equipment_words
from clearband.identify.meant import register_ids
from clearband.web.answering import With, page
from clearband.web.asked_text import Name, Word
from clearband.web.dates import OptionalDay, today
from clearband.web.forms_of_answers import wants_html
from clearband.web.here import Here

router = APIRouter(tags=["law"])


class Asked(BaseModel):
    """The question. Without ``maker``, ``actor`` and ``action`` there is none, and the words are shown."""

    maker: Name = None
    equipment: Name = None
    purpose: Name = None
    made_in: Word = None
    holding: Name = None
    actor: Word = None
    action: Word = None
    on: OptionalDay = None
    known_on: OptionalDay = None
    obtained: OptionalDay = None
    found_on: OptionalDay = None


class Choice(BaseModel):
    """A word of the vocabulary."""

    id: str
    title: str


class Answered(BaseModel):
    """The question as it was read, the answer, and the words that questions are asked in.

    ``answer`` has the published form of ``clearband ask --json`` (``ask-answer.schema.json``).
    """

    asked: Asked
    answer: dict[str, Any] | None
    problem: str | None
    actors: list[Choice]
    actions: list[Choice]
    purposes: list[Choice]
    equipment: list[Choice]


@page(router, "/ask", "ask.html.j2")
def asked(here: Here, asked: Annotated[Asked, Query()]) -> With[Answered]:
    """May this actor do this, with this maker's equipment, on this day?"""
    words = here.facts.read("vocabulary")
    kinds = here.facts.read("equipment")["categories"]
    told = asked.model_copy(update={"on": asked.on or today()})
    answer, problem = None, None
    begun = any(value is not None for value in asked.model_dump(exclude={"on"}).values())
    try:
        answer = _answer(here, told) if begun else None
    except UsageError as error:
        # A page shows the form again with what is wrong; a program gets the problem.
        if not wants_html(here.request):
            raise
        problem = error.one_line()
    found = Answered(
        asked=told,
        answer=answer.as_json() if answer else None,
        problem=problem,
        equipment=[Choice(id=one["id"], title=one["title"]) for one in kinds],
        **{
            name: [Choice(id=one["id"], title=one["title"]) for one in words[name]]
            for name in ("actors", "actions", "purposes")
        },
    )
    return With(found, status=422 if problem else 200)


def _answer(here: Here, asked: Asked) -> AskAnswer:
    for name in ("maker", "actor", "action"):
        if getattr(asked, name) is None:
            raise UsageError(f"a question needs the {name}", remedy="give it")
    assert asked.maker is not None
    assert asked.actor is not None
    assert asked.action is not None
    question = Question(
        asked.maker,
        asked.actor,
        asked.action,
        asked.on or today(),
        asked.equipment,
        asked.purpose,
        asked.made_in,
        asked.holding,
        asked.known_on,
        asked.obtained,
        asked.found_on,
    )
    register = here.facts.register
    return ask(
        question, here.facts.law, register, lambda name: register_ids(name, register), equipment_words()
    )
