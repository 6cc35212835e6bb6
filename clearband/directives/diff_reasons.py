"""Why an answer differs between two days: what began, ended or became known in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clearband.directives.diff_sides import Side
from clearband.directives.law import Law
from clearband.model.directive import Clock, Limb, Measure, Moment
from clearband.model.organisation import ControlLink, Designation
from clearband.register.ownership import first_day, last_day


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something with a date between the two sides.

    Attributes:
        date: As exact as it is known.
        kind: ``event`` of a measure, ``ownership`` or ``list``.
        subject: The measure, or the organisation.
        what: ``effective``; ``belongs to huawei, from here on``.
    """

    date: str
    kind: Literal["event", "ownership", "list"]
    subject: str
    what: str


class Between:
    """The time between two days that are asked about, and between two days of knowledge.

    Args:
        days: The days, in any order.
        knowledge: The days of knowledge; None for all that the facts hold.
    """

    def __init__(self, days: tuple[date, date], knowledge: tuple[date | None, date | None]) -> None:
        self._days = sorted(days)
        self._knowledge = sorted(day or date.max for day in knowledge)

    def _holds(self, earliest: date, latest: date, known_from: date | None) -> bool:
        begun = any(self._days[0] < day <= self._days[1] for day in (earliest, latest))
        told = known_from is not None and self._knowledge[0] < known_from <= self._knowledge[1]
        return begun or told

    def of_law(self, measures: Iterable[Measure], limbs: Iterable[Limb]) -> set[Happening]:
        """Events of measures, and the dates of some limbs and their exceptions."""
        found = set(self._events(measures))
        for limb in limbs:
            for clock in _clocks(limb):
                found.update(self._moments(limb.directive, clock))
        return found

    def _events(self, measures: Iterable[Measure]) -> Iterator[Happening]:
        for measure in measures:
            yield from self._moments(measure.id, measure.timeline)

    def _moments(self, subject: str, moments: Iterable[Moment]) -> Iterator[Happening]:
        for moment in moments:
            if self._holds(moment.earliest, moment.latest, moment.known_from):
                yield Happening(moment.text, "event", subject, moment.event)

    def of_makers(self, sides: Iterable[Side], makers: Sequence[str], lists: Iterable[str]) -> set[Happening]:
        """Ties and places on lists, of makers and of those they are tied to, that begin or end in between.

        Args:
            sides: Where to look.
            makers: Organisations.
            lists: The lists that matter.
        """
        wanted = set(lists)
        found: set[Happening] = set()
        for side in sides:
            for maker in makers:
                paths = side.register.relations(maker, side.on, side.known_on)
                links = {link for path in paths for link in path.links}
                found.update(self._ties(links))
                for org in {maker, *(path.target for path in paths)}:
                    found.update(self._places(org, side.register.designations(org), wanted))
        return found

    def _ties(self, links: Iterable[ControlLink]) -> Iterator[Happening]:
        for link in links:
            if self._dated(link.begins, link.known_from):
                yield Happening(link.begins or "", "ownership", link.owned, f"{link.kind}: {link.owner}")
            if self._dated(link.ends, link.end_known_from):
                yield Happening(
                    link.ends or "", "ownership", link.owned, f"no longer {link.kind}: {link.owner}"
                )

    def _places(self, org: str, places: Iterable[Designation], lists: set[str]) -> Iterator[Happening]:
        for place in places:
            if place.list_id not in lists:
                continue
            begins = place.begins or min(place.editions, default=None)
            if self._dated(begins):
                yield Happening(begins or "", "list", org, f"on the list {place.list_id}")
            if self._dated(place.ends):
                yield Happening(place.ends or "", "list", org, f"off the list {place.list_id}")

    def _dated(self, text: str | None, known_from: str | None = None) -> bool:
        if text is None:
            return False
        return self._holds(first_day(text), last_day(text), first_day(known_from or text))


def _clocks(limb: Limb) -> Iterator[Clock]:
    yield from limb.starts
    for end in (*limb.ends, *(rule.end for rule in limb.exemptions if rule.end is not None)):
        yield end.clock
    for rule in limb.exemptions:
        yield rule.start


def events_between(
    law: Law, days: tuple[date, date], knowledge: tuple[date | None, date | None]
) -> Callable[[str, str], list[str]]:
    """What happened to a measure and one of its clauses between two days, in words, oldest first."""
    between = Between(days, knowledge)

    def events(directive: str, clause: str) -> list[str]:
        measures = [law.measures[directive]] if directive in law.measures else []
        limbs = [limb for limb in law.limbs if (limb.directive, limb.clause) == (directive, clause)]
        return [f"{one.subject} {one.what} {one.date}" for one in sorted(between.of_law(measures, limbs))]

    return events
