"""The authority that keeps a list: its deciders, their keys, and how many must sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from clearband.facts.compile import validated
from clearband.facts.kinds import Kind
from clearband.facts.problems import raise_first

KIND: Final = Kind("authority", "authority.yaml", "clearband.facts.schema.authority:AuthorityFile")


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
    until: date | None

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
        deciders: By key id.
        grants: Approval, of the vocabulary of law, that is held by what may be bought under the list.
    """

    id: str
    title: str
    profile: str | None
    quorum: int
    reply_days: int
    deciders: dict[str, Decider]
    grants: str | None = None
    clocks: tuple[Clock, ...] = ()


def read_authority(path: Path) -> Authority:
    """An authority from its file.

    Raises:
        FactsError: It breaks its schema; names the file, the line and the remedy.
    """
    document, problems = validated(KIND, path, str(path))
    raise_first(problems)
    assert document is not None
    raw = document.compiled()
    deciders = [
        Decider(
            one["id"],
            one["keyid"],
            one["scheme"],
            one["public"],
            date.fromisoformat(one["since"]),
            date.fromisoformat(one["until"]) if one.get("until") else None,
        )
        for one in raw["deciders"]
    ]
    return Authority(
        raw["id"],
        raw["title"],
        raw.get("profile"),
        raw["quorum"],
        raw["reply_days"],
        {one.keyid: one for one in deciders},
        raw.get("grants"),
        tuple(Clock(one["case"], one["days"], one["silence"]) for one in raw.get("clocks") or ()),
    )
