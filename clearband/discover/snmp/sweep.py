"""All targets, many at a time: what each answered, and how many said nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from clearband.discover.snmp.asking import Asking
from clearband.discover.snmp.channel import Channel, ClosedError, FloodError, SilentError
from clearband.discover.snmp.limits import Limits, Pace
from clearband.discover.snmp.session import Budget, Credential, Session, SpentError
from clearband.discover.snmp.targets import Target
from clearband.discover.snmp.usm import RefusedError
from clearband.snmp.walk import Walk

ANSWERED: Final = "answered"
PARTIAL: Final = "partial"
REFUSED: Final = "refused"
UNREADABLE: Final = "unreadable"
SILENT: Final = "silent"
CLOSED: Final = "closed"
STATES: Final = (ANSWERED, PARTIAL, REFUSED, UNREADABLE, SILENT, CLOSED)


@dataclass(frozen=True)
class Outcome:
    """What came of one target.

    Attributes:
        state: One of `STATES`.
        walk: What it answered; empty but for what the engine told where it refused.
        why: Why there is no more, in words; empty where all was answered.
    """

    target: Target
    state: str
    walk: Walk = field(default_factory=Walk)
    why: str = ""


@dataclass
class Swept:
    """A sweep at its end.

    Attributes:
        outcomes: Of those that answered or refused, and of those that the user named one by one, in order.
        counts: Targets by state.
        requests: Datagrams that were sent.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    requests: int = 0


def sweep(
    targets: Sequence[Target],
    credentials: Sequence[Credential],
    limits: Limits,
    told: Callable[[int], None] = lambda count: None,
) -> Swept:
    """Ask all targets.

    Args:
        credentials: Tried in this order until one is answered.
        told: Is given the number of targets that are done, now and then.
    """
    return asyncio.run(_sweep(targets, credentials, limits, told))


async def _sweep(
    targets: Sequence[Target], credentials: Sequence[Credential], limits: Limits, told: Callable[[int], None]
) -> Swept:
    pace, swept = Pace(limits.rate), Swept()
    found: dict[int, Outcome] = {}
    waiting: Iterator[tuple[int, Target]] = iter(enumerate(targets))

    async def work() -> None:
        for number, target in waiting:
            outcome = await ask_target(target, credentials, limits, pace)
            swept.counts[outcome.state] += 1
            if outcome.state not in (SILENT, CLOSED) or target.is_named:
                found[number] = outcome
            told(swept.counts.total())

    async with asyncio.TaskGroup() as group:
        for _ in range(min(limits.at_once, len(targets))):
            group.create_task(work())
    swept.outcomes = [found[number] for number in sorted(found)]
    swept.requests = pace.requests
    return swept


async def ask_target(
    target: Target, credentials: Sequence[Credential], limits: Limits, pace: Pace
) -> Outcome:
    """Ask one target with one credential after the other, and walk it with the first that it answers."""
    try:
        channel = await Channel.to(target.address, target.port)
    except ClosedError as error:
        return Outcome(target, CLOSED, why=str(error))
    refused = Outcome(target, SILENT, why="no answer")
    budget = Budget(limits)
    try:
        for credential in credentials:
            session = Session(channel, credential, pace, budget)
            asking = Asking(session)
            try:
                await asking.contact()
            except ClosedError as error:
                return Outcome(target, CLOSED, why=str(error))
            except RefusedError as error:
                refused = Outcome(target, REFUSED, _walk_of(session), str(error))
            except (SilentError, SpentError, FloodError) as error:
                if asking.answered:
                    asking.walk.missing.append(f"all but the system group: {error or 'no answer'}")
                elif session.engine:  # net-snmp says nothing to what it cannot decrypt
                    why = "it does not answer the user: the password or cipher of encryption may be wrong"
                    refused = Outcome(target, REFUSED, _walk_of(session), why)
                elif refused.state == SILENT and channel.junk:
                    refused = Outcome(
                        target, UNREADABLE, why="what it answers is no SNMP that fits the request"
                    )
            if asking.answered:
                await asking.tables()
                walk = asking.walk
                _note_engine(walk, session)
                return Outcome(target, PARTIAL if walk.missing else ANSWERED, walk, "; ".join(walk.missing))
    except ClosedError as error:  # while its tables were walked
        asking.walk.missing.append(f"what comes behind: {error}")
        return Outcome(target, PARTIAL, asking.walk, "; ".join(asking.walk.missing))
    finally:
        channel.close()
    return refused


def _walk_of(session: Session) -> Walk:
    walk = Walk()
    _note_engine(walk, session)
    return walk


def _note_engine(walk: Walk, session: Session) -> None:
    if session.engine:
        walk.put("snmpEngineID", "0", session.engine)
