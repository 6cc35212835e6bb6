"""The authority that keeps a list: its deciders and keys, how many must sign, how long things may wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decider:
    """A key of a decider and the days from and to which it decides.

    Attributes:
        id: Office or organisation; several keys of one decider count once.
        public: Hexadecimal for ed25519, PEM for ECDSA.
    """

    id: str
    keyid: str
    scheme: str
    public: str
    since: date
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the key decides on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something may wait, and what silence after that means.

    Attributes:
        case: A case of the table, or ``appeal``.
        silence: Words of `clearband.facts.schema.authority.Silence`; a step has to record it.
    """

    case: str
    days: int
    silence: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides, and by how many.

    Attributes:
        reply_days: Least number of days between a proposal and the last day for a reply.
        grants: Approval, of the vocabulary of law, that is held by what may be bought under the list.
    """

    id: str
    title: str
    profile: str | None
    quorum: int
    reply_days: int
    deciders: tuple[Decider, ...]
    grants: str | None = None
    clocks: tuple[Clock, ...] = ()

    def decider(self, keyid: str) -> Decider | None:
        """The decider of a key."""
        return next((one for one in self.deciders if one.keyid == keyid), None)
