"""A listing as plain JSON values: one form for what is printed and what is published."""

from __future__ import annotations

from datetime import date
from typing import Any

from clearband.model.assessment import Subject
from clearband.model.listing import Condition, Listing


def listing_json(listing: Listing) -> dict[str, Any]:
    """An entry as plain JSON values; what is None is left out.

    Written out part by part, for a million entries: the generic `canonical.plain` is ten times as slow.
    """
    raw: dict[str, Any] = {
        "entry": listing.entry,
        "authority": listing.authority,
        "subject": _subject(listing.subject),
        "state": listing.state.value,
        "since": listing.since.isoformat(),
        "conditions": [_condition(one) for one in listing.conditions],
        "open_conditions": list(listing.open_conditions),
        "flags": list(listing.flags),
        "uses": {
            use.value: {"say": say, "date": day.isoformat()} if day else {"say": say}
            for use, (say, day) in listing.uses.items()
        },
        "depends": list(listing.depends),
        "history": list(listing.history),
        "why": list(listing.why),
    }
    _days(raw, until=listing.until, evidence_until=listing.evidence_until)
    if listing.case is not None:
        raw["case"] = listing.case.value
    return raw


def record_json(listing: Listing, next_date: date | None) -> dict[str, Any]:
    """A published record: the entry, and the first day on which a date may change what it says."""
    record = {"listing": listing_json(listing)}
    _days(record, next_date=next_date)
    return record


def _subject(subject: Subject) -> dict[str, Any]:
    raw = {
        "kind": subject.kind,
        "id": subject.id,
        "name": subject.name,
        "tier": subject.tier,
        "territory": subject.territory,
        "identifiers": [list(pair) for pair in subject.identifiers],
    }
    for name in ("maker", "category", "release", "scope"):
        value = getattr(subject, name)
        if value is not None:
            raw[name] = value
    return raw


def _condition(one: Condition) -> dict[str, Any]:
    raw = {
        "id": one.id,
        "text": one.text,
        "criterion": one.criterion,
        "owner": one.owner,
        "due": one.due.isoformat(),
        "proof": one.proof,
    }
    if one.if_late is not None:
        raw["if_late"] = one.if_late.value
    return raw


def _days(raw: dict[str, Any], **days: date | None) -> None:
    raw.update({name: day.isoformat() for name, day in days.items() if day is not None})
