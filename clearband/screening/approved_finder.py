"""Which entry of an approved list speaks of an item, what it allows, and what would decide where none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from clearband.facts.store import compiled
from clearband.identify.folding import fold_words
from clearband.model.listing import Listing, Say, State, Use
from clearband.screening.approved_list import ApprovedList

_ORDER: Final = {"release": 0, "product-line": 1, "component": 2, "service": 2, "manufacturer": 4}
"""The closer an entry is to the thing, the more it counts. Where an item was made, a record does not tell."""
_YES: Final[frozenset[Say]] = frozenset({"yes", "conditions", "until"})
_STAYS: Final[frozenset[Say]] = frozenset({"yes", "conditions", "until", "controls"})
_MOST: Final = 3
"""Alternatives, and entries or steps that would decide, named at most."""
_MODEL_IDS: Final = ("model", "part-number")
_UNDECIDED: Final = frozenset(
    {State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.ACCEPTED, State.ASSESSING, State.PROPOSED}
)
AGAINST: Final = frozenset({State.REFUSED, State.SUSPENDED, State.REVOKED})

Makes = Callable[[str, str], bool]
"""Whether it is known that things of a category are made by a maker."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a list says of an item."""

    says: str
    listing: Listing | None
    note: str
    alternatives: tuple[str, ...]
    would_change: tuple[str, ...] = ()


class Finder:
    """Looks the entry up that speaks of an item."""

    def __init__(self, held: ApprovedList, makes: Makes) -> None:
        self._title = held.title
        self._makes = makes
        self._by_maker: defaultdict[str, list[Listing]] = defaultdict(list)
        self._unregistered: defaultdict[str, list[str]] = defaultdict(list)
        self._cases: defaultdict[str, list[str]] = defaultdict(list)
        for listing in held.listings:
            subject = listing.subject
            if listing.state in _UNDECIDED:
                if subject.maker:
                    self._cases[subject.maker].append(listing.entry)
            elif subject.maker:
                self._by_maker[subject.maker].append(listing)
            else:
                self._unregistered[_joined(subject.name)].append(listing.entry)
        self._to_buy: defaultdict[str | None, list[Listing]] = defaultdict(list)
        for near in self._by_maker.values():
            for one in near:
                if self._may_stand_in(one, near):
                    self._to_buy[one.subject.category].append(one)
        self._of_category: dict[tuple[str, str | None], list[Listing]] = {}
        self._names = {id(one): _names(one) for near in self._by_maker.values() for one in near}
        self._silent: dict[tuple[str, str | None, str | None], Found] = {}
        self._stand_in: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._tiers = {one["id"]: one.get("tier") for one in compiled().read("equipment")["categories"]}

    @property
    def makers(self) -> list[str]:
        """Makers of whom the list has a listing."""
        return sorted(self._by_maker)

    def find(self, row: dict[str, Any]) -> Found:
        """What the list says of an item: maker, maker_name, maker_status, category, model, part_number."""
        category, maker = row["category"], row["maker"]
        if row["maker_status"] != "identified" or maker is None:
            note = "the maker is not identified: whether it is listed is not known"
            return Found("unknown", None, note, self._alternatives(category, None), self._who(row))
        near = self._near(maker, category)
        texts = [fold_words(text) for text in (row["model"], row["part_number"]) if text]
        speaking = [one for one in near if self._speaks(one, category, texts)]
        if not speaking:
            key = (maker, category, row["maker_name"])
            if key not in self._silent:
                self._silent[key] = self._not_listed(row, near)
            return self._silent[key]
        # A product is trusted no more than its line and its maker: what stands against it goes first.
        best = min(speaking, key=lambda one: (*_strictness(one), one.entry))
        against = [one for one in speaking if one.state in AGAINST]
        if against and _may_buy(best):
            best = min(against, key=lambda one: (*_strictness(one), one.entry))
        says = _short(best)
        lapsed = () if says == "buy" else (f"a new decision of {self._title} on {best.entry}",)
        return Found(says, best, _note(best), self._alternatives(category, maker), lapsed)

    def _not_listed(self, row: dict[str, Any], near: Sequence[Listing]) -> Found:
        others = sorted(one.entry for one in near if one.subject.kind != "manufacturer")
        note = "no entry speaks of it"
        if others:
            note = f"the model does not tell whether it is one of {', '.join(others[:5])}"
        alternatives = self._alternatives(row["category"], row["maker"])
        return Found("not-listed", None, note, alternatives, self._what(row, near))

    def _near(self, maker: str, category: str | None) -> list[Listing]:
        """Entries of a maker that may speak of a category; of one that is not known, all."""
        key = (maker, category)
        if key not in self._of_category:
            near = self._by_maker.get(maker, [])
            same = [one for one in near if category is None or one.subject.category in (None, "", category)]
            self._of_category[key] = same
        return self._of_category[key]

    def _speaks(self, listing: Listing, category: str | None, texts: Sequence[tuple[str, ...]]) -> bool:
        subject = listing.subject
        if subject.kind not in _ORDER:
            return False
        if subject.kind == "manufacturer":
            return not _may_buy(listing) or self._covers(listing, category)
        names = self._names[id(listing)]
        if subject.kind == "release":
            return any("".join(text) == name for text in texts for name in names)
        # What may be bought is only what the name surely means; what has to go is all that it may mean.
        begins = _begins_surely if _may_buy(listing) else _begins
        return any(begins(text, name) for text in texts for name in names)

    def _covers(self, listing: Listing, category: str | None) -> bool:
        tier = self._tiers.get(category) if category else None
        return tier is not None and tier >= listing.subject.tier

    def _may_stand_in(self, listing: Listing, near: list[Listing]) -> bool:
        return (
            listing.subject.kind in _ORDER
            and _may_buy(listing)
            and not any(one.state in AGAINST and _reaches(one, listing) for one in near)
        )

    def _alternatives(self, category: str | None, maker: str | None) -> tuple[str, ...]:
        if category is None:
            return ()
        key = (category, maker)
        if key not in self._stand_in:
            self._stand_in[key] = tuple(self._standing_in(category, maker))
        return self._stand_in[key]

    def _standing_in(self, category: str, maker: str | None) -> list[str]:
        of_makers = [
            one
            for one in self._to_buy[None]
            if one.subject.kind == "manufacturer"
            and self._covers(one, category)
            and self._makes(category, str(one.subject.maker))
        ]
        found = [one for one in (*self._to_buy[category], *of_makers) if one.subject.maker != maker]
        return [
            f"{one.entry}: {one.subject.name}{self._reach(one)}{_bound(one)}"
            for one in sorted(found, key=_nearness)[:_MOST]
        ]

    def _reach(self, listing: Listing) -> str:
        subject = listing.subject
        return f", of tier {subject.tier} and less critical" if subject.kind == "manufacturer" else ""

    def _who(self, row: dict[str, Any]) -> tuple[str, ...]:
        name = row["maker_name"]
        if row["maker_status"] == "named" and name:
            told = tuple(
                f"whether {name} is the maker of entry {one}"
                for one in self._unregistered.get(_joined(name), ())
            )
            return told or (f"who {name} is: the register does not have it",)
        return ("a signal that tells the maker",)

    def _what(self, row: dict[str, Any], near: Sequence[Listing]) -> tuple[str, ...]:
        category, maker = row["category"], row["maker_name"] or row["maker"]
        told, sites = [], []
        for one in sorted(near, key=lambda one: one.entry):
            subject = one.subject
            if subject.kind == "site":
                sites.append(f"nothing in a record: entry {one.entry} is for the site {subject.name} alone")
            elif subject.kind != "manufacturer":
                thing = f"{subject.name} {subject.release}" if subject.release else subject.name
                told.append(f"a model or part number that tells {thing} (entry {one.entry})")
            elif category is None:
                told.append(f"a category of tier {subject.tier} or less critical (entry {one.entry})")
        of_what = (
            "" if category is None else f" for {category} (tier {self._tiers.get(category) or 'not known'})"
        )
        case = (
            f"; open: {', '.join(sorted(self._cases[maker_id])[:_MOST])}"
            if (maker_id := row["maker"]) in self._cases
            else ""
        )
        return (*told[:_MOST], *sites[:1], f"an assessment of {maker}{of_what} by {self._title}{case}")


