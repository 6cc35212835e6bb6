"""From dates as written in a directive file to moments with two clocks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clearband.errors import FactsError
from clearband.model.directive import Clock, End, Moment
from clearband.register.ownership import first_day, last_day


def timeline_of(directive: dict[str, Any]) -> tuple[Moment, ...]:
    """The events of a measure, in the order of the file."""
    return tuple(_moment(event, event["event"]) for event in directive["timeline"])


def clock_of(directive: dict[str, Any], when: Any, event: str) -> Clock:
    """The history that a clause's ``from``, ``until`` or ``through`` means.

    Args:
        directive: The file, for references into its timeline.
        when: ``NAME DATE``, a moment, or a list of these.
        event: What a bare date is called.
    """
    items = when if isinstance(when, list) else [when]
    return tuple(_one(directive, item, event) for item in items)


def end_of(directive: dict[str, Any], part: dict[str, Any]) -> End | None:
    """The end of a clause or exception, if it has one."""
    if "through" in part:
        return End(clock_of(directive, part["through"], "expired"), last_day_included=True)
    if "until" in part:
        return End(clock_of(directive, part["until"], "expired"), last_day_included=False)
    return None


def added(entry: dict[str, Any], delay_days: int, *measures: dict[str, Any]) -> Moment:
    """The day from which an entry of a list counts: when it was added, or some days later.

    Args:
        entry: The entry.
        delay_days: How long after it was added.
        measures: The clause's measure and the one that holds the entry; the first with an event on that day
            says what the event is called.
    """
    listed = first_day(entry["added"])
    known_from = date.fromisoformat(entry["known_from"]) if "known_from" in entry else listed
    if not delay_days:
        note = "the entry was added on this day"
        events = (e["event"] for raw in measures for e in raw["timeline"] if e["date"] == entry["added"])
        name = next(events, "amended")
        return Moment(name, entry["added"], listed, last_day(entry["added"]), known_from, note=note)
    starts = listed + timedelta(days=delay_days)
    note = f"{delay_days} days after the entry was added on {entry['added']}"
    return Moment("effective", starts.isoformat(), starts, starts, known_from, note=note)


def _one(directive: dict[str, Any], item: Any, event: str) -> Moment:
    if isinstance(item, str):
        return _referred(directive, item)
    if "event" in item:
        held = _referred(directive, item["event"])
        known_from = date.fromisoformat(item["known_from"]) if "known_from" in item else held.known_from
        return Moment(held.event, held.text, held.earliest, held.latest, known_from, held.verified, held.note)
    return _moment(item, event)


def _referred(directive: dict[str, Any], reference: str) -> Moment:
    name, _, day = reference.partition(" ")
    for raw in directive["timeline"]:
        if raw["event"] == name and raw["date"] == day:
            return _moment(raw, name)
    raise FactsError(
        f'"{reference}" is no event of the timeline', where=directive["id"], remedy="write NAME DATE"
    )


def _moment(raw: dict[str, Any], event: str) -> Moment:
    text = raw["date"]
    earliest = date.fromisoformat(raw["earliest"]) if "earliest" in raw else first_day(text)
    known_from = date.fromisoformat(raw["known_from"]) if "known_from" in raw else earliest
    return Moment(
        event, text, earliest, last_day(text), known_from, raw.get("verified", True), raw.get("note")
    )
