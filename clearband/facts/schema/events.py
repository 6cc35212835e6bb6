"""``events.yaml``: public events about organisations, in neutral words; allegations are called so."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, FactDate, Slug, Text
from clearband.facts.schema.criteria import CriterionId

EventStatus = Literal[
    "allegation",
    "investigation",
    "charge",
    "settlement",
    "conviction",
    "dismissal",
    "designation",
    "finding",
    "denial-by-company",
]


class EventFact(Fact):
    """One event: what is said, by whom, in which state, and the organisation's answer."""

    id: Slug
    organisations: tuple[Slug, ...] = ()
    date: FactDate
    ended: FactDate | None = None
    kind: Slug
    status: EventStatus
    summary: Text
    company_response: Text | None = None
    company_response_note: Text | None = None
    outcome: Text | None = None
    date_note: Text | None = None
    known_exploited_listed: FactDate | None = None
    category: Slug | None = None
    criteria: tuple[CriterionId, ...] = Field((), description="Criteria that it bears on, in whatever state.")
    matter: Slug | None = Field(None, description="One name for all events of a matter: it counts once.")
    source: Text
    verified: bool


class EventsFile(Fact):
    """All events."""

    as_of: FactDate
    conventions: tuple[Text, ...]
    statuses: tuple[EventStatus, ...]
    events: tuple[EventFact, ...]
