"""The judgement of one limb on one situation: the only place where an answer is made.

The situation is given as truth values of the conditions. Columns are judged by judging each distinct pattern
of truth values once, so that one question and a million records go through the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from clearband.directives.clock import Life, can_begin, ended, known, life, reached
from clearband.directives.deadlines import Deadline, deadlines_of, duty_texts
from clearband.directives.maker_match import MakerMatch
from clearband.directives.truth import FALSE, TRUE, UNKNOWN, all_of, negate
from clearband.model.directive import Effect, Exemption, Limb, Measure, Moment
from clearband.model.finding import Answer


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


@dataclass(frozen=True, slots=True)
class Tried:
    """An exception that was held against a situation, and why it does or does not help.

    Attributes:
        id: The exception's id; of a licence, its clause.
        directive: The measure that gives it.
        holds: ``yes``, ``no`` (its condition is not met), ``unknown`` (nobody said whether it is met),
            ``over`` or ``not-begun`` (its dates do not include the day).
        until: When it ends, as exact as known.
    """

    id: str
    directive: str
    text: str
    holds: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a limb says: the answer, and all that explains it.

    Attributes:
        tried: The exceptions that were looked at, in the order of the law.
        question: For ``review``: the one missing fact to ask for first; others stand in ``would_change``.
        open_kinds: The classes of equipment that matter, where the kind of the item is not stated.
        asks_kind: Whether that kind is what the question asks.
    """

    answer: Answer
    directive: str
    clause: str
    event: str
    event_date: str
    until: str | None
    ground: str
    question: str | None
    would_change: tuple[str, ...]
    duties: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    cite: str
    verified: bool
    control: str | None
    unidentified: bool
    equipment_known: bool
    unknowns: int
    open_kinds: tuple[str, ...]
    asks_kind: bool
    kind: Kind
    at: LimbAt
    tried: tuple[Tried, ...]

    @property
    def decides(self) -> Answer:
        """What this answer makes of the record as a whole.

        Where nobody knows who made the item, a question or a later start is no more than that: unidentified.
        """
        if self.unidentified and self.answer in (Answer.REVIEW, Answer.NOT_YET):
            return Answer.UNIDENTIFIED
        return self.answer


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
    return LimbAt(limb, measure, where, exists, announced, exemptions, words, on, found_on or on)


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


def judge(at: LimbAt, case: Situation) -> Outcome | None:
    """What a limb says of a situation; None when it does not reach it (or only gives a power).

    A duty that holds for certain prohibits nothing: its answer is ``not-covered``, and its ground says what
    is required.
    """
    value = case.value()
    where = at.life
    if where is None or where.over == TRUE or value == FALSE:
        return None
    if at.limb.effect is Effect.ADVISES:
        advised = value == TRUE and where.started == TRUE
        return _outcome(at, case, Answer.ADVISED_AGAINST, where.start) if advised else None
    if at.limb.effect not in (Effect.PROHIBITS, Effect.REQUIRES):
        return None
    if at.limb.asks is not None:
        value = min(value, UNKNOWN)
    if where.started == FALSE:
        return _before_start(at, case, where)
    return _in_force(at, case, where, value)


def _before_start(at: LimbAt, case: Situation, where: Life) -> Outcome | None:
    """Before the first day: ``not-yet``, unless nothing known ties the item to the limb.

    Nothing is prohibited on that day either way, so an item of unknown kind and origin is not said to fall
    under every rule that is still to come. A limb that names makers is tied by the maker, any by the kind.
    Nor is one of which a person would have to say whether a rule that nobody had heard of will mean it.
    """
    names = any(rule.named or rule.list_id for rule in at.limb.makers)
    if at.limb.pending or not (names or case.equipment == TRUE):
        return None
    if not at.announced and (at.limb.asks is not None or (not names and case.maker.truth == UNKNOWN)):
        return None
    for exemption, truth in zip(at.exemptions, case.exemptions, strict=True):
        if truth == TRUE and exemption.holds_at_start == TRUE:
            return _exempt(at, case, exemption, where)
    return _outcome(at, case, Answer.NOT_YET, where.start)


