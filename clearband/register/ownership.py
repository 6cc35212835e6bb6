"""The ownership graph on a date: how does a maker stand to another organisation?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from clearband.model.organisation import ControlLink, ControlPath, Relation

MAX_LINKS: Final = 8
"""How long a path of ownership is followed."""
_FULL_DATE: Final = len("2020-11-17")
_STRENGTH: Final[dict[Relation, int]] = {
    "self": 6,
    "controlled": 5,
    "affiliate": 4,
    "parent": 3,
    "minority": 2,
    "alleged": 1,
    "former": 0,
}
_STEP: Final[dict[str, Relation]] = {
    "controlled": "controlled",
    "brand": "controlled",
    "affiliate": "affiliate",
    "manufacturing": "affiliate",
    "minority": "minority",
    "joint-venture": "minority",
    "state-holding": "minority",
    "alleged": "alleged",
}


def first_day(text: str) -> date:
    """The earliest day that a date of year, month or day can mean."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """The latest day that a date of year, month or day can mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


LinkState = Literal["holds", "maybe", "ended", "absent"]
"""A link on a day: ``maybe`` where its dates are too coarse to tell."""


def link_state(link: ControlLink, on: date, known_on: date | None = None) -> LinkState:
    """Whether a link holds on a day, with the knowledge of another.

    What began or ended after the day of knowledge had not happened yet, unless it was announced by then.
    """
    if not is_known(link, known_on) or (link.begins and first_day(link.begins) > on):
        return "absent"
    ends = known_end(link, known_on)
    if ends and last_day(ends) <= on:
        return "ended"
    coarse = (link.begins and last_day(link.begins) > on and len(link.begins) < _FULL_DATE) or (
        ends and first_day(ends) <= on and len(ends) < _FULL_DATE
    )
    return "maybe" if coarse else "holds"


def is_known(link: ControlLink, known_on: date | None) -> bool:
    """Whether a link was known on a day: from its beginning, unless it was announced on another."""
    known_from = link.known_from or link.begins
    return known_on is None or not known_from or first_day(known_from) <= known_on


def known_end(link: ControlLink, known_on: date | None) -> str | None:
    """The end of a link, as far as it was known on a day."""
    known_from = link.end_known_from or link.ends
    unknown = known_on is not None and known_from is not None and first_day(known_from) > known_on
    return None if unknown else link.ends


class OwnershipGraph:
    """Ownership links between organisations, asked on a date.

    Args:
        links: All links, whenever they hold.
    """

    def __init__(self, links: Iterable[ControlLink]) -> None:
        self._owners: dict[str, list[ControlLink]] = defaultdict(list)
        self._owned: dict[str, list[ControlLink]] = defaultdict(list)
        for link in links:
            self._owners[link.owned].append(link)
            self._owned[link.owner].append(link)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        """Every organisation that the maker is connected to on a date, with the strongest path to each.

        Upwards (towards owners) a path is as strong as its weakest link. Downwards it makes the maker the
        ``parent``. Sideways (up to a common owner, then down) only control counts, and gives ``affiliate``.
        A holding by a state body, a minority share or a joint venture is ``minority``: whether it is control
        is a question of law and fact that the graph does not answer.

        Args:
            maker: Organisation id.
            on: The day the question is about.
            known_on: Use only what was known on this day; None for all that is known.

        Returns:
            Paths sorted by target id; the maker itself first.
        """
        best: dict[str, ControlPath] = {maker: ControlPath(maker, "self", (), verified=True)}
        self._climb(maker, on, known_on, best)
        owners = [path for path in best.values() if path.relation in ("controlled", "affiliate")]
        self._descend(maker, (), "parent", on, known_on, best, set())
        for path in owners:
            if path.relation == "controlled":
                self._descend(
                    path.target, path.links, "affiliate", on, known_on, best, {maker}, verified=path.verified
                )
        first = best.pop(maker)
        return (first, *(best[target] for target in sorted(best)))

    def _climb(self, maker: str, on: date, known_on: date | None, best: dict[str, ControlPath]) -> None:
        frontier = [best[maker]]
        for _ in range(MAX_LINKS):
            following: list[ControlPath] = []
            for path in frontier:
                for link in self._owners[path.target]:
                    state = link_state(link, on, known_on)
                    if state == "absent" or any(link is used for used in path.links):
                        continue
                    step = "former" if state == "ended" else _STEP[link.kind]
                    found = ControlPath(
                        link.owner,
                        min(path.relation, step, key=_STRENGTH.__getitem__) if path.links else step,
                        (*path.links, link),
                        path.verified and link.verified and state != "maybe",
                    )
                    if _keep(found, best):
                        following.append(found)
            frontier = following

    def _descend(
        self,
        start: str,
        before: tuple[ControlLink, ...],
        relation: Relation,
        on: date,
        known_on: date | None,
        best: dict[str, ControlPath],
        seen: set[str],
        *,
        verified: bool = True,
    ) -> None:
        frontier: list[tuple[str, tuple[ControlLink, ...], bool]] = [(start, before, verified)]
        seen = {start, *seen}
        found: dict[str, ControlPath] = {}
        while frontier:
            target, links, sure = frontier.pop()
            if len(links) >= MAX_LINKS:
                continue
            for link in self._owned[target]:
                state = link_state(link, on, known_on)
                if state in ("absent", "ended") or link.owned in seen:
                    continue
                if _STEP[link.kind] not in ("controlled", "affiliate"):
                    continue
                path = ControlPath(
                    link.owned, relation, (*links, link), sure and link.verified and state != "maybe"
                )
                # What stands in a stronger relation already may still own others that are reached only here.
                if _keep(path, found):
                    frontier.append((link.owned, path.links, path.verified))
        for path in found.values():
            _keep(path, best)


def _keep(path: ControlPath, best: dict[str, ControlPath]) -> bool:
    """Take the path when it is stronger than what is known: relation first, then verified, then shorter."""
    held = best.get(path.target)
    if held is None or _rank(path) > _rank(held):
        best[path.target] = path
        return True
    return False


def _rank(path: ControlPath) -> tuple[int, bool, int]:
    return (_STRENGTH[path.relation], path.verified, -len(path.links))
