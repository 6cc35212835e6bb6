"""Control on a date, with three answers: known, possible, or nothing known that would give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from clearband.model.organisation import ControlLink
from clearband.register.ownership import MAX_LINKS, link_state


class Strength(IntEnum):
    """How much a chain of holdings says; a chain is as strong as its weakest link.

    POSSIBLE: a share below a known majority, a joint venture, a holding by a state, an allegation, or a link
    whose source or dates do not tell. AFFILIATION: a source names the one an affiliate of the other, and does
    not say which controls. CONTROL: a source says that the one controls the other.
    """

    POSSIBLE = 1
    AFFILIATION = 2
    CONTROL = 3


_OF_KIND: Final[dict[str, Strength]] = {
    "controlled": Strength.CONTROL,
    "brand": Strength.CONTROL,
    "affiliate": Strength.AFFILIATION,
    "manufacturing": Strength.AFFILIATION,
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Holdings from one organisation up to another above it.

    Attributes:
        top: The organisation above.
        links: From the lower end.
    """

    top: str
    links: tuple[ControlLink, ...]
    strength: Strength


class ControlGraph:
    """Who can control whom, asked on a date.

    Args:
        links: All links, whenever they hold.
    """

    def __init__(self, links: Iterable[ControlLink]) -> None:
        self._owners: dict[str, list[ControlLink]] = defaultdict(list)
        for link in sorted(links, key=lambda link: (link.owner, link.begins or "", link.kind)):
            self._owners[link.owned].append(link)
        self._kept: dict[tuple[str, date, date | None], Mapping[str, Chain]] = {}

    def above(self, org: str, on: date, known_on: date | None = None) -> Mapping[str, Chain]:
        """Everybody above an organisation, by id, each with the strongest and then shortest chain to it."""
        key = (org, on, known_on)
        if key not in self._kept:
            self._kept[key] = self._climb(org, on, known_on)
        return self._kept[key]

    def _climb(self, org: str, on: date, known_on: date | None) -> dict[str, Chain]:
        found: dict[str, Chain] = {}
        for strength in reversed(Strength):
            frontier = [Chain(org, (), strength)]
            seen = {org}
            while frontier:
                following = []
                for chain in frontier:
                    for link in self._owners.get(chain.top, ()):
                        if link.owner in seen or _strength(link, on, known_on) < strength:
                            continue
                        seen.add(link.owner)
                        longer = Chain(link.owner, (*chain.links, link), strength)
                        found.setdefault(link.owner, longer)
                        if len(longer.links) < MAX_LINKS:
                            following.append(longer)
                frontier = following
        return found


def _strength(link: ControlLink, on: date, known_on: date | None) -> int:
    state = link_state(link, on, known_on)
    if state in ("absent", "ended"):
        return 0
    if state == "maybe" or not link.verified:
        return Strength.POSSIBLE
    return _OF_KIND.get(link.kind, Strength.POSSIBLE)
