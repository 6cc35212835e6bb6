"""Why an answer differs between two days: what began, ended or became known in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from clearband.directives.diff_sides import Side
from clearband.directives.law import Law
from clearband.directives.reasons import rests_on
from clearband.model.directive import Clock, End, Exemption, Limb, Measure, Moment
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


@dataclass(frozen=True, slots=True, order=True)
class Decided:
    """What decided an answer: the measure and clause, and in words why and what is open."""

    directive: str
    clause: str
    ground: str | None = None
    question: str | None = None


Rests = Callable[[Exemption], bool]


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

    def of_law(
        self, measures: Iterable[Measure], limbs: Iterable[Limb], decisive: Sequence[Limb], rests: Rests
    ) -> set[Happening]:
        """Events of measures, and the dates of some limbs and of the exceptions that bore on the answer.

        Args:
            measures: Whose events are told, but for those that only date what is not decisive.
            limbs: All that the measures may have; others do not matter.
            decisive: Those that decided.
            rests: Which exceptions an answer rested on.
        """
        found: set[Happening] = set()
        mine = {_name(one) for limb in decisive for clock in (*limb.starts, *_ends(limb)) for one in clock}
        dated: dict[str, set[tuple[str, str]]] = {}
        for limb in limbs if decisive else ():
            clocks = (*limb.starts, *_ends(limb), *_of_exceptions(limb))
            dated.setdefault(limb.directive, set()).update(_name(one) for clock in clocks for one in clock)
        for measure in measures:
            elsewhere = dated.get(measure.id, set()) - mine
            told = (moment for moment in measure.timeline if _name(moment) not in elsewhere)
            found.update(self._moments(measure.id, told))
        for limb in decisive:
            for start in limb.starts:
                found.update(self._moments(limb.directive, start))
            for end in limb.ends:
                found.update(self._ends(limb.directive, end))
            for rule in limb.exemptions:
                if rests(rule):
                    found.update(self.of_exception(rule))
        return found

    def of_exception(self, rule: Exemption) -> Iterator[Happening]:
        """When an exception or licence begins and ends."""
        what = f"licence {rule.clause}" if rule.separate else f"exception {rule.id}"
        yield from self._moments(rule.directive, rule.start, f"{what} begins")
        if rule.end is not None:
            yield from self._ends(rule.directive, rule.end, f"{what} ends")

    def _ends(self, subject: str, end: End, what: str | None = None) -> Iterator[Happening]:
        yield from self._moments(subject, end.clock, what, after=int(end.last_day_included))

    def _moments(
        self, subject: str, moments: Iterable[Moment], what: str | None = None, *, after: int = 0
    ) -> Iterator[Happening]:
        """The moments that lie between; what holds through a day is otherwise only the day after."""
        later = timedelta(days=after)
        for moment in moments:
            if self._holds(moment.earliest + later, moment.latest + later, moment.known_from):
                yield Happening(moment.text, "event", subject, what or moment.event)

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


def _name(moment: Moment) -> tuple[str, str]:
    return moment.event, moment.text


def _ends(limb: Limb) -> tuple[Clock, ...]:
    return tuple(end.clock for end in limb.ends)


def _of_exceptions(limb: Limb) -> tuple[Clock, ...]:
    ends = (rule.end.clock for rule in limb.exemptions if rule.end is not None)
    return (*(rule.start for rule in limb.exemptions), *ends)


def events_between(
    law: Law, days: tuple[date, date], knowledge: tuple[date | None, date | None]
) -> Callable[[Decided], list[str]]:
    """What happened between two days to what an answer rests on, in words, oldest first."""
    between = Between(days, knowledge)
    limbs_of: defaultdict[str, list[Limb]] = defaultdict(list)
    licences: defaultdict[tuple[str, str], list[Exemption]] = defaultdict(list)
    for limb in law.limbs:
        limbs_of[limb.directive].append(limb)
        for rule in limb.exemptions:
            if rule.separate:
                licences[rule.directive, rule.clause].append(rule)

    def events(decided: Decided) -> list[str]:
        measures = [law.measures[decided.directive]] if decided.directive in law.measures else []
        every = limbs_of[decided.directive]
        limbs = [limb for limb in every if limb.clause == decided.clause]

        def rests(rule: Exemption) -> bool:
            return rests_on(rule, decided.ground, decided.question)

        found = between.of_law(measures, every, limbs, rests)
        for rule in licences[decided.directive, decided.clause]:
            found.update(between.of_exception(rule))
        return [f"{one.subject} {one.what} {one.date}" for one in sorted(found)]

    return events
