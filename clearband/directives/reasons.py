"""The reasons of an outcome in words: what is asked, on what ground, what would change it."""

from __future__ import annotations

from enum import IntEnum

from clearband.directives.clock import can_begin
from clearband.directives.limb_day import ExemptionAt, Kind, LimbAt, Situation
from clearband.directives.outcome import Tried
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import Effect, Exemption, Moment
from clearband.model.finding import Answer


class OpenFact(IntEnum):
    """The facts that a limb can miss, in the order in which they are asked for.

    Each of them alone can clear the item. Who made it, or when, clears it of most clauses at once; what it is
    used for clears it whatever its kind; what it is, is seen sooner than where it was produced.
    """

    MAKER = 0
    PURPOSE = 1
    KIND = 2
    ORIGIN = 3
    CONDITION = 4


def open_questions(at: LimbAt, case: Situation) -> list[tuple[OpenFact, str]]:
    """Return what is not known and decides, each with its question, the first to ask for first."""
    found: list[tuple[OpenFact, str]] = []
    if case.maker.truth == UNKNOWN and case.maker.question:
        found.append((OpenFact.MAKER, case.maker.question))
    if case.purpose == UNKNOWN:
        found.append((OpenFact.PURPOSE, case.purpose_question or at.words.purpose))
    if case.equipment == UNKNOWN:
        found.append((OpenFact.KIND, at.words.kind[case.kind]))
    if case.made_in == UNKNOWN:
        found.append((OpenFact.ORIGIN, at.words.made_in))
    if at.limb.asks is not None:
        found.append((OpenFact.CONDITION, at.limb.asks))
    if case.kind is Kind.EQUIPMENT and case.maker.truth == UNKNOWN and not case.maker.unidentified:
        # One look at the item tells its kind; who stands behind its maker takes a search.
        found.sort(key=lambda item: item[0] is not OpenFact.KIND)
    return found


def tried_of(exemption: ExemptionAt, truth: int) -> Tried:
    """Return how an exception stands: by its dates, and by the truth of its condition."""
    rule = exemption.rule
    holds = {TRUE: "yes", UNKNOWN: "unknown", FALSE: "no"}[truth]
    if truth != FALSE and exemption.over:
        holds = "over"
    elif truth != FALSE and exemption.holds == FALSE:
        holds = "not-begun"
    return Tried(rule.id, rule.directive, rule.text, holds, exemption.end.text if exemption.end else None)


def doubt_of(rule: Exemption) -> str:
    """Return the question whether an exception applies."""
    return rule.question or f"does this exception apply: {rule.text}?"


def rests_on(rule: Exemption, ground: str | None, question: str | None) -> bool:
    """Return whether an answer rests on an exception: it applies, or whether it does is the question."""
    applies = ground is not None and _APPLIES in ground and ground.endswith(f": {rule.text}")
    return applies or (rule.review_if_unknown and question == doubt_of(rule))


_APPLIES = "but an exception applies"


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


def ground_of(at: LimbAt, answer: Answer, moment: Moment, exemption: ExemptionAt | None) -> str:
    """Return the clause, the day that decides and what it says, in one sentence."""
    head = f"{at.measure.short_title} ({at.limb.cite})"
    # Notes of the timeline are its history; only where a date was counted from another is that part of why.
    counted = moment.note and all(moment.note != event.note for event in at.measure.timeline)
    note = f", {moment.note}" if counted else ""
    if answer is Answer.EXEMPT and exemption is not None:
        until = f", until {exemption.end.text}" if exemption.end else ""
        return f"{head} would reach this, {_APPLIES}{until}: {exemption.rule.text}"
    if exemption is not None:
        over = f"an exception held until {moment.text} and is over: {exemption.rule.text}"
        return f"{head}: {at.limb.says}; {over}"
    if answer is Answer.NOT_YET and not can_begin(moment):
        return f"{head} would reach this, but is only {moment.event} ({moment.text}): {at.limb.says}"
    verbs = _DUTY_VERBS if at.limb.effect is Effect.REQUIRES else _VERBS
    # Nobody is asked about advice, so the condition of advice stands with it.
    only = answer is Answer.ADVISED_AGAINST and at.limb.asks is not None
    condition = f"; only where the answer is yes: {at.limb.asks}" if only else ""
    return f"{head} {verbs[answer]} {moment.text} ({moment.event}{note}): {at.limb.says}{condition}"


def would_change(at: LimbAt, case: Situation, answer: Answer, questions: list[str]) -> tuple[str, ...]:
    """Return what would make the answer another: open facts, exceptions not tried out, an end to come."""
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


def named_days(moment: Moment) -> str:
    """What the sources say of a moment whose day is not certain."""
    if moment.latest.isoformat() == moment.text != moment.earliest.isoformat():
        return f"differ: {moment.earliest} or {moment.text}"
    return f"say only {moment.text}"
