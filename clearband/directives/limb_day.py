"""A limb put on the day of the question, and the situation that it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from clearband.directives.clock import Life, can_begin, ended, known, life, reached
from clearband.directives.maker_match import MakerMatch
from clearband.directives.truth import FALSE, TRUE, all_of, negate
from clearband.model.directive import Exemption, Limb, Measure, Moment


@dataclass(frozen=True, slots=True)
class ExemptionAt:
    """An exception on the day of the question.

    Attributes:
        holds: Whether its dates include the day.
        holds_at_start: Whether they include the first day of the prohibition, when that is still to come.
        over: Whether it has run out.
        shown: The moment to cite: when it ends, else when it began.
    """

    rule: Exemption
    holds: int
    holds_at_start: int
    over: bool
    shown: Moment | None
    end: Moment | None


class Kind(IntEnum):
    """What is known of the kind of an item: nothing, that it is a piece of equipment, or its category."""

    UNKNOWN = 0
    EQUIPMENT = 1
    STATED = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The questions of a limb, each about one fact.

    Attributes:
        kind: What to ask about the kind of item, by what is known of it.
        purpose, made_in: What to ask about its purpose and its country of production.
        caught: Classes of equipment that it means, by what is known of the kind of item; none for a stated
            one.
    """

    kind: tuple[str, str, str]
    purpose: str
    made_in: str
    caught: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LimbAt:
    """A limb on the day of the question, with its questions in words.

    Attributes:
        life: Where it stands; None when it was not announced yet.
        exists: Whether its measure was law in any form on the day, and what it refers to was on its list.
        announced: Whether anything of its measure had happened or was known on the day.
        words: What to ask when something is not known.
        on: The day of the question.
        found_on: The day from which the clocks of duties run.
        known_on: The day whose knowledge is used.
    """

    limb: Limb
    measure: Measure
    life: Life | None
    exists: bool
    announced: bool
    exemptions: tuple[ExemptionAt, ...]
    words: Words
    on: date
    found_on: date
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Truth values of the conditions of one limb for one kind of item.

    Attributes:
        kind: What is known of its kind.
        akin: Whether it is of the same kind of product as what the limb means.
        purpose_question: What to ask about its purpose, where some of it is known.
    """

    maker: MakerMatch
    equipment: int
    purpose: int
    made_in: int
    exemptions: tuple[int, ...]
    kind: Kind = Kind.STATED
    purpose_question: str | None = None
    akin: bool = False

    def value(self) -> int:
        """Whether the limb means this item."""
        return all_of((self.maker.truth, self.equipment, self.purpose, self.made_in))


def limb_at(
    limb: Limb,
    measure: Measure,
    on: date,
    known_on: date | None,
    words: Words,
    found_on: date | None = None,
) -> LimbAt:
    """Put a limb on its day; the clocks of its duties run from ``found_on``, else from that day."""
    where = life(limb, on, known_on)
    by_then = on if known_on is None else min(on, known_on)
    exists = any(
        can_begin(moment) and moment.earliest <= on and (known_on is None or moment.known_from <= known_on)
        for moment in measure.timeline
    ) and not (limb.by_reference and any(known(clock, by_then) is None for clock in limb.starts))
    announced = any(moment.known_from <= by_then for moment in measure.timeline)
    start = where.start.latest if where else on
    exemptions = tuple(_exemption_at(rule, on, max(on, start), known_on) for rule in limb.exemptions)
    return LimbAt(limb, measure, where, exists, announced, exemptions, words, on, found_on or on, known_on)


def _exemption_at(rule: Exemption, on: date, start: date, known_on: date | None) -> ExemptionAt:
    begin = known(rule.start, known_on) if rule.start else None
    if rule.start and begin is None:
        return ExemptionAt(rule, FALSE, FALSE, over=False, shown=None, end=None)

    def holds(day: date) -> int:
        begun = reached(begin, day) if begin else TRUE
        over = ended(rule.end, day, known_on) if rule.end else FALSE
        return all_of((begun, negate(over)))

    end = known(rule.end.clock, known_on) if rule.end else None
    over = rule.end is not None and ended(rule.end, on, known_on) == TRUE
    return ExemptionAt(rule, holds(on), holds(start), over, end or begin, end)
