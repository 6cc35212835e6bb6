"""How an authority keeps its time: what waits, what steps took, outcomes, appeals, what was overturned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from clearband.listing.entry import Entry
from clearband.listing.replay import Replay
from clearband.listing.table import NONE
from clearband.model.listing import ListEvent, State

APPLICATION: Final = "application"
"""From the first step of an application to its decision."""
APPEAL: Final = "appeal"
SUSPENSION: Final = "suspension"
_DECIDES: Final = ("decide", "revoke")


@dataclass(frozen=True, slots=True)
class Spell:
    """A time that an entry spent in one case, under an appeal, or suspended.

    Attributes:
        what: A case, `APPLICATION`, `APPEAL` or `SUSPENSION`.
        ended: None: not yet.
    """

    entry: str
    what: str
    begun: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """Numbers of days of several spells; the median is rounded down."""

    count: int
    mean: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What happened in a period, by the days on which it was recorded, and what waits on its last day.

    Attributes:
        waiting: What is open on the last day, by `Spell.what`.
        took: What ended in the period.
        late: Of both, how many were longer than the authority's clock, by what.
        outcomes: Decisions of the period by the state that they led to.
        causes: Causes of the decisions on appeals.
        overturned: Decisions on appeals that led to something milder than was appealed.
    """

    since: date | None
    on: date
    waiting: Mapping[str, Days]
    took: Mapping[str, Days]
    late: Mapping[str, int]
    outcomes: Mapping[str, int]
    appeals: int
    causes: Mapping[str, int]
    overturned: int


def statistics(replay: Replay, since: date | None, on: date) -> Statistics:
    """Count a period.

    Args:
        replay: The log; what corrections declared void does not count.
        since: First day; None: from the beginning.
        on: Last day.
    """
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    took: defaultdict[str, list[int]] = defaultdict(list)
    limits = {one.case: one.days for one in replay.authority.clocks}
    late: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    appeals = overturned = 0
    for entry in replay.entries.values():
        events = [one for one in entry.in_force_events() if one.recorded.date() <= on]
        for spell in spells(entry, events):
            if spell.ended is not None and since is not None and spell.ended < since:
                continue
            days = ((spell.ended or on) - spell.begun).days
            (waiting if spell.ended is None else took)[spell.what].append(days)
            late[spell.what] += days > limits.get(spell.what, days)
        for event in events:
            if since is not None and event.recorded.date() < since:
                continue
            appeals += event.kind == APPEAL
            if event.kind in _DECIDES:
                outcomes[_state_of(entry, event)] += 1
            if event.kind == "appeal-decided":
                causes[event.cause] += 1
                overturned += _overturned(entry, event, events)
    return Statistics(
        since=since,
        on=on,
        waiting=_counted(waiting),
        took=_counted(took),
        late=dict(+late),
        outcomes=dict(outcomes),
        appeals=appeals,
        causes=dict(causes),
        overturned=overturned,
    )


def spells(entry: Entry, events: Iterable[ListEvent]) -> Iterator[Spell]:
    """The spells of an entry, by the days on which its events were recorded."""
    steps = entry.table.steps
    begun: dict[str, date] = {}
    appeals: dict[str, date] = {}
    case = NONE

    def ended(what: str, day: date) -> Iterator[Spell]:
        if (since := begun.pop(what, None)) is not None:
            yield Spell(entry.id, what, since, day)

    for event in events:
        step, day = steps[event.kind], event.recorded.date()
        if step.case_to is not None:
            yield from ended(case, day)
            if step.case_to == NONE:
                yield from ended(APPLICATION, day)
            else:
                begun[step.case_to] = day
                if step.case_to in (State.DRAFT, State.SUBMITTED):
                    begun.setdefault(APPLICATION, day)
            case = step.case_to
        if step.to:
            yield from ended(SUSPENSION, day)
            if event.kind == "suspend":
                begun[SUSPENSION] = day
        if step.sets == "appeal-open":
            appeals[str(event.number)] = day
        if step.clears == "appeal-open" and (since := appeals.pop(event.refers or "", None)) is not None:
            yield Spell(entry.id, APPEAL, since, day)
    for what, since in begun.items():
        yield Spell(entry.id, what, since, None)
    for since in appeals.values():
        yield Spell(entry.id, APPEAL, since, None)


def _state_of(entry: Entry, event: ListEvent) -> str:
    return (event.state or entry.table.steps[event.kind].to[0]).value


def _overturned(entry: Entry, event: ListEvent, events: Iterable[ListEvent]) -> bool:
    by_number = {str(one.number): one for one in events}
    appeal = by_number.get(event.refers or "")
    appealed = by_number.get(appeal.refers or "") if appeal else None
    if appealed is None or event.state is None:
        return False
    severity = entry.table.severity
    return severity[event.state] < severity[State(_state_of(entry, appealed))]


def _counted(found: Mapping[str, list[int]]) -> dict[str, Days]:
    return {
        what: Days(len(days), sum(days) // len(days), int(median(days)), max(days))
        for what, days in sorted(found.items())
    }
