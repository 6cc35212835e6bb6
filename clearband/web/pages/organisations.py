"""``/organisations``: who is who, whose they are on a day, and which measures reach them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from anyascii import anyascii
from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel, Field

from clearband.register.register import Register
from clearband.reports.ownership.near import Near, near
from clearband.reports.ownership.picture import svg
from clearband.screening.lookup import card, look_up
from clearband.web.answering import With, page
from clearband.web.asked_text import Name
from clearband.web.dates import OptionalDay, today
from clearband.web.here import Here
from clearband.workspace.errors import NotFoundError

router = APIRouter(tags=["organisations"])

PAGE: Final = 50
GROUPS: Final = {
    "covered": "named by measures",
    "listed": "on a list",
    "affiliate": "affiliate of one that is named",
    "owner": "owner of one that is named",
    "divested": "formerly of one that is named",
    "white-label-brand": "brand on others' hardware",
    "watch": "watched",
    "negative": "no measure names it",
}
"""Groups of the register, in words of this page."""


class Asked(BaseModel):
    """Whom to look for: a name in any script, a MAC address, a sysObjectID or an FCC ID."""

    q: Name = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class Found(BaseModel):
    """An organisation of the list."""

    id: str
    name: str
    group: str
    country: str | None
    called: str | None


class Organisations(BaseModel):
    """Organisations with a name that holds what was asked. ``meant`` is what ``clearband who`` says."""

    asked: Asked
    meant: dict[str, Any] | None
    organisations: list[Found]
    total: int
    pages: int


class Day(BaseModel):
    """The days asked about."""

    on: OptionalDay = None
    known_on: OptionalDay = None


class Link(BaseModel):
    """Who owns whom, as it holds on the day."""

    owner: str
    owned: str
    relation: str
    share_pct: str | None
    begins: str | None
    ends: str | None
    certain: bool
    verified: bool
    source: str | None


class Organisation(BaseModel):
    """One organisation. ``organisation`` has the form that ``clearband who --json`` gives it."""

    on: date
    known_on: date | None
    organisation: dict[str, Any]
    links: list[Link]
    names: dict[str, str]


@page(router, "/organisations", "organisations.html.j2")
def listed(here: Here, asked: Annotated[Asked, Query()]) -> With[Organisations]:
    """Look an organisation up, in any script, or go through all of them."""
    register = here.facts.register
    meant = look_up(asked.q, register, here.facts.law, on=today()) if asked.q else None
    every = (
        _holding(register, asked.q) if asked.q else [(one, None) for one in sorted(register.organisations)]
    )
    first = (asked.page - 1) * PAGE
    found = Organisations(
        asked=asked,
        meant=meant,
        organisations=[_found(register, org, called) for org, called in every[first : first + PAGE]],
        total=len(every),
        pages=max(-(-len(every) // PAGE), 1),
    )
    return With(found, groups=GROUPS)


@page(router, "/organisations/{organisation_id}", "organisation.html.j2")
def one(here: Here, organisation_id: str, asked: Annotated[Day, Query()]) -> With[Organisation]:
    """One organisation on a day: names, owners, lists, measures, and what was said of it."""
    register = here.facts.register
    if organisation_id not in register.organisations:
        raise NotFoundError(
            f"there is no organisation {organisation_id[:80]!r}", remedy="look for it in /organisations"
        )
    on = asked.on or today()
    around = near(register, organisation_id, on, asked.known_on)
    told = card(organisation_id, register, here.facts.law, on=on, known_on=asked.known_on)
    named = (*around.level, *(path["to"] for path in told["control"]))
    found = Organisation(
        on=on,
        known_on=asked.known_on,
        organisation=told,
        links=_links(around),
        names={org: _name(register, org) for org in named},
    )
    return With(found, picture=lambda: Markup(svg(around, register)) if around.links else "", groups=GROUPS)  # noqa: S704


def _holding(register: Register, text: str) -> list[tuple[str, str | None]]:
    """Organisations with a name that holds the text, in its own script or read in Latin letters."""
    wanted, read = text.casefold().strip(), _latin(text)
    found: dict[str, str | None] = {}
    for entry in register.names:
        if wanted in entry.text.casefold() or (len(read) > 2 and read in _latin(entry.text)):
            found.setdefault(entry.org_id, entry.text)
    return sorted(found.items())


def _latin(text: str) -> str:
    return "".join(anyascii(text).casefold().split())


def _found(register: Register, org: str, called: str | None) -> Found:
    known = register.organisations[org]
    called = called if called != known.name else None
    return Found(id=org, name=known.name, group=known.group, country=known.country, called=called)


def _name(register: Register, org: str) -> str:
    known = register.organisations.get(org)
    return known.name if known else org


def _links(around: Near) -> list[Link]:
    return [
        Link(
            owner=link.owner,
            owned=link.owned,
            relation=link.relation,
            share_pct=link.share_pct,
            begins=link.begins,
            ends=link.ends,
            certain=not unsure,
            verified=link.verified,
            source=link.source,
        )
        for link, unsure in zip(around.links, around.uncertain, strict=True)
    ]