def _in_force(at: LimbAt, case: Situation, where: Life, value: int) -> Outcome:
    lapsed: ExemptionAt | None = None
    doubt: str | None = None
    for exemption, truth in zip(at.exemptions, case.exemptions, strict=True):
        if truth == TRUE and exemption.holds == TRUE:
            return _exempt(at, case, exemption, where)
        if truth == TRUE and exemption.over:
            lapsed = exemption
        elif exemption.holds != FALSE and (
            truth == TRUE or (truth == UNKNOWN and exemption.rule.review_if_unknown)
        ):
            doubt = doubt or exemption.rule.question or f"does this exception apply: {exemption.rule.text}?"
    if where.started == UNKNOWN:
        doubt = doubt or f"on which day did it start? The sources {_named_days(where.start)}"
    if where.over == UNKNOWN and where.end is not None:
        doubt = doubt or f"on which day did it end? The sources {_named_days(where.end)}"
    if value == UNKNOWN or doubt:
        return _outcome(at, case, Answer.REVIEW, where.start, doubt=doubt)
    if lapsed is not None and lapsed.rule.separate and lapsed.end is not None:
        return _lapsed(at, case, lapsed, lapsed.end)
    certain = Answer.PROHIBITED if at.limb.effect is Effect.PROHIBITS else Answer.NOT_COVERED
    return _outcome(at, case, certain, where.start)


def _named_days(moment: Moment) -> str:
    """What the sources say of a moment whose day is not certain."""
    if moment.latest.isoformat() == moment.text != moment.earliest.isoformat():
        return f"differ: {moment.earliest} or {moment.text}"
    return f"say only {moment.text}"


def _exempt(at: LimbAt, case: Situation, exemption: ExemptionAt, where: Life) -> Outcome:
    rule = exemption.rule
    moment = exemption.shown if rule.separate and exemption.shown else where.start
    return _outcome(at, case, Answer.EXEMPT, moment, exemption=exemption)


def _lapsed(at: LimbAt, case: Situation, exemption: ExemptionAt, end: Moment) -> Outcome:
    return _outcome(at, case, Answer.PROHIBITED, end, exemption=exemption)


def _outcome(
    at: LimbAt,
    case: Situation,
    answer: Answer,
    moment: Moment,
    *,
    exemption: ExemptionAt | None = None,
    doubt: str | None = None,
) -> Outcome:
    limb = at.limb
    source = exemption.rule if exemption is not None and exemption.rule.separate else None
    questions = _questions(at, case)
    if doubt:
        questions.append((_Fact.CONDITION, doubt))
    first = questions[0] if questions else None
    reviewed = answer is Answer.REVIEW
    owed = answer in (Answer.PROHIBITED, Answer.REVIEW, Answer.NOT_COVERED)
    deadlines = deadlines_of(limb, at.found_on, at.on) if owed else ()
    kind_open = reviewed and case.equipment == UNKNOWN
    end = exemption.end if exemption is not None else (at.life.end if at.life else None)
    return Outcome(
        answer=answer,
        directive=source.directive if source else limb.directive,
        clause=source.clause if source else limb.clause,
        event=moment.event,
        event_date=moment.text,
        until=end.text if end and answer is not Answer.NOT_YET else None,
        ground=_ground(at, answer, moment, exemption),
        question=first[1] if first and reviewed else None,
        would_change=_would_change(at, case, answer, [text for _, text in questions]),
        duties=duty_texts(limb, deadlines) if owed else (),
        deadlines=deadlines,
        cite=source.cite if source else limb.cite,
        verified=at.measure.verified and limb.verified and moment.verified,
        control=case.maker.control,
        unidentified=case.maker.unidentified and case.maker.truth == UNKNOWN,
        equipment_known=case.equipment == TRUE,
        unknowns=len(questions),
        open_kinds=at.words.caught[case.kind] if kind_open else (),
        asks_kind=first is not None and first[0] is _Fact.KIND,
        kind=case.kind,
        at=at,
        tried=tuple(map(_tried, at.exemptions, case.exemptions)),
    )


def _tried(exemption: ExemptionAt, truth: int) -> Tried:
    rule = exemption.rule
    holds = {TRUE: "yes", UNKNOWN: "unknown", FALSE: "no"}[truth]
    if truth != FALSE and exemption.over:
        holds = "over"
    elif truth != FALSE and exemption.holds == FALSE:
        holds = "not-begun"
    return Tried(rule.id, rule.directive, rule.text, holds, exemption.end.text if exemption.end else None)


