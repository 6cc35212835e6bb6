"""The list as of a day: what was decided, what dates made of it, and what was lost that it hung on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import Final

from clearband.listing.entry import Entry
from clearband.listing.replay import Replay
from clearband.listing.standing import OnDay, Standing, expiring_from, late, on_day
from clearband.listing.table import Table
from clearband.model.listing import ListEvent, Listing, Say, State, Use

NOTHING_LOST: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(slots=True)
class _Placed:
    entry: Entry
    standing: Standing | None
    now: OnDay
    lost: str | None = None


def as_of(
    replay: Replay, on: date, *, only: str | None = None, lost: Mapping[str, str] = NOTHING_LOST
) -> list[Listing]:
    """Every entry that there is on a day, by id.

    Args:
        replay: The log, as far as it is known.
        on: The day asked about.
        only: Id of the one entry that is asked for.
        lost: What if these were lost on that day: keys (``certificate:ID``, ``entry:ID``), each with why.
    """
    placed = {}
    for name in sorted(replay.entries):
        found = _placed(replay.entries[name], on)
        if found is not None:
            placed[name] = found
    _lose(placed, replay, on, lost)
    wanted = placed if only is None else {only: placed[only]} if only in placed else {}
    return [_listing(found, replay, on) for found in wanted.values()]


def _placed(entry: Entry, on: date) -> _Placed | None:
    standing = entry.standing_on(on)
    if standing is not None:
        return _Placed(entry, standing, on_day(standing, on, entry.table))
    case = entry.case_on(on)
    return None if case is None else _Placed(entry, None, OnDay(case[1], case[0]))


def _lose(placed: dict[str, _Placed], replay: Replay, on: date, lost: Mapping[str, str]) -> None:
    """Take entries out of force whose certificate, part, list or other entry is, one after the other.

    Two entries that hang on each other hold as long as neither is lost for another reason.
    """
    rules = replay.table
    hang: defaultdict[str, list[str]] = defaultdict(list)
    work: list[tuple[date, str, str]] = []
    for name, found in placed.items():
        if found.standing is None or found.now.state not in rules.in_force:
            continue
        if why := lost.get(f"entry:{name}"):
            found.now, found.lost = OnDay(rules.lost["entry"], on, "dependency-lost"), why
            continue
        for key in found.standing.depends:
            hang[key].append(name)
    for key in hang:
        kind, _, other = key.partition(":")
        if kind == "entry":
            at = placed.get(other)
            if at is None:
                work.append((date.min, key, "is not on this list"))
            elif at.now.state not in rules.in_force:
                work.append((at.now.since, key, f"is {at.now.state} since {at.now.since}"))
        elif kind not in rules.lost:
            work.append((date.min, key, "is of no known kind"))
        elif gone := min((one for held in replay.held_by(key) if (one := held.lost_on(on))), default=None):
            work.append((gone[0], key, f"was lost on {gone[0]}: {gone[1]}"))
        elif key in lost:
            work.append((on, key, lost[key]))
    # The earliest loss first, so that `since` is the day of the loss that counts.
    heapify(work)
    while work:
        since, key, why = heappop(work)
        for name in hang.pop(key, ()):
            found = placed[name]
            if found.now.state not in rules.in_force:
                continue
            kind = key.partition(":")[0]
            first = max(since, found.standing.since if found.standing else since)
            found.now = OnDay(rules.lost.get(kind, State.SUSPENDED), first, "dependency-lost", key)
            found.lost = f"{key} {why}"
            if f"entry:{name}" in hang:
                heappush(work, (first, f"entry:{name}", f"is {found.now.state} since {first}"))


def _listing(found: _Placed, replay: Replay, on: date) -> Listing:
    entry, standing, now = found.entry, found.standing, found.now
    case = entry.case_on(on)
    events = [one for one in entry.in_force_events() if one.effective <= on]
    met = {name for name, day in standing.met if day <= on} if standing else set()
    return Listing(
        entry=entry.id,
        authority=replay.authority.id,
        subject=entry.subjects.on(on),
        state=now.state,
        since=now.since,
        until=standing.until if standing else None,
        evidence_until=standing.evidence_until if standing else None,
        conditions=standing.conditions if standing else (),
        open_conditions=tuple(c.id for c in standing.conditions if c.id not in met) if standing else (),
        flags=_flags(standing, now, replay, on) if standing else (),
        uses=uses(now.state, standing, on, replay.table),
        depends=standing.depends if standing else (),
        history=tuple(one.number for one in entry.events),
        why=(*map(in_words, events), *_by_date(found)),
        case=case[1] if case else None,
    )


def _flags(standing: Standing, now: OnDay, replay: Replay, on: date) -> tuple[str, ...]:
    flags = list(standing.flags)
    if "appeal-open" in flags and "under-review" not in flags:
        flags.insert(0, "under-review")
    if now.state in replay.table.in_force:
        near = expiring_from(standing, replay.table)
        if near is not None and near <= on:
            flags.append("expiring")
        flags += [
            f"not-noted:{key}"
            for key in standing.depends
            if not key.startswith("entry:") and not any(one.known_on(on) for one in replay.held_by(key))
        ]
    if standing.evidence_until is not None and standing.evidence_until < on:
        flags.append("evidence-ended")
    flags += [f"condition-late:{name}" for name in late(standing, on)]
    return tuple(flags)


def uses(
    state: State, standing: Standing | None, on: date, table: Table
) -> dict[Use, tuple[Say, date | None]]:
    """The five questions answered. Before a decision nothing is bought on the strength of the list."""
    answers = table.uses.get(state)
    if answers is None or standing is None:
        undecided: dict[Use, tuple[Say, date | None]] = dict.fromkeys(Use, ("territory-rule", None))
        return undecided | {Use.BUY: ("no", None), Use.EXPAND: ("no", None)}
    found: dict[Use, tuple[Say, date | None]] = {}
    for use, say in answers.items():
        day = standing.until if use in (Use.BUY, Use.EXPAND) else standing.remove_by
        if use is Use.REMOVE_BY and standing.remove_by is not None and say != "no":
            found[use] = ("until", standing.remove_by)
        elif say != "until":
            found[use] = (say, None)
        elif day is not None and day < on:
            found[use] = ("no", day)
        else:
            found[use] = ("until", day)
    return found


def in_words(event: ListEvent) -> str:
    """A step in one line: day, step, state, cause, and what it rests on."""
    ground = event.ground
    parts = [
        f"{event.effective} {event.kind}{f' {event.state}' if event.state else ''}: {event.cause}",
        f"by {event.by}" if event.by else "",
        f"about {event.refers}" if event.refers else "",
        f"criteria {', '.join(ground.criteria)}" if ground.criteria else "",
        f"evidence {', '.join(ground.evidence)}" if ground.evidence else "",
        f"assessment {ground.assessment[:12]}{f' ({ground.outcome})' if ground.outcome else ''}"
        if ground.assessment
        else "",
        f"against the outcome of its assessment: {ground.against_outcome}" if ground.against_outcome else "",
        ground.text or "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said} (event {event.number}, recorded {event.recorded.date()})"


def _by_date(found: _Placed) -> list[str]:
    now = found.now
    if found.lost is not None:
        return [f"{now.since} {now.state}: it hangs on {found.lost}"]
    if now.rule is None:
        return []
    about = f" {now.about}" if now.about else ""
    return [f"{now.since} {now.state}: {now.rule}{about}, by its date"]
