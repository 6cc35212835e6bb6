"""What was decided of an entry, how a step changes it, and what dates alone make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from clearband.listing.bounds import require_no_more
from clearband.listing.refused import StepRefusedError
from clearband.listing.table import NONE, Step, Table
from clearband.model.listing import Condition, ListEvent, State

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided, before dates are looked at.

    Attributes:
        prior: What was decided before, which a stay brings back.
        approved: The last state in force that was decided, which a suspension leaves to be brought back; None
            after a refusal.
        met: Conditions that were met, with the day; one forgiven by a later decision counts as met in time.
        reply_until: Last day for a reply to a suspension.
    """

    state: State
    since: date
    prior: State | None = None
    until: date | None = None
    evidence_until: date | None = None
    remove_by: date | None = None
    reply_until: date | None = None
    conditions: tuple[Condition, ...] = ()
    met: tuple[tuple[str, date], ...] = ()
    flags: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    approved: State | None = None


@dataclass(frozen=True, slots=True)
class OnDay:
    """A standing on a day.

    Attributes:
        rule: What of the dates made it so (``by_date`` of the table); None where it is as it was decided.
    """

    state: State
    since: date
    rule: str | None = None
    about: str | None = None


def on_day(standing: Standing, day: date, table: Table) -> OnDay:
    """What dates have made of a standing by a day; the first that happened holds."""
    falls = [fall for fall in _falls(standing, table) if fall.since <= day]
    if falls:
        return min(falls, key=lambda fall: (fall.since, -table.severity[fall.state]))
    state = standing.state
    froms, to = table.by_date["expiring"]
    if state in froms and (near := expiring_from(standing, table)) is not None and near <= day:
        return OnDay(to[0], max(near, standing.since), "expiring")
    return OnDay(state, standing.since)


def _falls(standing: Standing, table: Table) -> list[OnDay]:
    found = []
    for rule, last in (
        ("listing-ended", standing.until),
        ("evidence-ended", _after(standing.evidence_until, table.grace_days)),
    ):
        froms, to = table.by_date[rule]
        if last is not None and standing.state in froms:
            found.append(OnDay(to[0], max(last + _DAY, standing.since), rule))
    froms, to = table.by_date["condition-late"]
    if standing.conditions and standing.state in froms:
        met = dict(standing.met)
        for condition in standing.conditions:
            state = condition.if_late
            if state in to and met.get(condition.id, date.max) > condition.due:
                assert state is not None
                found.append(OnDay(state, condition.due + _DAY, "condition-late", condition.id))
    return found


def expiring_from(standing: Standing, table: Table) -> date | None:
    """First day on which a listing is near its end or past the end of its evidence."""
    days = []
    if standing.until is not None:
        days.append(standing.until - timedelta(days=table.expiring_days))
    if standing.evidence_until is not None:
        days.append(standing.evidence_until + _DAY)
    return min(days, default=None)


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def late(standing: Standing, day: date) -> list[str]:
    """Conditions that were not met by their day and are not met on this one."""
    met = {one for one, when in standing.met if when <= day}
    return [one.id for one in standing.conditions if one.due < day and one.id not in met]


def apply(standing: Standing | None, event: ListEvent, step: Step, table: Table) -> Standing | None:
    """The standing after a step that is next in effect.

    Raises:
        StepRefusedError: The table has no such step from this standing, or the step lacks what it must say.
    """
    now = on_day(standing, event.effective, table).state if standing else None
    if step.standing_from and (now or NONE) not in step.standing_from:
        raise StepRefusedError(
            f"{step.id} on {event.effective} finds the state {now or 'not decided'}",
            f"it follows {', '.join(sorted(step.standing_from))}",
        )
    if step.needs and (standing is None or step.needs not in standing.flags):
        raise StepRefusedError(f"{step.id} needs the flag {step.needs}", "take the step that sets it first")
    if step.meets:
        assert standing is not None
        return _meet(standing, event)
    if step.to:
        standing = _decide(standing, event, step, table)
    if standing is not None and (step.sets or step.clears):
        kept = [flag for flag in standing.flags if flag not in (step.sets, step.clears)]
        if step.clears == "appeal-open":
            kept = [flag for flag in kept if flag != "stayed"]
        standing = replace(standing, flags=(*kept, step.sets) if step.sets else tuple(kept))
    return standing


def _meet(standing: Standing, event: ListEvent) -> Standing:
    if event.refers not in {one.id for one in standing.conditions}:
        names = ", ".join(one.id for one in standing.conditions) or "none"
        raise StepRefusedError(f'"{event.refers}" is no condition of the entry', f"it has {names}")
    if event.refers in dict(standing.met):
        raise StepRefusedError(f'the condition "{event.refers}" is met already', "correct that event instead")
    assert event.refers is not None
    return replace(standing, met=(*standing.met, (event.refers, event.effective)))


def _decide(standing: Standing | None, event: ListEvent, step: Step, table: Table) -> Standing:
    state = event.state or (step.to[0] if len(step.to) == 1 else None)
    if state is None or state not in step.to:
        raise StepRefusedError(f"{step.id} cannot lead to {state}", f"it leads to {', '.join(step.to)}")
    new = Standing(
        state, event.effective, None, event.until, event.evidence_until, event.remove_by, event.reply_until,
        event.conditions, (), (), event.depends,
    )  # fmt: skip
    if standing is not None:
        new = replace(new, flags=standing.flags, prior=standing.state)
        if step.after != "propose":  # only a fresh decision on an assessment sets everything anew
            new = _keeping(new, standing, event, step)
            require_no_more(new, standing, step, table)
    if new.state in table.in_force:
        new = replace(new, approved=new.state)
    if step.sets == "stayed" and standing is not None and state != standing.prior:
        raise StepRefusedError(
            f"a stay brings back what was before, {standing.prior}, not {state}", "give that state"
        )
    _complete(new, event, table)
    return new


def _keeping(new: Standing, old: Standing, event: ListEvent, step: Step) -> Standing:
    # An appeal that leads to a listing without conditions has struck them.
    struck = step.clears == "appeal-open" and new.state is State.LISTED
    conditions = event.conditions or (() if struck else old.conditions)
    ids = {one.id for one in conditions}
    # Met, if late: the decision that goes on from there has forgiven it.
    met = tuple((one, date.min) for one, _ in old.met if one in ids)
    return replace(
        new,
        until=event.until or old.until,
        evidence_until=event.evidence_until or old.evidence_until,
        remove_by=event.remove_by or old.remove_by,
        conditions=conditions,
        met=met,
        depends=event.depends or old.depends,
        approved=old.approved,
    )


def _complete(new: Standing, event: ListEvent, table: Table) -> None:
    """Refuse a standing that lacks what its state must say, or that is over before it begins."""
    for part in table.carries[new.state]:
        if not getattr(new, part):
            raise StepRefusedError(f"{new.state} needs {part}", f"say {part}")
    if new.state not in table.in_force:
        return
    for part, day in (("until", new.until), ("evidence_until", new.evidence_until)):
        if day is not None and day < new.since:
            raise StepRefusedError(
                f"{part} {day} lies before {new.since}, from when it holds", f"move {part}"
            )
    done = {one for one, _ in new.met}
    for one in new.conditions:
        if one.if_late and one.due < new.since and one.id not in done:
            raise StepRefusedError(
                f'the condition "{one.id}" was due on {one.due} and is not met',
                "set the conditions anew, or record first that it is met",
            )
