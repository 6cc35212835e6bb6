"""What an automatic rule asks, what it rests on, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from clearband.assess.catalogue import catalogue
from clearband.assess.standing import months_later
from clearband.directives.law import Law
from clearband.model.assessment import Value
from clearband.model.criterion import Profile
from clearband.model.organisation import ControlLink, Designation
from clearband.register import Register
from clearband.register.ownership import first_day, last_day

OFFICIAL: Final = frozenset(
    {"osanc-fcc", "osanc-889", "osanc-5949", "osanc-1260h", "csl", "ieee-addresses", "iana"}
)
"""Sources that are official registers and lists, or copies of them."""
OFFICIAL_LEVEL: Final = "E3"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that an answer rests on.

    Attributes:
        level: E3 from an official register and verified; else E1.
        collected: Day of the copy that it was read in; for what is no list the day as of which the facts are.
    """

    title: str
    source: str
    level: str
    type: str
    collected: date


def proof(facts: Sequence[Fact]) -> Fact:
    """Facts that show something only together, as one: no stronger and no newer than the weakest of them."""
    types = sorted({fact.type for fact in facts}, reverse=True)
    return Fact(
        "; ".join(dict.fromkeys(fact.title for fact in facts)),
        "; ".join(dict.fromkeys(fact.source for fact in facts)),
        min(fact.level for fact in facts),
        types[0],
        min(fact.collected for fact in facts),
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What a rule says of its criterion; None for a value: it cannot tell, and ``notes`` say why.

    Attributes:
        calculated: Whether the value was worked out from the facts, so that anyone can recompute it.
    """

    reason: str
    value: Value | None = None
    facts: tuple[Fact, ...] = ()
    details: tuple[str, ...] | None = None
    open_details: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    calculated: bool = False


@dataclass(frozen=True)
class AutoCase:
    """A maker on a day, under a profile."""

    maker: str
    on: date
    profile: Profile
    register: Register
    law: Law

    @property
    def as_of(self) -> date:
        """The day as of which the register speaks."""
        return date.fromisoformat(self.register.as_of)

    def designated(self, country: str | None) -> bool:
        """Whether the authority designates a country on the day."""
        since = self.profile.designated.get(country or "")
        return since is not None and (not since or first_day(since) <= self.on)

    def fact(self, title: str, source: str | None, *, verified: bool, of_list: bool = False) -> Fact:
        """A fact of the register as evidence."""
        official = verified and source in OFFICIAL
        mark = "" if verified else " (not verified)"
        return Fact(
            f"{title}{mark}",
            self.words_of(source),
            OFFICIAL_LEVEL if official else "E1",
            "register-extract" if official else "public-record",
            self.copied(source) if of_list else self.as_of,
        )

    def strong(self, fact: Fact) -> bool:
        """Whether a fact is of an official source and not stale on the day."""
        months = catalogue().evidence_types[fact.type].stale_after_months
        stale = months is not None and months_later(fact.collected, months) <= self.on
        return fact.level >= OFFICIAL_LEVEL and not stale

    def words_of(self, source: str | None) -> str:
        """A source as people can find it."""
        if source is None:
            return "no source named"
        held = self.register.sources.get(source)
        return f"{source}: {held['what']}" if held else source

    def copied(self, source: str | None) -> date:
        """The day of the copy of a list; that of the facts, where it is not told."""
        held = self.register.sources.get(source or "", {})
        days = _DAY.findall(str(held.get("data_date", "")))
        return date.fromisoformat(days[-1]) if days else self.as_of

    def link_fact(self, link: ControlLink) -> Fact:
        """A link of ownership as evidence."""
        share = f" ({link.share_pct} %)" if link.share_pct else " (share unknown)"
        verified = link.verified and (link.share_pct is None or link.share_verified)
        return self.fact(f"{link.owned}: {link.relation} {link.owner}{share}", link.source, verified=verified)

    def listed(self, entry: Designation) -> bool:
        """Whether a place on a list holds on the day.

        Without a first day, the copy that it was read in shows that it stood there on the day of the copy.
        """
        begins = entry.begins or min(entry.editions, default=self.copied(entry.source).isoformat())
        over = entry.ends is not None and last_day(entry.ends) <= self.on
        return last_day(begins) <= self.on and not over

    def list_fact(self, org: str, entry: Designation) -> Fact:
        """A place on a list as evidence."""
        editions = f", edition {max(entry.editions)}" if entry.editions else ""
        since = f" since {entry.begins}" if entry.begins else ""
        title = f"{org} on the list {entry.list_id}{since}{editions}, as {entry.name_on_list}"
        return self.fact(title, entry.source, verified=entry.verified, of_list=True)

    def country_of(self, org: str) -> tuple[str | None, bool]:
        """Country of an organisation, and whether it was read in a source."""
        held = self.register.organisations.get(org)
        return (held.country, held.country_verified) if held else (None, False)
