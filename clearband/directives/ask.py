"""One question to the law, in plain words, and its answer with the reasons.

Uses the same judgement as the columns (`judge`), without columns: a question is answered at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from clearband.directives.answer import AskAnswer, Reason
from clearband.directives.judge import judge
from clearband.directives.law import Law
from clearband.directives.limb_day import Kind, LimbAt, Situation
from clearband.directives.maker_match import Register
from clearband.directives.makers import MAKER_PLACEHOLDER, Maker
from clearband.directives.outcome import Outcome
from clearband.directives.question_words import Question, QuestionRead, Resolve, read_question
from clearband.directives.ranking import miss_words, misses, nearness, strictest_first
from clearband.directives.situations import Conditions
from clearband.facts.equipment_words import EquipmentWords
from clearband.model.finding import PRECEDENCE, Answer

_MORE_NEAR: Final = 2


@dataclass(frozen=True, slots=True)
class _Near:
    """How near a limb came: the lowest score is the nearest."""

    score: int
    number: int
    at: LimbAt
    missed: frozenset[str]
    later: str | None

    def words(self) -> str:
        return miss_words(self.at, self.missed, self.later)


def ask(
    question: Question, law: Law, register: Register, resolve: Resolve, words: EquipmentWords
) -> AskAnswer:
    """Answer one question.

    Args:
        resolve: Finds the register ids a maker's name can mean; of several the strictest answer is given.
        words: Finds the category of a piece of equipment in plain words.

    Raises:
        UsageError: An actor, action or country is not known; names the nearest.
    """
    actor, action = law.vocabulary.actor(question.actor), law.vocabulary.action(question.action)
    question = replace(question, actor=actor, action=action)
    meant = read_question(question, law, register, resolve, words)
    drafts = tuple(
        (draft.measure.id, draft.measure.short_title, _ask_all(meant, question, draft.law, register))
        for draft in law.drafts
    )
    return replace(_ask_all(meant, question, law, register), drafts=drafts)


def _ask_all(meant: list[QuestionRead], question: Question, law: Law, register: Register) -> AskAnswer:
    """The answer for all that the maker's name can mean: the strictest, or its owner's."""
    answers = [(read.maker or "", _ask_of(read, question, law, register)) for read in meant]
    maker, strictest = min(answers, key=_precedence)
    above = {path.target for path in register.relations(maker, question.on) if path.relation == "controlled"}
    owners = [answer for answer in answers if answer[0] in above]
    # A name that also means the owner of the one that the law names is most likely its owner's.
    return min(owners, key=_precedence)[1] if owners else strictest


def _precedence(answer: tuple[str, AskAnswer]) -> int:
    return PRECEDENCE[answer[1].answer]


def _ask_of(read: QuestionRead, question: Question, law: Law, register: Register) -> AskAnswer:
    maker = Maker(
        read.maker,
        read.status,
        register,
        question.on,
        question.known_on,
        question.obtained,
        partial(law.equipment.may_be_made_by, read.category),
    )
    conditions = Conditions(law)
    actors = law.vocabulary.as_also(question.actor)
    outcomes: list[Outcome] = []
    near: list[_Near] = []
    for number, limb in enumerate(law.limbs):
        at = conditions.at(limb, question.on, question.known_on, question.found_on)
        case = Situation(
            maker.match(limb.makers, at.measure.first_event, new=question.action in limb.new_for),
            conditions.equipment(limb, read.category),
            conditions.purpose(limb, read.purpose),
            conditions.made_in(limb, read.made_in),
            tuple(
                conditions.exemption(rule, read.category, read.purpose, read.approval)
                for rule in limb.exemptions
            ),
            conditions.kind(read.category),
            conditions.purpose_question(limb, read.purpose),
            bool(conditions.akin(limb, read.category)),
        )
        actor, action = bool(actors & limb.actors), question.action in limb.actions
        missed = misses(at, case, actor=actor, action=action)
        score = nearness(at, case, missed)
        if score is not None:
            near.append(_Near(score, number, at, missed, case.maker.would_change))
        if not (actor and action):
            continue
        outcome = judge(at, case)
        if outcome is not None:
            outcomes.append(outcome)
    near.sort(key=lambda item: (item.score, item.number))
    return _answer(outcomes, near, read, question, law)


def _answer(
    outcomes: list[Outcome],
    near: list[_Near],
    read: QuestionRead,
    question: Question,
    law: Law,
) -> AskAnswer:
    outcomes.sort(key=strictest_first)
    binding = [outcome for outcome in outcomes if outcome.answer is not Answer.ADVISED_AGAINST]
    advice = tuple(_reason(o, question, law) for o in outcomes if o.answer is Answer.ADVISED_AGAINST)
    if binding:
        first, asked = binding[0], _asked(binding, law)
        # Who made it is asked by each clause with makers of its own: the first alone would hide the others.
        more = [o.question for o in binding if o.question and o.question != asked and not o.asks_kind]
        return AskAnswer(
            first.decides,
            # Limbs of one clause that say the same are one reason.
            tuple(dict.fromkeys(_reason(outcome, question, law) for outcome in binding)),
            _with_name(asked, question),
            _with_names([*more, *(text for o in binding for text in o.would_change)], question),
            tuple(dict.fromkeys(duty for outcome in binding for duty in outcome.duties)),
            advice,
            read.read_as,
            deadlines=tuple(
                sorted(
                    dict.fromkeys(one for outcome in binding for one in outcome.deadlines),
                    key=lambda one: (one.due, one.directive, one.clause),
                )
            ),
        )
    shown = [item for item in near if not item.missed or item.missed == {"not_begun"}] or near[:1]
    if near and near[0] not in shown:
        shown.insert(0, near[0])
    return AskAnswer(
        Answer.NOT_COVERED,
        tuple(dict.fromkeys(_near_reason(item) for item in shown)),
        None,
        _with_names(_what_would_reach(near, shown), question),
        (),
        advice,
        read.read_as,
    )


def _asked(binding: list[Outcome], law: Law) -> str | None:
    """The one question whose answer helps most; about the kind of item, with all the kinds that matter."""
    first = binding[0]
    if first.asks_kind and first.open_kinds:
        kinds = {name for outcome in binding for name in outcome.open_kinds}
        return law.equipment.what_kind(kinds, service=first.kind is not Kind.EQUIPMENT)
    return first.question or (first.would_change[0] if first.decides is Answer.UNIDENTIFIED else None)


def _what_would_reach(near: list[_Near], shown: list[_Near]) -> list[str]:
    """What would have to be different, from the nearest measures and from tests that nobody has met yet."""
    other_maker = [item for item in near if item.missed == {"maker"}]
    found = [item.later for item in other_maker if item.later]
    found += [text for item in (*shown, *other_maker) for text in item.at.limb.would_change]
    return found + [item.words() for item in near[1 : 1 + _MORE_NEAR]]


def _reason(outcome: Outcome, question: Question, law: Law) -> Reason:
    return Reason(
        outcome.directive,
        outcome.at.measure.short_title,
        outcome.clause,
        outcome.cite,
        outcome.answer,
        outcome.event,
        outcome.event_date,
        _with_name(outcome.ground, question) or "",
        outcome.until,
        outcome.verified,
        outcome.control,
        outcome.tried,
        law.measures[outcome.directive].own,  # of a licence, what permits and not what it relaxes
    )


def _near_reason(item: _Near) -> Reason:
    at = item.at
    assert at.life is not None
    start = at.life.start
    return Reason(
        at.limb.directive,
        at.measure.short_title,
        at.limb.clause,
        at.limb.cite,
        Answer.NOT_COVERED,
        start.event,
        start.text,
        item.words(),
        None,
        at.measure.verified and at.limb.verified and start.verified,
        None,
        own=at.measure.own,
    )


def _with_name(text: str | None, question: Question) -> str | None:
    return text.replace(MAKER_PLACEHOLDER, question.maker) if text else None


def _with_names(texts: list[str], question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(MAKER_PLACEHOLDER, question.maker) for text in texts))
