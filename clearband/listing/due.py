"""What ends or is due next, and what hangs on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clearband.listing.as_of import as_of
from clearband.listing.entry import Entry
from clearband.listing.replay import Replay
from clearband.listing.statistics import spells
from clearband.listing.table import Table
from clearband.model.listing import State


@dataclass(frozen=True, slots=True)
class Due:
    """A day that changes something of an entry.

    Attributes:
        what: ``takes-effect``, ``listing-ends``, ``evidence-ends``, ``condition``, ``remove-by``,
            ``reply-ends``, or ``clock``: the last day of a time of the authority's own.
        about: The condition, or what waits.
        then: What follows when nothing is done.
    """

    day: date
    entry: str
    what: str
    about: str | None = None
    then: str | None = None


def due(replay: Replay, on: date, until: date) -> list[Due]:
    """What comes due from a day to another, both included, by day; times that ran out go first."""
    found = []
    table = replay.table
    for listing in as_of(replay, on):
        entry = replay.entries[listing.entry]
        standing = entry.standing_on(on)
        if standing is not None and listing.state in table.in_force:
            for day, what in ((standing.until, "listing-ends"), (standing.evidence_until, "evidence-ends")):
                if day is not None:
                    then = State.EXPIRED if what == "listing-ends" else f"{State.EXPIRED} after days of grace"
                    found.append(Due(day, entry.id, what, None, then))
        found += [
            Due(one.due, entry.id, "condition", one.id, one.if_late or "a notice")
            for one in listing.conditions
            if one.id in listing.open_conditions
        ]
        if standing is not None and standing.remove_by is not None and listing.state not in table.in_force:
            found.append(Due(standing.remove_by, entry.id, "remove-by"))
        if listing.case is State.PROPOSED and entry.proposal is not None and entry.proposal.reply_until:
            found.append(Due(entry.proposal.reply_until, entry.id, "reply-ends", None, "it can be decided"))
        found += _coming(entry, table, on)
        found += _clocks(entry, replay, on)
    return sorted(
        (one for one in found if one.day <= until and (on <= one.day or one.what == "clock")),
        key=lambda one: (one.day, one.entry, one.what),
    )


def _coming(entry: Entry, table: Table, on: date) -> Iterator[Due]:
    """Decisions that are recorded and hold only from a later day."""
    for event in entry.in_force_events():
        states = table.steps[event.kind].to
        if states and event.effective > on:
            state = event.state or (states[0] if len(states) == 1 else None)
            yield Due(event.effective, entry.id, "takes-effect", event.kind, state)


def _clocks(entry: Entry, replay: Replay, on: date) -> Iterator[Due]:
    """The times of the authority that run for an entry on a day, by when its steps were recorded."""
    clocks = {one.case: one for one in replay.authority.clocks}
    if not clocks:
        return
    events = [one for one in entry.in_force_events() if one.recorded.date() <= on]
    for spell in spells(entry, events):
        clock = clocks.get(spell.what)
        if clock is not None and spell.ended is None:
            day = spell.begun + timedelta(days=clock.days)
            yield Due(day, entry.id, "clock", spell.what, f"silence: {clock.silence}")


def hanging(replay: Replay, on: date) -> dict[str, list[str]]:
    """What entries in force hang on, with those entries: the thing on which most hang first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for listing in as_of(replay, on):
        if listing.state in replay.table.in_force:
            for key in listing.depends:
                found[key].append(listing.entry)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))
