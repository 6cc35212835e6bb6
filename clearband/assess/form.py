"""The form of an assessment's file: what its JSON Schema is made from."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text
from clearband.facts.schema.criteria import CriterionId, Level, Tier
from clearband.model.criterion import SubjectKind

SCHEMA: Final = "https://clearband.dev/schema/assessment-1.json"
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Territory = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Origin = Annotated[str, StringConstraints(pattern=r"^(vendor|assessor|auto:[A-Z]{3}-\d{2})$")]
Number = Annotated[Decimal, Field(max_digits=24, decimal_places=12, allow_inf_nan=False)]
"""Small enough that sums of thousands of them stay exact and quick."""


class SubjectForm(Fact):
    """What is assessed: an organisation or a product, never a person."""

    kind: SubjectKind
    id: Slug
    name: Text
    maker: Slug | None = Field(None, description="Id of the register; left out for a maker it does not know.")
    tier: Tier
    territory: Territory
    category: Slug | None = None
    release: Text | None = None
    scope: Text | None = None
    identifiers: tuple[tuple[Slug, Text], ...] = ()


class AssessorForm(Fact):
    """An organisation that assessed or tested, and the ties that it declared."""

    organisation: Text
    role: Literal["assessor", "laboratory", "auditor"]
    declared_on: FullDate | None = Field(
        None, description="Without it, what the organisation says does not count."
    )
    conflicts: tuple[Text, ...] = ()
    undeclared: Text | None = Field(
        None, description="A tie found and not declared: all that it said is void."
    )


class EvidenceForm(Fact):
    """One piece of evidence."""

    id: Slug
    type: Slug
    level: Level
    title: Text
    source: Text
    collected: FullDate
    expires: FullDate | None = Field(None, description="First day on which it no longer counts.")
    sha256: Hash | None = None
    closed: bool = Field(False, description="Only its hash, level and holder are published.")
    holder: Text | None = None

    @model_validator(mode="after")
    def _closed_has_hash(self) -> Self:
        if self.closed and not (self.sha256 and self.holder):
            raise ValueError("closed evidence needs a hash and a holder; add sha256 and holder")
        if self.expires is not None and self.expires <= self.collected:
            raise ValueError("the evidence expires before it was collected; correct a date")
        return self


class ValueForm(Fact):
    """A word, a number, or a range of numbers; a range may be open at one end."""

    word: Literal["yes", "no", "unknown", "not-applicable"] | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        numbers = self.low is not None or self.high is not None
        if (self.word is None) != numbers:
            raise ValueError("a value is a word, or low and high; write one of the two")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high; swap them")
        return self


class AnswerForm(Fact):
    """One answer to one criterion, from one source."""

    criterion: CriterionId
    value: ValueForm
    origin: Origin
    by: Text
    evidence: tuple[Slug, ...] = ()
    details: tuple[Slug, ...] | None = Field(None, description="Statements of the criterion that hold.")
    open_details: tuple[Slug, ...] = Field((), description="Those not known to hold or not.")
    reason: Text | None = None
    inputs: Hash | None = None

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        if self.value.word == "not-applicable" and self.reason is None:
            raise ValueError("not-applicable needs a reason; add one")
        if self.origin.startswith("auto:") and (self.reason is None or self.inputs is None):
            raise ValueError("an automatic answer names its reason and inputs; answer as assessor instead")
        return self


class AssessmentForm(Fact):
    """All that is known of a subject on a day, under one profile."""

    form: Literal["https://clearband.dev/schema/assessment-1.json"] = Field(alias="schema")
    id: Slug
    subject: SubjectForm
    on: FullDate
    profile: Slug
    catalogue_sha256: Hash
    profile_sha256: Hash
    assessors: tuple[AssessorForm, ...] = ()
    evidence: tuple[EvidenceForm, ...] = ()
    answers: tuple[AnswerForm, ...] = ()
