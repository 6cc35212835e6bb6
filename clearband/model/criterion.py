"""What makers are judged by: criteria with scales and gates, and an authority's profile of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

TIERS: Final = ("T1", "T2", "T3", "T4", "T5")
"""Tiers of equipment: critical, high, moderate, user-side, passive (``facts/equipment.yaml``)."""

LEVELS: Final = ("E0", "E1", "E2", "E3", "E4", "E5")
"""Levels of evidence, from a claim without author to what anyone can recompute."""

Basis = Literal["seen", "secondary", "general-knowledge"]
"""How well the clause of a framework that a criterion points to was seen."""

SubjectKind = Literal["manufacturer", "site", "product-line", "release", "component", "service"]


class Effect(StrEnum):
    """What a gate that is met does, the severest first."""

    REFUSE = "refuse"
    SUSPEND = "suspend"
    INCOMPLETE = "incomplete"
    NO_NEW_PROCUREMENT = "no-new-procurement"
    CONDITION = "condition"
    REASONS = "reasons"
    """Has to be answered in the reasons of a decision; changes no outcome."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a criterion is answered.

    Attributes:
        kind: ``yes-no``; ``maturity`` (0 to 4); ``number``.
        unit: Of a number.
        target: The number that scores 1.
        fail: The number that scores 0; linear between, and the order of the two gives the direction.
    """

    kind: Literal["yes-no", "maturity", "number"]
    unit: str | None = None
    target: Decimal | None = None
    fail: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """The answers that meet a gate; exactly one is given, apart from ranges of numbers (at least, below).

    Attributes:
        answer: ``yes`` or ``no``.
        below: A number or maturity under this.
        at_least: A number or maturity of this or more.
        detail: What the answer has to say beside it; not said at all, the gate is open.
    """

    answer: Literal["yes", "no"] | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """An answer that is never averaged away.

    Attributes:
        tiers: Of equipment, for which it holds.
        text: What it asks for or does, in words.
        with_groups: Counts only beside a finding (a gate met) of a criterion of one of these groups.
        with_criteria: Counts only where these criteria are met as gates too.
        subjects: Kinds of subject; empty for all that the criterion applies to.
    """

    effect: Effect
    when: Trigger
    text: str
    tiers: tuple[str, ...] = TIERS
    with_groups: tuple[str, ...] = ()
    with_criteria: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkPointer:
    """A clause of a framework that a criterion follows, and how well it was seen."""

    framework: str
    clause: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question about a maker, a product line, a component or a service.

    Attributes:
        polarity: ``negative`` where *yes*, or more, is bad.
        weight: 1 to 5, a starting point for profiles.
        measurable_from: Kinds of data that can answer it.
        details: Closer statements that an answer can carry, as pairs of id and meaning.
        political_legal: Describes exposure to states and law, not the product.
    """

    id: str
    group: str
    title: str
    question: str
    applies_to: tuple[SubjectKind, ...]
    scale: Scale
    polarity: Literal["positive", "negative"]
    weight: int
    gates: tuple[Gate, ...]
    evidence_types: tuple[str, ...]
    measurable_from: tuple[str, ...]
    threats: tuple[str, ...]
    pointers: tuple[FrameworkPointer, ...]
    details: tuple[tuple[str, str], ...] = ()
    political_legal: bool = False


@dataclass(frozen=True, slots=True)
class TierPolicy:
    """What a profile asks for in one tier of equipment.

    Attributes:
        least_level: Evidence below it does not count.
        refuse_level: Evidence below it meets no gate that refuses or suspends: the gate stays open.
        list_at: Score from which a subject may be listed.
        refuse_below: Score under which it is refused; between the two it is listed with conditions.
        valid_months: How long a listing holds.
        interim_months: How long an interim listing holds.
    """

    tier: str
    least_level: str
    refuse_level: str
    list_at: Decimal
    refuse_below: Decimal
    valid_months: int
    interim_months: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An authority's policy: criteria chosen and weighed, thresholds, gates, the countries it designates.

    Attributes:
        weights: Of each criterion chosen, by id; those not in it are left out.
        group_weights: Share of each group.
        scales: Targets and fail values that replace the catalogue's, by criterion.
        gates: Gates that replace the catalogue's, by criterion, each with a reason in ``reasons``.
        designated: Countries (ISO 3166-1 alpha-2) that the authority designates, and the day from which.
        binding: Ids of the directives whose lists bind the authority; other lists advise.
        reply_days: Days that a maker has to answer a proposal.
        quorum: Least number of deciders' signatures.
        sha256: Hash of the profile's canonical form.
    """

    id: str
    title: str
    authority: str
    territory: str
    illustration: bool
    catalogue: str
    weights: dict[str, int]
    group_weights: dict[str, int]
    tiers: dict[str, TierPolicy]
    scales: dict[str, Scale]
    gates: dict[str, tuple[Gate, ...]]
    reasons: dict[str, str]
    designated: dict[str, str]
    binding: tuple[str, ...]
    reply_days: int
    quorum: int
    sha256: str