class _Fact(IntEnum):
    """The facts that a limb can miss, in the order in which they are asked for.

    Each of them alone can clear the item. Who made it, or when, clears it of most clauses at once; what it is
    used for clears it whatever its kind; what it is, is seen sooner than where it was produced.
    """

    MAKER = 0
    PURPOSE = 1
    KIND = 2
    ORIGIN = 3
    CONDITION = 4


def _questions(at: LimbAt, case: Situation) -> list[tuple[_Fact, str]]:
    found: list[tuple[_Fact, str]] = []
    if case.maker.truth == UNKNOWN and case.maker.question:
        found.append((_Fact.MAKER, case.maker.question))
    if case.purpose == UNKNOWN:
        found.append((_Fact.PURPOSE, case.purpose_question or at.words.purpose))
    if case.equipment == UNKNOWN:
        found.append((_Fact.KIND, at.words.kind[case.kind]))
    if case.made_in == UNKNOWN:
        found.append((_Fact.ORIGIN, at.words.made_in))
    if at.limb.asks is not None:
        found.append((_Fact.CONDITION, at.limb.asks))
    if case.kind is Kind.EQUIPMENT and case.maker.truth == UNKNOWN and not case.maker.unidentified:
        # One look at the item tells its kind; who stands behind its maker takes a search.
        found.sort(key=lambda item: item[0] is not _Fact.KIND)
    return found


_DUTY_VERBS = {
    Answer.NOT_COVERED: "prohibits nothing here and requires since",
    Answer.NOT_YET: "would require something, but only from",
    Answer.REVIEW: "may require something; in force since",
}
_VERBS = {
    Answer.PROHIBITED: "prohibits this since",
    Answer.NOT_YET: "would reach this, but only from",
    Answer.REVIEW: "may reach this; in force since",
    Answer.ADVISED_AGAINST: "advises against this since",
}


def _ground(at: LimbAt, answer: Answer, moment: Moment, exemption: ExemptionAt | None) -> str:
    head = f"{at.measure.short_title} ({at.limb.cite})"
    # Notes of the timeline are its history; only where a date was counted from another is that part of why.
    counted = moment.note and all(moment.note != event.note for event in at.measure.timeline)
    note = f", {moment.note}" if counted else ""
    if answer is Answer.EXEMPT and exemption is not None:
        until = f", until {exemption.end.text}" if exemption.end else ""
        return f"{head} would reach this, but an exception applies{until}: {exemption.rule.text}"
    if exemption is not None:
        over = f"an exception held until {moment.text} and is over: {exemption.rule.text}"
        return f"{head}: {at.limb.says}; {over}"
    if answer is Answer.NOT_YET and not can_begin(moment):
        return f"{head} would reach this, but is only {moment.event} ({moment.text}): {at.limb.says}"
    verbs = _DUTY_VERBS if at.limb.effect is Effect.REQUIRES else _VERBS
    return f"{head} {verbs[answer]} {moment.text} ({moment.event}{note}): {at.limb.says}"


def _would_change(at: LimbAt, case: Situation, answer: Answer, questions: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    if answer is Answer.NOT_YET:
        found += questions
    if answer is Answer.REVIEW:
        found += questions[1:]
    if answer in (Answer.REVIEW, Answer.NOT_YET):
        found += case.maker.notes
    if answer in (Answer.PROHIBITED, Answer.REVIEW, Answer.NOT_YET):
        for exemption, truth in zip(at.exemptions, case.exemptions, strict=True):
            if truth == UNKNOWN and exemption.holds != FALSE:
                until = f" (until {exemption.end.text})" if exemption.end else ""
                found.append(f"the exception: {exemption.rule.text}{until}")
    end = at.life.end if at.life else None
    if answer is Answer.PROHIBITED and end is not None:
        found.append(f"it ends on {end.text} ({end.event})")
    if not at.measure.verified or not at.limb.verified:
        found.append(f"{at.measure.short_title}: not all of it was confirmed in a source")
    return tuple(dict.fromkeys([*found, *at.limb.would_change]))