def _names(listing: Listing) -> tuple[str, ...]:
    """Names and model identifiers, folded; of a release with the release behind."""
    subject = listing.subject
    names = (subject.name, *(text for kind, text in subject.identifiers if kind in _MODEL_IDS))
    if subject.kind == "release":
        return tuple(_joined(f"{name} {subject.release}") for name in names if subject.release)
    return tuple(filter(None, map(_joined, names)))


def _begins(words: tuple[str, ...], name: str) -> bool:
    return bool(name) and "".join(words).startswith(name)


def _begins_surely(words: tuple[str, ...], name: str) -> bool:
    """Whether a model begins with a name that ends there: ``Radio 441`` is no beginning of ``Radio 4415``."""
    text = "".join(words)
    if not _begins(words, name):
        return False
    end = len(name)
    return end in accumulate(map(len, words)) or text[end].isdigit() != name[-1].isdigit()


def _reaches(against: Listing, listing: Listing) -> bool:
    """Whether what stands against one entry stands against another of the same maker, too."""
    one, other = against.subject, listing.subject
    if one.kind == "manufacturer":
        return True
    return one.kind in _ORDER and _begins(fold_words(other.name), _joined(one.name))


def _nearness(listing: Listing) -> tuple[bool, int, str]:
    """Unconditional ones first, things before makers."""
    return (listing.uses[Use.BUY][0] == "conditions", _ORDER[listing.subject.kind], listing.entry)


def _may_buy(listing: Listing) -> bool:
    return listing.uses[Use.BUY][0] in _YES


def _strictness(listing: Listing) -> tuple[int, int]:
    """The closest entry first; of those as close what stands against it, then what may be bought."""
    rank = 0 if listing.state in AGAINST else 1 if _may_buy(listing) else 2
    return _ORDER[listing.subject.kind], rank


def _short(listing: Listing) -> str:
    if _may_buy(listing):
        return "buy"
    if listing.uses[Use.REMOVE_BY][1] or listing.uses[Use.KEEP][0] == "no":
        return "replace"
    return "keep" if listing.uses[Use.KEEP][0] in _STAYS else "decide"


def _note(listing: Listing) -> str:
    parts = [f"{listing.subject.kind} {listing.subject.name} is {listing.state.value} since {listing.since}"]
    if listing.until:
        parts.append(f"until {listing.until}" if _may_buy(listing) else f"listed until {listing.until}")
    parts += [f"condition {name} is open" for name in listing.open_conditions]
    parts += list(listing.flags)
    return "; ".join(parts)


def _bound(listing: Listing) -> str:
    say, day = listing.uses[Use.BUY]
    if say == "conditions":
        return " (under conditions)"
    return f" (until {day})" if day else ""


def _joined(text: str) -> str:
    return "".join(fold_words(text))
