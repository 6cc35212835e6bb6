"""The form of ``criteria/*.yaml`` and ``criteria_terms.yaml``: what makers are judged by."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FactDate, Slug, Text
from clearband.model.criterion import Basis, Effect, SubjectKind

CriterionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]
Level = Literal["E0", "E1", "E2", "E3", "E4", "E5"]
Tier = Literal["T1", "T2", "T3", "T4", "T5"]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*(:[A-Za-z0-9-]+)?$", max_length=60)]


class ScaleFact(Fact):
    """How a criterion is answered; of a number the order of target and fail gives the direction."""

    kind: Literal["yes-no", "maturity", "number"]
    unit: Text | None = None
    target: Decimal | None = None
    fail: Decimal | None = None

    @model_validator(mode="after")
    def _numbers(self) -> Self:
        given = (self.unit, self.target, self.fail)
        if self.kind == "number" and (None in given or self.target == self.fail):
            raise ValueError("a number needs a unit, a target and a different fail value")
        if self.kind != "number" and any(part is not None for part in given):
            raise ValueError("unit, target and fail belong to numbers")
        return self


class TriggerFact(Fact):
    """The answers that meet a gate: a word, or a range; with a detail, where it needs one."""

    answer: Literal["yes", "no"] | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    detail: Slug | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if (self.answer is None) == (self.below is None and self.at_least is None):
            raise ValueError("say an answer, or below and at_least")
        return self


class GateFact(Fact):
    """An answer that is never averaged away, and what it does."""

    effect: Effect
    when: TriggerFact
    text: Text
    tiers: tuple[Tier, ...] = ("T1", "T2", "T3", "T4", "T5")
    subjects: tuple[SubjectKind, ...] = ()
    with_groups: tuple[Slug, ...] = ()
    with_criteria: tuple[CriterionId, ...] = ()


class DetailFact(Fact):
    """A closer statement that an answer can carry, on which a gate may turn."""

    id: Slug
    what: Text


class PointerFact(Fact):
    """A clause of a framework, and how well it was seen."""

    framework: Key
    clause: Text
    basis: Basis


class CriterionFact(Fact):
    """One question, with its scale, its gates and the frameworks that it follows."""

    id: CriterionId
    title: Text
    question: Text
    applies_to: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    scale: ScaleFact
    polarity: Literal["positive", "negative"]
    weight: int = Field(ge=1, le=5)
    political_legal: bool = False
    details: tuple[DetailFact, ...] = ()
    gates: tuple[GateFact, ...] = ()
    evidence_types: Annotated[tuple[Slug, ...], Field(min_length=1)]
    measurable_from: Annotated[tuple[Slug, ...], Field(min_length=1)]
    threats: tuple[Key, ...] = ()
    pointers: Annotated[tuple[PointerFact, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _gates_fit(self) -> Self:
        words = self.scale.kind == "yes-no"
        held = {detail.id for detail in self.details}
        for gate in self.gates:
            if words != (gate.when.answer is not None):
                raise ValueError(f"{self.id}: a gate asks for what the scale {self.scale.kind} cannot answer")
            if gate.when.detail and gate.when.detail not in held:
                raise ValueError(f'{self.id}: "{gate.when.detail}" is no detail of it; it has {sorted(held)}')
        scale = self.scale
        if scale.target is not None and scale.fail is not None:
            good_is_more = scale.target > scale.fail
            if good_is_more != (self.polarity == "positive"):
                raise ValueError(f"{self.id}: target and fail contradict the polarity {self.polarity}")
        return self


class CriteriaFile(Fact):
    """The criteria of one group."""

    group: Slug
    criteria: tuple[CriterionFact, ...]


class TermFact(Fact):
    """A word of the catalogue and what it means."""

    id: Text
    title: Text


class EvidenceTypeFact(Fact):
    """A type of evidence; without months it holds until its own end."""

    id: Slug
    default_level: Level
    stale_after_months: int | None = Field(None, gt=0)
    what: Text


class MeasureFact(Fact):
    """A kind of data that can answer criteria."""

    id: Slug
    what: Text


class ThreatSourceFact(Fact):
    """Whose list the threats of a scheme are."""

    scheme: Text
    source: Text


class GroupFact(Fact):
    """A group of criteria and the share of the whole that is suggested for it."""

    id: Slug
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    title: Text
    suggested_share: int = Field(gt=0, le=100)


class FrameworkFact(Fact):
    """A law, standard or scheme that criteria point to; ``basis`` says how well the document was seen."""

    id: Key
    title: Text
    owner: Text | None = None
    kind: Text | None = None
    issued: FactDate | Text | None = None
    url: Text | None = None
    basis: Basis
    note: Text | None = None


class CriteriaTermsFile(Fact):
    """What the criteria speak of."""

    compiled: FactDate
    notes: tuple[Text, ...] = ()
    evidence_levels: tuple[TermFact, ...]
    evidence_types: tuple[EvidenceTypeFact, ...]
    measurable_from: tuple[MeasureFact, ...]
    threats: tuple[TermFact, ...]
    threat_sources: tuple[ThreatSourceFact, ...] = ()
    groups: tuple[GroupFact, ...]
    frameworks: tuple[FrameworkFact, ...]
