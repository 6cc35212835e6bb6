"""One question to the law, in plain words, and its answer with the reasons.

Uses the same judgement as the columns (`judge`), without columns: a question is answered at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from clearband.directives.attributes import Reading
from clearband.directives.deadlines import Deadline
from clearband.directives.judge import Kind, LimbAt, Outcome, Situation, Tried, judge
from clearband.directives.law import Law
from clearband.directives.maker_match import MakerStatus, Register
from clearband.directives.makers import MAKER_PLACEHOLDER, Maker
from clearband.directives.ranking import miss_words, misses, nearness, strictest_first
from clearband.directives.situations import FOREIGN, Conditions
from clearband.errors import UsageError
from clearband.facts.equipment_words import EquipmentWords
from clearband.model.finding import PRECEDENCE, Answer

SCHEMA: Final = "https://clearband.dev/schema/ask-answer-1.json"

Resolve = Callable[[str], tuple[str, ...]]
"""A maker's name as people write it to the register ids it can mean; empty when there is none."""

_DESCRIBES: Final = re.compile(
    r"^(any|a|the|some)?\s*(maker|manufacturer|vendor|supplier|company|applicant)\b", re.IGNORECASE
)
_COUNTRY: Final = re.compile(r"^[A-Z]{2}$")
_MORE_NEAR: Final = 2
NOT_UNDERSTOOD: Final = "not understood: counts as not known"


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words.

    Attributes:
        maker: A name, ``any``, or a description such as "maker holding a Conditional Approval".
        made_in: ISO 3166-1 alpha-2 code of the country of production, or ``foreign``.
        holding: An approval that is held.
        known_on: The day whose knowledge is used; None for everything the facts hold.
        obtained: The day on which the item was bought or put to use, where it is an item that exists.
        found_on: The day on which it was found, from which the clocks of duties run; None for the day ``on``.
    """

    maker: str
    actor: str
    action: str
    on: date
    equipment: str | None = None
    purpose: str | None = None
    made_in: str | None = None
    holding: str | None = None
    known_on: date | None = None
    obtained: date | None = None
    found_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause that speaks: the first decides."""

    directive: str
    title: str
    clause: str
    cite: str
    answer: Answer
    event: str
    date: str
    note: str
    until: str | None
    verified: bool
    control: str | None
    tried: tuple[Tried, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; what is not known is left out."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "tried"}
        found = {name: value for name, value in values.items() if value is not None}
        if self.tried:
            found["exceptions_tried"] = [
                {key: value for key, value in asdict(one).items() if value is not None} for one in self.tried
            ]
        return found


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """The answer, why, what would change it, what must be done, and how the words were read.

    Attributes:
        drafts: What each draft would answer, by its id and title; none of it is part of the answer.
        deadlines: Duties with a clock, the earliest first.
    """

    answer: Answer
    because: tuple[Reason, ...]
    question: str | None
    would_change: tuple[str, ...]
    duties: tuple[str, ...]
    advice: tuple[Reason, ...]
    read_as: dict[str, Any]
    drafts: tuple[tuple[str, str, AskAnswer], ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The published form, ``facts/schemas/ask-answer.schema.json``."""
        found: dict[str, Any] = {
            "schema": SCHEMA,
            "answer": self.answer.value,
            "because": [reason.as_json() for reason in self.because],
            "would_change": list(self.would_change),
            "duties": list(self.duties),
            "read_as": self.read_as,
        }
        if self.question:
            found["question"] = self.question
        if self.deadlines:
            found["deadlines"] = [one.as_json() for one in self.deadlines]
        if self.advice:
            found["advice"] = [reason.as_json() for reason in self.advice]
        if self.drafts:
            found["drafts"] = [
                {"draft": draft, "title": title, **said.as_draft()} for draft, title, said in self.drafts
            ]
        return found

    def as_draft(self) -> dict[str, Any]:
        """The same for an answer of a draft: without what the whole question shares."""
        return {key: value for key, value in self.as_json().items() if key not in ("schema", "read_as")}


@dataclass(frozen=True, slots=True)
class _Read:
    """The question's words as the law's words."""

    maker: str | None
    status: MakerStatus
    category: str | None
    purpose: Reading
    made_in: str | None
    approval: Reading
    read_as: dict[str, Any]


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
    meant = _read(question, law, register, resolve, words)
    drafts = tuple(
        (draft.measure.id, draft.measure.short_title, _ask_all(meant, question, draft.law, register))
        for draft in law.drafts
    )
    return replace(_ask_all(meant, question, law, register), drafts=drafts)


def _ask_all(meant: list[_Read], question: Question, law: Law, register: Register) -> AskAnswer:
    """The answer for all that the maker's name can mean: the strictest, or its owner's."""
    answers = [(read.maker or "", _ask_of(read, question, law, register)) for read in meant]
    maker, strictest = min(answers, key=_precedence)
    above = {path.target for path in register.relations(maker, question.on) if path.relation == "controlled"}
    owners = [answer for answer in answers if answer[0] in above]
    # A name that also means the owner of the one that the law names is most likely its owner's.
    return min(owners, key=_precedence)[1] if owners else strictest


def _precedence(answer: tuple[str, AskAnswer]) -> int:
    return PRECEDENCE[answer[1].answer]


def _ask_of(read: _Read, question: Question, law: Law, register: Register) -> AskAnswer:
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
    read: _Read,
    question: Question,
    law: Law,
) -> AskAnswer:
    outcomes.sort(key=strictest_first)
    binding = [outcome for outcome in outcomes if outcome.answer is not Answer.ADVISED_AGAINST]
    advice = tuple(_reason(o, question) for o in outcomes if o.answer is Answer.ADVISED_AGAINST)
    if binding:
        first = binding[0]
        return AskAnswer(
            first.decides,
            # Limbs of one clause that say the same are one reason.
            tuple(dict.fromkeys(_reason(outcome, question) for outcome in binding)),
            _with_name(_asked(binding, law), question),
            _with_names([text for o in binding for text in o.would_change], question),
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
        tuple(_near_reason(item) for item in shown),
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


def _reason(outcome: Outcome, question: Question) -> Reason:
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
    )


def _with_name(text: str | None, question: Question) -> str | None:
    return text.replace(MAKER_PLACEHOLDER, question.maker) if text else None


def _with_names(texts: list[str], question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(MAKER_PLACEHOLDER, question.maker) for text in texts))


def _read(
    question: Question, law: Law, register: Register, resolve: Resolve, words: EquipmentWords
) -> list[_Read]:
    """The question in the law's words, once for each organisation that the maker's name can mean."""
    makers, described = _read_maker(question.maker, law, resolve)
    read_as: dict[str, Any] = {}
    # An approval may be told with the purpose or the equipment ("a model authorised before"), as people do.
    approval = law.approvals.read(question.holding, described, question.purpose, question.equipment)
    if approval.understood or question.holding or described:
        read_as["holding"] = list(approval.stated) or NOT_UNDERSTOOD
    makes = {
        kind
        for org, _, _ in makers
        if org is not None and org in register.organisations
        for kind in register.organisations[org].makes
    }
    category = _read_equipment(question.equipment, makes, law, words, read_as)
    purpose = law.purposes.read(question.purpose, question.equipment)
    if purpose.understood or (question.purpose and not law.approvals.read(question.purpose).understood):
        read_as["purpose"] = list(purpose.stated) or NOT_UNDERSTOOD
    if question.made_in:
        read_as["made_in"] = _country(question.made_in)
    if question.obtained:
        read_as["obtained"] = question.obtained.isoformat()
    made_in = read_as.get("made_in")
    return [
        _Read(maker, status, category, purpose, made_in, approval, {"maker": shown, **read_as})
        for maker, status, shown in makers
    ]


def _read_maker(
    text: str, law: Law, resolve: Resolve
) -> tuple[list[tuple[str | None, MakerStatus, str]], str | None]:
    """The makers meant (id, status, how it was read), and a description that states an approval."""
    stated = text.strip()
    if stated.casefold() in law.vocabulary.any_maker:
        return [(None, "any", "any maker")], None
    if _DESCRIBES.match(stated) and law.approvals.read(stated).understood:
        return [(None, "any", "any maker")], stated
    if not stated or stated.casefold() in ("unknown", "unidentified"):
        return [(None, "unidentified", "not known")], None
    ids = resolve(stated)
    if not ids:
        slug = "-".join(stated.casefold().split())
        return [(slug, "named", f"{stated} (not in the register)")], None
    if len(ids) == 1:
        return [(ids[0], "identified", ids[0])], None
    return [
        (org, "identified", f"{org} (the name may also mean {', '.join(o for o in ids if o != org)})")
        for org in ids
    ], None


def _read_equipment(
    text: str | None, makes: Collection[str], law: Law, words: EquipmentWords, read_as: dict[str, Any]
) -> str | None:
    """The category that a text means; one typed exactly is itself, whatever the word means elsewhere."""
    if text is None:
        return None
    match = words.find(text)
    found = text if text in law.equipment.categories else match.category if match else None
    if found is None:
        read_as["equipment"] = NOT_UNDERSTOOD
        return None
    if match is not None and match.whole and found != text:
        found = law.equipment.in_doubt(found, match.words, makes)
    read_as["equipment"] = f"{found} ({law.equipment.categories[found]})"
    return found


def _country(text: str) -> str:
    if text.casefold() in (FOREIGN, "abroad", "a foreign country"):
        return FOREIGN
    code = {"UK": "GB", "USA": "US"}.get(text.upper(), text.upper())
    if not _COUNTRY.match(code):
        raise UsageError(
            f'"{text}" is no country code', remedy='write two letters of ISO 3166-1, or "foreign"'
        )
    return code
