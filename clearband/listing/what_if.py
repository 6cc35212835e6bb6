"""What if something that listings hang on were banned: which entries fall, when, and which are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import polars as pl

from clearband.assess.chain import Hit, Reach
from clearband.assess.chain.plain import plain, plain_text
from clearband.listing.as_of import as_of
from clearband.listing.replay import Replay
from clearband.model.assessment import Subject
from clearband.model.listing import Listing, Say, State, Use

_PRODUCTS: Final = ("product-line", "release", "component")
_NUMBERS: Final = ("model", "part-number")
_BUY: Final[frozenset[Say]] = frozenset({"yes", "conditions", "until"})
_MOST_ALTERNATIVES: Final = 5


@dataclass(frozen=True, slots=True)
class Fallen:
    """An entry that bans would take out of force.

    Attributes:
        listing: As it stands without them.
        hit: ``possible``: only if what nobody told is so.
        since: Day from which it would be out of force.
        why: What it hangs on that is lost.
        alternatives: Entries that may be bought on the day, of its kind of subject, category and tier; those
            that fall only possibly come last.
    """

    listing: Listing
    hit: Hit
    state: State
    since: date
    why: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class WhatIf:
    """A list with and without bans.

    Attributes:
        before: The list on the day.
        certain: The list with all that is certainly lost.
        possible: The list with all that may be lost.
        fallen: Entries in force before that fall, by id, those that fall certainly first.
    """

    before: tuple[Listing, ...]
    certain: tuple[Listing, ...]
    possible: tuple[Listing, ...]
    fallen: tuple[Fallen, ...]


def what_if(replay: Replay, reach: Reach, on: date) -> WhatIf:
    """What bans would take of a list on a day, and of what hangs on that in turn.

    An entry falls when its maker is banned, when its subject is or holds a part that is, when an identifier
    of it is a certificate or part that is, or when it hangs on a certificate, part or entry that is lost.
    """
    before = tuple(as_of(replay, on))
    lost = _lost(before, replay, reach)
    certain = tuple(
        as_of(replay, on, lost={key: why for key, (hit, why) in lost.items() if hit == "certain"})
    )
    possible = tuple(as_of(replay, on, lost={key: why for key, (_, why) in lost.items()}))
    return WhatIf(before, certain, possible, tuple(_fallen(before, certain, possible, replay)))


def _lost(before: Sequence[Listing], replay: Replay, reach: Reach) -> dict[str, tuple[Hit, str]]:
    """What is lost as such: keys on which entries hang, and entries by their own subject."""
    designs = _Designs(reach)
    found: dict[str, tuple[Hit, str]] = {}
    for listing in before:
        if listing.state not in replay.table.in_force:
            continue
        for key in listing.depends:
            kind, _, name = key.partition(":")
            if key not in found and kind in ("certificate", "part"):
                hit = reach.of_certificate(name) if kind == "certificate" else designs.of_part(name)
                if hit:
                    found[key] = hit, _said(hit)
        reasons = [one for one in _reasons(listing.subject, reach, designs) if one[0]]
        if reasons:
            hit, what = min(reasons, key=lambda one: one[0] or "")  # "certain" comes first
            assert hit is not None
            found[f"entry:{listing.entry}"] = hit, f"{what}, which {_said(hit)}"
    return found


def _said(hit: Hit) -> str:
    return "is banned" if hit == "certain" else "may be banned: what would decide it is not told"


def _reasons(subject: Subject, reach: Reach, designs: _Designs) -> list[tuple[Hit | None, str]]:
    found: list[tuple[Hit | None, str]] = [
        (reach.of_maker(subject.maker), f"the maker {subject.maker or subject.name}")
    ]
    for kind, text in subject.identifiers:
        if kind == "certificate":
            found.append((reach.of_certificate(text), f"the certificate {text}"))
    if subject.kind in _PRODUCTS:
        found.append(designs.of(subject))
        found += [
            (reach.of_part(text), f"the part number {text}")
            for kind, text in subject.identifiers
            if kind in _NUMBERS and any(ban.kind == "part" for ban in reach.bans)
        ]
    return found


class _Designs:
    """What of the inputs is hit itself or through its parts, by maker and number.

    What an entry hangs on is said by the list: certificates that the inputs do not tell take nothing of it,
    and one that they tell and that is lost may or may not be what its assessment rests on.
    """

    def __init__(self, reach: Reach) -> None:
        rows = reach.parts.select("record_id", "maker", number=plain(pl.col("part"))).unique().drop_nulls()
        self._made = reach.only("supplier", "country", "part")
        self._papers = reach.only("certificate", "laboratory")
        papers = self._papers.touched().filter(hit="certain").with_columns(hit=pl.lit("possible"))
        touched = pl.concat([self._made.touched(), papers])
        hit = rows.join(touched, on="record_id").group_by("maker", "number").agg(pl.col("hit").min())
        self._of: dict[str, list[tuple[str, Hit]]] = {}
        for maker, number, word in hit.sort("maker", "number").iter_rows():
            self._of.setdefault(maker, []).append((number, word))

    def of_part(self, name: str) -> Hit | None:
        return self._made.of_part(name) or ("possible" if self._papers.of_part(name) == "certain" else None)

    def of(self, subject: Subject) -> tuple[Hit | None, str]:
        names = [subject.name, *(text for kind, text in subject.identifiers if kind in _NUMBERS)]
        if subject.kind == "release":
            names = [f"{name} {subject.release}" for name in names]
        wanted = tuple(filter(None, map(plain_text, names)))
        hits = [
            (word, number)
            for number, word in self._of.get(subject.maker or "", ())
            if number.startswith(wanted)
        ]
        if not wanted or not hits:
            return None, ""
        hit, number = min(hits)
        return hit, f"{number} or a part in it"


def _fallen(
    before: Sequence[Listing], certain: Sequence[Listing], possible: Sequence[Listing], replay: Replay
) -> list[Fallen]:
    rules = replay.table.in_force
    surely = {one.entry: one for one in certain}
    perhaps = {one.entry: one for one in possible}
    found = []
    may_buy: dict[tuple[str | None, ...], list[Listing]] = {}
    for one in certain:
        if one.uses[Use.BUY][0] in _BUY:
            may_buy.setdefault(_sort_of(one), []).append(one)
    for some in may_buy.values():
        some.sort(key=lambda one: (perhaps[one.entry].state not in rules, one.entry))
    for listing in before:
        after = perhaps[listing.entry]
        if listing.state not in rules or after.state in rules:
            continue
        sure = surely[listing.entry]
        hit: Hit = "possible" if sure.state in rules else "certain"
        now = after if hit == "possible" else sure
        others = islice(
            (one for one in may_buy.get(_sort_of(listing), ()) if one.subject.id != listing.subject.id),
            _MOST_ALTERNATIVES,
        )
        names = tuple(
            f"{one.entry}: {one.subject.name}"
            + ("" if perhaps[one.entry].state in rules else " (may fall, too)")
            for one in others
        )
        found.append(Fallen(listing, hit, now.state, now.since, now.why[-1], names))
    return sorted(found, key=lambda one: (one.hit, one.listing.entry))


def _sort_of(listing: Listing) -> tuple[str | None, ...]:
    subject = listing.subject
    return subject.kind, subject.category, subject.tier


def fallen_json(found: WhatIf) -> list[dict[str, Any]]:
    """The entries that fall, as plain JSON values."""
    return [
        {
            "entry": one.listing.entry,
            "name": one.listing.subject.name,
            "category": one.listing.subject.category,
            "tier": one.listing.subject.tier,
            "was": one.listing.state.value,
            "hit": one.hit,
            "state": one.state.value,
            "since": one.since.isoformat(),
            "why": one.why,
            "alternatives": list(one.alternatives),
        }
        for one in found.fallen
    ]
