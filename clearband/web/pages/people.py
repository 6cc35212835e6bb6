"""``/people``: who is let in, and with which roles."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clearband.web.again import Again
from clearband.web.answering import Made, Version, With, change, page
from clearband.web.bodies import Body
from clearband.web.here import Here
from clearband.workspace import people, sessions
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.roles import ADMIN, ROLES

router = APIRouter(tags=["people"])


class Person(BaseModel):
    """Somebody who may sign in, or for whom programs act by tokens."""

    id: str
    name: str
    subject: str | None
    roles: list[str]
    created_at: str
    disabled_at: str | None
    version: int


class People(BaseModel):
    """All people, the first added first, and what each role may do."""

    people: list[Person]
    roles: dict[str, str]


class NewPerson(Body):
    """A person to be let in; one without ``subject`` acts by tokens only."""

    name: Annotated[str, Field(min_length=1, max_length=people.NAME_LENGTH)]
    subject: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    roles: Annotated[list[str], Field(max_length=10, default_factory=list)]


class Roles(Body):
    """The roles that somebody is to have, and no others."""

    roles: Annotated[list[str], Field(max_length=10, default_factory=list)]


@page(router, "/people", "people.html.j2", role=ADMIN)
def everybody(here: Here) -> With[People]:
    """Everybody who is or was let in. Needs the role admin."""
    with here.reading() as connection:
        rows = people.listed(connection)
    return With(People(people=[_person(row) for row in rows], roles=ROLES))


_BLAMES: Final = (("role", "roles"), ("subject", "subject"), ("the name", "name"))


def _again(form: str) -> Again:
    return Again(form, "/people", "people.html.j2", lambda here, **_: everybody(here), _BLAMES)


@change(router, "/people", role=ADMIN, made=True, again=_again("new"))
def add(ledger: Ledger, body: NewPerson) -> Made[Person]:
    """Let somebody in."""
    row = people.add(ledger, body.name, roles=body.roles, subject=body.subject)
    return Made(_person(row), "/people", version=row["version"])


@change(router, "/people/{person_id}/roles", role=ADMIN, again=_again("roles-{person_id}"))
def give_roles(ledger: Ledger, person_id: str, body: Roles, version: Version) -> Made[Person]:
    """Give somebody these roles and no others."""
    row = people.give_roles(ledger, person_id, body.roles, version=version)
    return Made(_person(row), "/people", version=row["version"])


@change(router, "/people/{person_id}/disable", role=ADMIN, again=_again("keep-out"))
def disable(ledger: Ledger, person_id: str, version: Version) -> Made[Person]:
    """Keep somebody out: their sessions and tokens stop at once."""
    row = people.disable(ledger, person_id, version=version)
    sessions.end_all(ledger.connection, person_id)
    return Made(_person(row), "/people", version=row["version"])


@change(router, "/people/{person_id}/enable", role=ADMIN, again=_again("let-in"))
def enable(ledger: Ledger, person_id: str, version: Version) -> Made[Person]:
    """Let somebody in again."""
    row = people.enable(ledger, person_id, version=version)
    return Made(_person(row), "/people", version=row["version"])


def _person(row: Row) -> Person:
    return Person(**{name: row[name] for name in Person.model_fields})
