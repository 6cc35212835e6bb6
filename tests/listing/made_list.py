"""A list made in memory: an authority with three officers' keys, and steps taken day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clearband.listing.log import LogLine, line_of, sha256_of
from clearband.listing.replay import BEGIN, Replay
from clearband.listing.signatures import body_of, signed_bytes
from clearband.listing.table import table
from clearband.model.assessment import Subject
from clearband.model.authority import Authority, Decider
from clearband.model.listing import Condition, Ground, ListEvent, Signature, State

KEYS = {f"officer-{n}": Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2, 3)}
KEYIDS = {name: str(n) * 64 for n, name in enumerate(KEYS, start=1)}
DECIDERS = {
    KEYIDS[name]: Decider(
        name, KEYIDS[name], "ed25519", key.public_key().public_bytes_raw().hex(), date(2020, 1, 1), None
    )
    for name, key in KEYS.items()
}
AUTHORITY = Authority("example-authority", "Example Authority", None, 2, 10, tuple(DECIDERS.values()))
SUBJECT = Subject("product-line", "made-radio", "Made Radio", None, "T2", "US")
GROUND = Ground(("GOV-01",), ("ev-1",), "a" * 64)


def day(text: str) -> date:
    return date.fromisoformat(text)


def condition(name: str, due: str, if_late: State | None = State.SUSPENDED) -> Condition:
    return Condition(name, "Rebuild the release", "ENG-01", "Made Radio", day(due), "a report", if_late)


def signed(event: ListEvent, *by: str) -> ListEvent:
    data = signed_bytes(body_of(event))
    return replace(event, signatures=tuple(Signature(KEYIDS[one], KEYS[one].sign(data).hex()) for one in by))


class MadeList:
    """Steps on the entry ``radio`` unless said otherwise, each recorded on the day from which it holds."""

    def __init__(self, authority: Authority = AUTHORITY) -> None:
        self.replay = Replay(authority, table())
        self.lines: list[bytes] = []
        self.step(BEGIN, "2020-01-01", terms=authority)

    def event(
        self, kind: str, on: str, *, entry: str | None = None, recorded: str | None = None, **parts: Any
    ) -> ListEvent:
        found = self.replay
        step = found.table.steps[kind]
        entry = entry or (found.authority.id if step.about == "authority" else "radio")
        at = found.entries.get(entry) or found.dependencies.get(entry)
        head = found.authority_head if step.about == "authority" else at.head if at else None
        parts.setdefault("cause", step.causes[0])
        parts.setdefault("ground", GROUND if "grounds" in step.carries else Ground(text="words"))
        if "by" in step.carries:
            parts.setdefault("by", "Made Radio")
        if step.about == "entry" and at is None:
            parts.setdefault("subject", SUBJECT)
        moment = datetime.combine(day(recorded or on), datetime.min.time(), UTC)
        return ListEvent(
            number=found.count,
            kind=kind,
            authority=found.authority.id,
            entry=entry,
            effective=day(on),
            recorded=moment,
            previous=found.head,
            after=head if step.signatures != "none" else None,
            **parts,
        )

    def put(self, event: ListEvent) -> ListEvent:
        raw = line_of(event)
        self.replay.take(LogLine(event, sha256_of(raw), raw))
        self.lines.append(raw)
        return event

    def step(
        self, kind: str, on: str, *, by: tuple[str, ...] = ("officer-1", "officer-2"), **parts: Any
    ) -> ListEvent:
        event = self.event(kind, on, **parts)
        wanted = self.replay.table.steps[kind].signatures
        return self.put(event if wanted == "none" else signed(event, *by))

    def proposed(self, state: State = State.LISTED, on: str = "2026-01-05", **parts: Any) -> None:
        """Through the case to a proposal whose time for a reply ends ten days after ``on``."""
        for kind in ("submit", "accept", "assess"):
            self.step(kind, on, **{k: v for k, v in parts.items() if k == "entry"})
        self.step("propose", on, state=state, reply_until=day(on) + timedelta(10), **parts)

    def listed(
        self, state: State = State.LISTED, on: str = "2026-02-01", until: str = "2027-12-31", **parts: Any
    ) -> None:
        """Through the case to a decision."""
        entry = {k: v for k, v in parts.items() if k == "entry"}
        self.proposed(state, str(day(on) - timedelta(20)), **entry)
        self.step("decide", on, state=state, until=day(until), **parts)

    def listed_in_a_day(self, entry: str, on: str) -> None:
        """All steps of one day: the maker's final reply closes the time for replies."""
        for kind in ("submit", "accept", "assess"):
            self.step(kind, on, entry=entry)
        self.step("propose", on, entry=entry, state=State.LISTED, reply_until=day(on) + timedelta(10))
        self.step("reply", on, entry=entry, cause="final")
        self.step("decide", on, entry=entry, state=State.LISTED, until=day("2027-12-31"))
