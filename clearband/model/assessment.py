"""An examination of one subject: answers with evidence, what they add up to, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from clearband.model.criterion import Effect, SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What is assessed.

    Attributes:
        id: Own id of the subject, a slug, stable over assessments.
        maker: Id of the register, or None for a maker that it does not know; ``name`` says which.
        category: Category of equipment, where it is one.
        tier: Tier of that equipment.
        territory: Where a listing is to hold (ISO 3166-1 alpha-2, or ``EU``).
        identifiers: Pairs of kind (``lei``, ``cage``, ``cpe``, ``certificate`` …) and text.
    """

    kind: SubjectKind
    id: str
    name: str
    maker: str | None
    tier: str
    territory: str
    category: str | None = None
    release: str | None = None
    scope: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence: a document, a register extract, a test report, a calculation.

    Attributes:
        level: E0 to E5.
        source: Where it is from: an address, a register, a laboratory.
        expires: First day on which it no longer counts; None where the type's own life is used.
        sha256: Of the file; None where there is none.
        closed: Only its hash, level and holder are published.
        holder: Organisation that holds a closed one.
    """

    id: str
    type: str
    level: str
    title: str
    source: str
    collected: date
    expires: date | None = None
    sha256: str | None = None
    closed: bool = False
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What was answered: a word, a number, or a range of numbers.

    Attributes:
        word: ``yes``, ``no``, ``unknown``, ``not-applicable``; None for numbers.
        low: Least value of a number or maturity; None beside a high: no lower bound is known.
        high: Greatest; the same as ``low`` for one number; None beside a low: at least that many.
    """

    word: Literal["yes", "no", "unknown", "not-applicable"] | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """One answer to one criterion, from one source; several may disagree.

    Attributes:
        origin: ``vendor``, ``assessor``, or ``auto:RULE`` for what was computed.
        by: Organisation that answered.
        inputs: Hash of what an automatic answer was made from.
        details: Closer statements of the criterion that hold; None where nothing was said of them.
        open_details: Those of which it is not known whether they hold.
        reason: Why, in words; obligatory for *not applicable* and for automatic answers.
    """

    criterion: str
    value: Value
    origin: str
    by: str
    evidence: tuple[str, ...] = ()
    details: tuple[str, ...] | None = None
    open_details: tuple[str, ...] = ()
    reason: str | None = None
    inputs: str | None = None


@dataclass(frozen=True, slots=True)
class Assessor:
    """An organisation that assessed or tested, and what it declared of its ties to the subject.

    Attributes:
        conflicts: Ties declared; empty where it declared to have none.
        declared_on: Day of the declaration; None: nothing was declared, and its answers do not count.
        undeclared: A tie that was found and not declared: everything it answered is void.
    """

    organisation: str
    role: Literal["assessor", "laboratory", "auditor"]
    declared_on: date | None
    conflicts: tuple[str, ...] = ()
    undeclared: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is known of a subject on a day, under one profile.

    Attributes:
        on: Day of the assessment: evidence is in force, or not, on it.
        catalogue_sha256: Of the criteria it was made with.
        profile_sha256: Of the profile.
    """

    id: str
    subject: Subject
    on: date
    profile: str
    catalogue_sha256: str
    profile_sha256: str
    assessors: tuple[Assessor, ...]
    evidence: tuple[EvidenceItem, ...]
    answers: tuple[CriterionAnswer, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of scores within 0..1; one number when both ends are equal."""

    low: Decimal
    high: Decimal


class GateState(StrEnum):
    """Whether a gate is met by the answers there are."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not-met"


class Outcome(StrEnum):
    """What an assessment comes to, the best first."""

    LIST = "listed"
    INTERIM = "listed-interim"
    CONDITIONAL = "listed-conditional"
    INCOMPLETE = "incomplete"
    REFUSE = "refused"


@dataclass(frozen=True, slots=True)
class GateResult:
    """A gate and how it stands.

    Attributes:
        level: Weakest level of evidence that it rests on; None where nothing was answered.
    """

    criterion: str
    effect: Effect
    state: GateState
    text: str
    evidence: tuple[str, ...]
    level: str | None
    why: str


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """A criterion with its interval and why it is that.

    Attributes:
        answers: Positions in `Assessment.answers` that count.
        unanswered: Why nothing counts (no answer, evidence stale or too weak, assessor void), if so.
        closed: Whether it rests on closed evidence.
    """

    criterion: str
    interval: Interval
    weight: int
    answers: tuple[int, ...]
    level: str | None
    disagreement: bool
    unanswered: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """Gates, scores, and the outcomes that are still possible.

    Attributes:
        outcomes: From the worst to the best still possible; one is a proposal, several are undetermined.
        decisive: Criteria of which a single answer, given or changed, changes the outcomes; with what to.
        weakest_level: Weakest level of evidence that carries a decided outcome.
        closed_share: Share of the weight answered that rests on closed evidence, 0..1.
    """

    assessment: str
    gates: tuple[GateResult, ...]
    criteria: tuple[CriterionScore, ...]
    groups: dict[str, Interval]
    score: Interval
    outcomes: tuple[Outcome, ...]
    conditions: tuple[str, ...]
    decisive: tuple[tuple[str, str, tuple[Outcome, ...]], ...]
    weakest_level: str | None
    closed_share: Decimal
