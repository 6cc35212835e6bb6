"""Which measures speak of a maker on a date, whoever acts and whatever the equipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clearband.directives.clock import can_begin, life
from clearband.directives.law import Law
from clearband.directives.maker_match import Register
from clearband.directives.makers import Maker
from clearband.directives.truth import FALSE, TRUE
from clearband.model.directive import Limb
from clearband.register.ownership import first_day


@dataclass(frozen=True, slots=True)
class MeasureReaching:
    """One measure that speaks of the maker.

    Attributes:
        state: ``in force``, ``begins``, ``expected`` (announced or proposed, no law), ``ended`` or ``not
            certain``.
        date: Of that state. Where it is in force for the maker since it stands on a list: the later of both.
        certain: Whether it is certain that the maker is meant; else ``question`` says what would decide.
        control: Why the maker is meant: named, on a list, or through which ownership.
        force: ``binding``, ``enabling`` or ``non-binding``.
    """

    directive: str
    title: str
    force: str
    state: str
    date: str
    certain: bool
    control: str | None
    question: str | None
    verified: bool


_RANK = {"in force": 3, "begins": 2, "expected": 2, "not certain": 1, "ended": 0}
"""Which clause of a measure is told, where several reach the maker."""


def measures_reaching(
    org_id: str, register: Register, law: Law, on: date, known_on: date | None = None
) -> tuple[MeasureReaching, ...]:
    """The measures that name an organisation, list it, or reach it through ownership, by date.

    Measures that apply to whoever made the item (country of production) are not among them.
    """
    maker = Maker(org_id, "identified", register, on, known_on)
    best: dict[str, tuple[int, MeasureReaching]] = {}
    for limb in law.limbs:
        found = _reach(limb, maker, law, on, known_on)
        if found is not None and (limb.directive not in best or found[0] > best[limb.directive][0]):
            best[limb.directive] = found
    return tuple(sorted((measure for _, measure in best.values()), key=lambda m: (m.date, m.directive)))


def _reach(
    limb: Limb, maker: Maker, law: Law, on: date, known_on: date | None
) -> tuple[int, MeasureReaching] | None:
    if not limb.makers:
        return None
    match = maker.match(limb.makers, law.measures[limb.directive].first_event)
    where = life(limb, on, known_on)
    # Without a path or a list there is only a criterion that a person would have to judge.
    if match.truth == FALSE or match.control is None or where is None:
        return None
    ended = where.over == TRUE and where.end is not None
    to_come = "begins" if can_begin(where.start) else "expected"
    state = "ended" if ended else {TRUE: "in force", FALSE: to_come}.get(where.started, "not certain")
    day = where.end.text if ended and where.end else where.start.text
    if state == "in force" and match.since:
        day = max(day, match.since, key=first_day)
    measure = law.measures[limb.directive]
    rank = match.truth * 10 + _RANK[state]
    return rank, MeasureReaching(
        measure.id,
        measure.short_title,
        measure.force.value,
        state,
        day,
        match.truth == TRUE,
        match.control,
        match.question,
        limb.verified,
    )
