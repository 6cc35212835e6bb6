"""The law as the evaluator reads it: measures, and the limbs of their clauses.

A *limb* is one clause for one line of the list or definition it covers: the smallest part of the law that has
dates, targets and exceptions of its own. Everything here is plain data, built once from the compiled facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clearband.model.control import ControlDefinition


class Effect(StrEnum):
    """What a clause does."""

    PROHIBITS = "prohibits"
    ADVISES = "advises"
    ENABLES = "enables"
    REQUIRES = "requires"
    LICENSES = "licenses"


class Force(StrEnum):
    """Whether a measure binds, only gives a power to bind, or only advises."""

    BINDING = "binding"
    ENABLING = "enabling"
    NON_BINDING = "non-binding"


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated event, as exact as it is known.

    Attributes:
        event: ``effective``, ``compliance-deadline`` …
        text: The date as written: ``2019``, ``2019-02`` or ``2019-02-08``.
        earliest: First day it can mean.
        latest: Last day it can mean (or, when sources disagree, the latest they name).
        known_from: The day on which it was announced.
        verified: Whether the date was read in a source.
    """

    event: str
    text: str
    earliest: date
    latest: date
    known_from: date
    verified: bool = True
    note: str | None = None


Clock = tuple[Moment, ...]
"""The history of one date, oldest first: the last moment known on the day of knowledge counts."""


@dataclass(frozen=True, slots=True)
class End:
    """When something stops: on the clock's day (``until``), or after it (``through``)."""

    clock: Clock
    last_day_included: bool


@dataclass(frozen=True, slots=True)
class NamedMaker:
    """An organisation the law names.

    Attributes:
        reach: The relatives that the law reaches in its own words.
        unconfirmed: Relatives of which its wording was not read.
        which: Relatives that it does not mean, but that go by the same name as the one it means.
    """

    org: str
    reach: frozenset[str] = frozenset()
    unconfirmed: frozenset[str] = frozenset()
    which: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MakerRule:
    """Whose products are meant: any of the parts suffices.

    Attributes:
        named: Organisations named by the law.
        list_id: A list kept in the register, whose members are meant.
        list_reach: How far around a member.
        criterion: A test that needs a person or a list we do not hold.
        criterion_open: Whether it is an open question; else it is not met unless somebody determined so.
        dealings: Whether it is about dealing with the maker, and not about what bears its name.
        definition: What the law calls a subsidiary or affiliate; None where that was not read.
    """

    named: tuple[NamedMaker, ...] = ()
    list_id: str | None = None
    list_reach: frozenset[str] = frozenset()
    criterion: str | None = None
    criterion_open: bool = False
    dealings: bool = False
    definition: ControlDefinition | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A carve-out from a prohibition, or a licence given by a measure of its own.

    Attributes:
        directive: The measure that gives it.
        clause: The clause that gives it, when it is a licence of its own; else the exception's id.
        separate: Whether it is a licence given by another measure than the prohibition.
        actions: The actions it speaks of; empty for all.
        review_if_unknown: Whether an unknown condition is the question, or only stands in what would change.
    """

    id: str
    text: str
    directive: str
    clause: str
    cite: str
    separate: bool
    purposes: tuple[str, ...]
    equipment: tuple[str, ...]
    approvals: tuple[str, ...]
    actions: frozenset[str]
    start: Clock
    end: End | None
    review_if_unknown: bool
    question: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be done; with a clock where one of the four is given.

    Attributes:
        after: ``found``, or the id of another duty of the clause.
        event: The event of the timeline that it is counted from instead.
        business_days, days: So many after that; 0 for none.
        by: The day that the law names.
        yearly: Month and day by which it is due every year.
        start, end: When it is owed, where that is not as long as the clause.
        actors: Who owes it; empty for every actor of the clause.
    """

    text: str
    id: str | None = None
    after: str = "found"
    event: Moment | None = None
    business_days: int = 0
    days: int = 0
    by: date | None = None
    yearly: tuple[int, int] | None = None
    start: Clock = ()
    end: End | None = None
    actors: frozenset[str] = frozenset()
    verified: bool = True

    @property
    def has_clock(self) -> bool:
        """Whether it is due on a day that can be told."""
        return self.by is not None or self.yearly is not None or bool(self.business_days or self.days)


@dataclass(frozen=True, slots=True)
class Limb:
    """One clause for one line of what it covers.

    Attributes:
        clause: ``CLAUSE`` or ``CLAUSE/ENTRY``.
        makers, equipment, purposes, made_in: Conditions; all of a tuple must hold, within one any part
            suffices. An empty tuple asks nothing.
        home: ISO code of the country that ``made_in: foreign`` is seen from.
        starts: All of these must have come.
        ends: Any of these ends it.
        by_reference: Whether the target is named by another measure.
        pending: Whether this is the coarse stand-in for clauses that are not evaluated yet.
        new_for: Actions that speak of equipment made after the day of the question, as buying does; the
            others may meet equipment of any age.
        ask_only_when_named: Why the limb is asked only when its actor was named; None for one always asked.
    """

    directive: str
    clause: str
    effect: Effect
    cite: str
    says: str
    actors: frozenset[str]
    actions: frozenset[str]
    makers: tuple[MakerRule, ...]
    equipment: tuple[tuple[str, ...], ...]
    purposes: tuple[tuple[str, ...], ...]
    made_in: tuple[tuple[str, ...], ...]
    home: str
    starts: tuple[Clock, ...]
    ends: tuple[End, ...]
    asks: str | None
    exemptions: tuple[Exemption, ...]
    duties: tuple[Duty, ...]
    would_change: tuple[str, ...]
    by_reference: bool
    pending: bool
    verified: bool
    new_for: frozenset[str] = frozenset()
    ask_only_when_named: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A directive: what it is, and its dated life.

    Attributes:
        own: Whether it comes from a file of the user's own: a policy or a draft, and no law that ships.
    """

    id: str
    title: str
    short_title: str
    jurisdiction: str
    kind: str
    force: Force
    citation: str
    timeline: tuple[Moment, ...]
    evaluation: str
    verified: bool
    unverified_parts: tuple[str, ...]
    own: bool = False

    @property
    def first_event(self) -> date:
        """The day from which the measure existed in any form, a proposal included."""
        return min((moment.earliest for moment in self.timeline), default=date.min)
