"""The catalogue of criteria as it ships, with the words it is written in and the hash that pins it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from clearband.facts.store import compiled
from clearband.model.canonical import sha256
from clearband.model.criterion import Criterion, Effect, FrameworkPointer, Gate, Scale, Trigger


@dataclass(frozen=True, slots=True)
class EvidenceType:
    """A type of evidence.

    Attributes:
        default_level: Level of such evidence when nothing else is said.
        stale_after_months: How long it holds after it was collected; None: until its own end.
    """

    id: str
    default_level: str
    stale_after_months: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria and the share of the whole suggested for it."""

    id: str
    title: str
    suggested_share: int


@dataclass(frozen=True, slots=True)
class Framework:
    """A document that criteria point to, and how well it was seen."""

    id: str
    title: str
    basis: str
    owner: str | None
    kind: str | None
    issued: str | None
    url: str | None
    note: str | None


@dataclass(frozen=True)
class Catalogue:
    """All criteria.

    Attributes:
        criteria: By id, in the order of the groups.
        measures: Kinds of data that can answer criteria, and what they are.
        sha256: Hash of the canonical form of everything that judges: what an assessment pins.
    """

    compiled: str
    criteria: dict[str, Criterion]
    groups: dict[str, Group]
    evidence_types: dict[str, EvidenceType]
    levels: dict[str, str]
    frameworks: dict[str, Framework]
    threats: dict[str, str]
    measures: dict[str, str]
    notes: tuple[str, ...]
    sha256: str


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of the facts, read once."""
    facts = compiled()
    terms = facts.read("criteria_terms")
    groups = {one["id"]: Group(one["id"], one["title"], one["suggested_share"]) for one in terms["groups"]}
    files = {content["group"]: content["criteria"] for content in facts.read("criteria")}
    criteria = {raw["id"]: _criterion(group, raw) for group in groups for raw in files.get(group, ())}
    types = {
        one["id"]: EvidenceType(one["id"], one["default_level"], one.get("stale_after_months"), one["what"])
        for one in terms["evidence_types"]
    }
    return Catalogue(
        terms["compiled"],
        criteria,
        groups,
        types,
        {one["id"]: one["title"] for one in terms["evidence_levels"]},
        {one["id"]: _framework(one) for one in terms["frameworks"]},
        {one["id"]: one["title"] for one in terms["threats"]},
        {one["id"]: one["what"] for one in terms["measurable_from"]},
        tuple(terms["notes"]),
        sha256({"criteria": criteria, "groups": groups, "types": types}),
    )


def _criterion(group: str, raw: dict[str, Any]) -> Criterion:
    return Criterion(
        raw["id"],
        group,
        raw["title"],
        raw["question"],
        tuple(raw["applies_to"]),
        scale_of(raw["scale"]),
        raw["polarity"],
        raw["weight"],
        tuple(gate_of(gate) for gate in raw["gates"]),
        tuple(raw["evidence_types"]),
        tuple(raw["measurable_from"]),
        tuple(raw["threats"]),
        tuple(FrameworkPointer(one["framework"], one["clause"], one["basis"]) for one in raw["pointers"]),
        tuple((one["id"], one["what"]) for one in raw["details"]),
        raw["political_legal"],
    )


def scale_of(raw: dict[str, Any]) -> Scale:
    """A scale as the facts write it."""
    return Scale(raw["kind"], raw.get("unit"), _number(raw.get("target")), _number(raw.get("fail")))


def gate_of(raw: dict[str, Any]) -> Gate:
    """A gate as the facts write it."""
    when = raw["when"]
    return Gate(
        Effect(raw["effect"]),
        Trigger(
            when.get("answer"), _number(when.get("below")), _number(when.get("at_least")), when.get("detail")
        ),
        raw["text"],
        tuple(raw["tiers"]),
        tuple(raw["with_groups"]),
        tuple(raw["with_criteria"]),
        tuple(raw["subjects"]),
    )


def _framework(raw: dict[str, Any]) -> Framework:
    parts = (raw.get(name) for name in ("owner", "kind", "issued", "url", "note"))
    return Framework(raw["id"], raw["title"], raw["basis"], *parts)


def _number(raw: Any) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))
