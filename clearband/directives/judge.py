"""The judgement of one limb on one situation: the only place where an answer is made.

The situation is given as truth values of the conditions. Columns are judged by judging each distinct pattern
of truth values once, so that one question and a million records go through the same rule.
"""

from __future__ import annotations

from clearband.directives.clock import Life
from clearband.directives.deadlines import Owed, owed
from clearband.directives.limb_day import ExemptionAt, LimbAt, Situation
from clearband.directives.outcome import Outcome
from clearband.directives.reasons import (
    OpenFact,
    doubt_of,
    ground_of,
    named_days,
    open_questions,
    tried_of,
    would_change,
)
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import Effect, Moment
from clearband.model.finding import Answer
from clearband.register.ownership import first_day, last_day


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
        # One that will end only puts off the day: the prohibition is still to come.
        if truth == TRUE and exemption.holds_at_start == TRUE and exemption.end is None:
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
            doubt = doubt or doubt_of(exemption.rule)
    if where.started == UNKNOWN:
        doubt = doubt or f"on which day did it start? The sources {named_days(where.start)}"
    if where.over == UNKNOWN and where.end is not None:
        doubt = doubt or f"on which day did it end? The sources {named_days(where.end)}"
    start = _since_listed(case, where.start)
    if value == UNKNOWN or doubt:
        return _outcome(at, case, Answer.REVIEW, start, doubt=doubt)
    if lapsed is not None and lapsed.rule.separate and lapsed.end is not None:
        return _lapsed(at, case, lapsed, lapsed.end)
    certain = Answer.PROHIBITED if at.limb.effect is Effect.PROHIBITS else Answer.NOT_COVERED
    return _outcome(at, case, certain, start)


def _since_listed(case: Situation, start: Moment) -> Moment:
    """When a limb began to mean this maker: its place on a list may be younger than the limb."""
    since = case.maker.since
    if since is None or first_day(since) <= start.latest:
        return start
    day = first_day(since)
    return Moment("listed", since, day, last_day(since), known_from=day)


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
    questions = open_questions(at, case)
    if doubt:
        questions.append((OpenFact.CONDITION, doubt))
    first = questions[0] if questions else None
    reviewed = answer is Answer.REVIEW
    to_do = _owed(at, case, answer)
    kind_open = reviewed and case.equipment == UNKNOWN
    end = exemption.end if exemption is not None else (at.life.end if at.life else None)
    return Outcome(
        answer=answer,
        directive=source.directive if source else limb.directive,
        clause=source.clause if source else limb.clause,
        event=moment.event,
        event_date=moment.text,
        until=end.text if end and answer is not Answer.NOT_YET else None,
        ground=ground_of(at, answer, moment, exemption),
        question=first[1] if first and reviewed else None,
        would_change=would_change(at, case, answer, [text for _, text in questions]),
        duties=to_do.texts,
        deadlines=to_do.deadlines,
        cite=source.cite if source else limb.cite,
        verified=at.measure.verified and limb.verified and moment.verified,
        control=case.maker.control,
        unidentified=case.maker.unidentified and case.maker.truth == UNKNOWN,
        equipment_known=case.equipment == TRUE,
        unknowns=len(questions),
        open_kinds=at.words.caught[case.kind] if kind_open else (),
        asks_kind=first is not None and first[0] is OpenFact.KIND,
        kind=case.kind,
        at=at,
        tried=tuple(map(tried_of, at.exemptions, case.exemptions)),
    )


def _owed(at: LimbAt, case: Situation, answer: Answer) -> Owed:
    """The duties of the limb; of one still to come only where the maker is one that it means."""
    if at.life is None or (answer is Answer.NOT_YET and case.maker.truth != TRUE):
        return Owed()
    return owed(at.limb, answer, at.life.start.earliest, at.found_on, at.on, at.known_on)
