"""Several authorities side by side: who approved, who refused, who is silent, what one takes over of another.

Differences are shown, never voted away. Recognition is a rule of the authority that recognises: it takes over
what another approved, within a scope and until a day; what it decided itself goes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from clearband.facts.compile import validated
from clearband.facts.kinds import Kind
from clearband.facts.problems import raise_first
from clearband.facts.schema.recognition import RecognitionFile
from clearband.model.assessment import Subject
from clearband.model.authority import Authority
from clearband.model.listing import Listing, State, Use

KIND: Final = Kind("recognition", "recognition.yaml", "clearband.facts.schema.recognition:RecognitionFile")

Stance = Literal["approved", "ended", "against", "under-way", "silent"]
_STANCE: Final[dict[State, Stance]] = {
    State.LISTED: "approved",
    State.CONDITIONAL: "approved",
    State.INTERIM: "approved",
    State.EXPIRING: "approved",
    State.EXPIRED: "ended",
    State.WITHDRAWN: "ended",
    State.SUPERSEDED: "ended",
    State.SUSPENDED: "against",
    State.REVOKED: "against",
    State.REFUSED: "against",
}


@dataclass(frozen=True, slots=True)
class Recognition:
    """An authority takes over what another approves.

    Attributes:
        by: Authority that recognises.
        of: Authority whose approvals it recognises.
        kinds: Kinds of subject; empty for all.
        tiers: Tiers of equipment; empty for all.
        categories: Categories of equipment; empty for all.
        territories: Territories of the entry; empty for all.
        since, until: First and last day.
        source: Where the agreement can be read.
    """

    by: str
    of: str
    since: date
    until: date | None
    kinds: tuple[str, ...]
    tiers: tuple[str, ...]
    categories: tuple[str, ...]
    territories: tuple[str, ...]
    source: str

    def reaches(self, subject: Subject, on: date) -> bool:
        """Whether it holds for a subject on a day; a scope that the subject does not tell of is not met."""
        return (
            self.since <= on
            and (self.until is None or on <= self.until)
            and (not self.kinds or subject.kind in self.kinds)
            and (not self.tiers or subject.tier in self.tiers)
            and (not self.categories or subject.category in self.categories)
            and (not self.territories or subject.territory in self.territories)
        )


@dataclass(frozen=True, slots=True)
class Position:
    """How one authority stands to a subject.

    Attributes:
        listing: Its own entry, the strictest where it has several.
        recognised: Authorities whose approval it takes over; empty where it decided itself.
    """

    authority: str
    stance: Stance
    listing: Listing | None
    recognised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FederatedRow:
    """A subject and how each authority stands to it.

    Attributes:
        differs: Some approve and some are against: to be answered, never settled by counting.
    """

    key: str
    subject: Subject
    positions: tuple[Position, ...]
    differs: bool


def read_recognition(path: Path) -> tuple[Recognition, ...]:
    """Rules of recognition from a file.

    Raises:
        FactsError: It breaks its schema; names the file, the line and the remedy.
    """
    document, problems = validated(KIND, path, path.name)
    raise_first(problems)
    assert document is not None
    assert isinstance(document.model, RecognitionFile)
    return tuple(
        Recognition(
            one.by,
            one.of,
            date.fromisoformat(one.since),
            date.fromisoformat(one.until) if one.until else None,
            one.kinds,
            one.tiers,
            one.categories,
            one.territories,
            one.source,
        )
        for one in document.model.recognition
    )


def federated(
    lists: Sequence[tuple[Authority, Iterable[Listing]]], rules: Iterable[Recognition], on: date
) -> list[FederatedRow]:
    """Every subject of any list, with each authority's own position and what it recognises.

    Entries are of one subject when kind, maker (or name, where the register does not know the maker), the
    name of the thing and its release are the same.

    Args:
        lists: Each authority with its listings on the day.
        rules: Of recognition, of whichever authorities.
        on: The day.

    Returns:
        By key; positions in the order of the lists.
    """
    rules = tuple(rules)
    names = [authority.id for authority, _ in lists]
    found: dict[str, dict[str, Listing]] = {}
    for authority, listings in lists:
        for listing in listings:
            own = found.setdefault(subject_key(listing.subject), {})
            held = own.get(authority.id)
            if held is None or _rank(listing) > _rank(held):
                own[authority.id] = listing
    return [_row(key, own, names, rules, on) for key, own in sorted(found.items())]


def subject_key(subject: Subject) -> str:
    """What makes two authorities' entries entries of one subject."""
    maker = subject.maker or f"name:{_plain(subject.name)}"
    thing = "" if subject.kind == "manufacturer" else _plain(subject.name)
    return "/".join((subject.kind, maker, thing, _plain(subject.release or "")))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _row(
    key: str, own: dict[str, Listing], names: Sequence[str], rules: Sequence[Recognition], on: date
) -> FederatedRow:
    positions = []
    for name in names:
        listing = own.get(name)
        stance = _STANCE.get(listing.state, "under-way") if listing else "silent"
        taken = () if listing and stance != "under-way" else _recognised(name, own, rules, on)
        positions.append(Position(name, stance, listing, taken))
    stances = {one.stance for one in positions}
    subject = min(own.items())[1].subject
    return FederatedRow(key, subject, tuple(positions), {"approved", "against"} <= stances)


def _recognised(
    name: str, own: dict[str, Listing], rules: Sequence[Recognition], on: date
) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                rule.of
                for rule in rules
                if rule.by == name
                and (listing := own.get(rule.of)) is not None
                and _STANCE.get(listing.state) == "approved"
                and rule.reaches(listing.subject, on)
            }
        )
    )


def _rank(listing: Listing) -> tuple[int, str]:
    """The stricter of two entries of one authority for one subject counts."""
    order: tuple[Stance, ...] = ("under-way", "ended", "approved", "against")
    may_buy = listing.uses[Use.BUY][0] == "no"
    return (order.index(_STANCE.get(listing.state, "under-way")) * 2 + may_buy, listing.entry)
