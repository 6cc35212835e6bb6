"""``/approved``: the approved list, where one was given to the server."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clearband.listing.as_of import as_of
from clearband.listing.listing_form import listing_json
from clearband.listing.replay import Replay
from clearband.model.listing import Listing, State
from clearband.web.answering import With, page
from clearband.web.approved_list import ApprovedList
from clearband.web.asked_text import Name, Word
from clearband.web.dates import OptionalDay, today
from clearband.web.here import Here
from clearband.workspace.errors import InvalidError, NotFoundError

router = APIRouter(tags=["approved list"])

PAGE: Final = 50


class Asked(BaseModel):
    """Which entries."""

    q: Name = None
    state: Word = None
    on: OptionalDay = None
    known_on: OptionalDay = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class Days(BaseModel):
    """The days asked about."""

    on: OptionalDay = None
    known_on: OptionalDay = None


class Approved(BaseModel):
    """Entries as ``clearband approved show --json`` gives them (``approved-list.schema.json``)."""

    asked: Asked
    title: str
    authority: str
    events: int
    head: str | None
    states: dict[str, int]
    listings: list[dict[str, Any]]
    total: int
    pages: int


class Entry(BaseModel):
    """One entry on a day."""

    on: date
    known_on: date | None
    authority: str
    listing: dict[str, Any]


@page(router, "/approved", "approved.html.j2")
def listed(here: Here, asked: Annotated[Asked, Query()]) -> With[Approved]:
    """The approved list as of a day, as known on another."""
    approved = _list(here)
    told = asked.model_copy(update={"on": asked.on or today()})
    assert told.on is not None
    if told.state is not None and told.state not in {one.value for one in State}:
        raise InvalidError(f'"{told.state}" is no state of an entry', remedy="take one of the list")
    replay, every = _as_of(approved, told.on, told.known_on)
    states: dict[str, int] = {}
    for one in every:
        states[one.state.value] = states.get(one.state.value, 0) + 1
    wanted = [one for one in every if _is_asked(one, told)]
    first = (told.page - 1) * PAGE
    return With(
        Approved(
            asked=told,
            title=replay.authority.title,
            authority=replay.authority.id,
            events=replay.count,
            head=replay.head,
            states=states,
            listings=[listing_json(one) for one in wanted[first : first + PAGE]],
            total=len(wanted),
            pages=max(-(-len(wanted) // PAGE), 1),
        )
    )


@page(router, "/approved/{entry}", "approved_entry.html.j2")
def one(here: Here, entry: str, asked: Annotated[Days, Query()]) -> With[Entry]:
    """One entry: what may be done, its conditions, and each step that led there."""
    on = asked.on or today()
    replay, found = _as_of(_list(here), on, asked.known_on, entry)
    if not found:
        raise NotFoundError(f"{entry[:80]!r} is not on the list on {on}", remedy="look for it in /approved")
    return With(
        Entry(
            on=on, known_on=asked.known_on, authority=replay.authority.title, listing=listing_json(found[0])
        )
    )


def _list(here: Here) -> ApprovedList:
    if here.server.approved is None:
        raise NotFoundError(
            "no approved list was given to this server", remedy="clearband serve --approved DIR"
        )
    return here.server.approved


def _as_of(
    approved: ApprovedList, on: date, known_on: date | None, only: str | None = None
) -> tuple[Replay, list[Listing]]:
    replay = approved.replayed(known_on)
    return replay, as_of(replay, on, only=only)


def _is_asked(listing: Listing, asked: Asked) -> bool:
    text = f"{listing.entry} {listing.subject.name} {listing.subject.id}".casefold()
    return (asked.q is None or asked.q.casefold() in text) and (
        asked.state is None or asked.state == listing.state.value
    )
