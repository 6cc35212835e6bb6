"""Assessments of made-up makers, small ones by hand and random ones for the laws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from clearband.assess.catalogue import catalogue
from clearband.assess.profiles import shipped_profiles
from clearband.model.assessment import (
    Assessment,
    Assessor,
    CriterionAnswer,
    EvidenceItem,
    Subject,
    Value,
)
from clearband.model.criterion import LEVELS, TIERS, Criterion, SubjectKind

ON: Final = date(2026, 11, 22)
PROFILE: Final = shipped_profiles()["example-us"]
BASE: Final = catalogue()
LAB: Final = Assessor("Example Laboratory", "laboratory", date(2026, 1, 1))


def item(name: str, level: str = "E4", **other: object) -> EvidenceItem:
    made = EvidenceItem(name, "test-report", level, f"Report {name}", "Example Archive", date(2026, 6, 1))
    return replace(made, **other)  # type: ignore[arg-type]


def answer(criterion: str, value: str | int, *evidence: str, **other: object) -> CriterionAnswer:
    given = Value(value) if isinstance(value, str) else Value(None, Decimal(value), Decimal(value))  # type: ignore[arg-type]
    made = CriterionAnswer(criterion, given, "assessor", LAB.organisation, evidence)
    return replace(made, **other)  # type: ignore[arg-type]


def assessment(
    answers: Iterable[CriterionAnswer] = (),
    evidence: Iterable[EvidenceItem] = (),
    *,
    kind: SubjectKind = "manufacturer",
    tier: str = "T3",
    assessors: Iterable[Assessor] = (LAB,),
) -> Assessment:
    subject = Subject(kind, "made-up", "Made Up Networks", None, tier, "US")
    return Assessment(
        "made-up-1",
        subject,
        ON,
        PROFILE.id,
        BASE.sha256,
        PROFILE.sha256,
        tuple(assessors),
        tuple(evidence),
        tuple(answers),
    )


def _values(criterion: Criterion) -> st.SearchStrategy[Value]:
    words = st.sampled_from([Value("unknown"), Value("not-applicable")])
    if criterion.scale.kind == "yes-no":
        return st.sampled_from([Value("yes"), Value("no")]) | words
    top = 4 if criterion.scale.kind == "maturity" else 100
    ends = st.lists(st.integers(0, top), min_size=2, max_size=2).map(sorted)
    ranges = ends.map(lambda both: Value(None, Decimal(both[0]), Decimal(both[1])))
    small = st.decimals(0, 1, places=2).map(lambda number: Value(None, number, number))
    return ranges | small | words


@st.composite
def random_assessments(draw: st.DrawFn, most: int = 25) -> Assessment:
    """An assessment with one or two answers to some criteria, each with evidence of some level."""
    kinds: tuple[SubjectKind, ...] = ("manufacturer", "product-line")
    kind = draw(st.sampled_from(kinds))
    names = [name for name, one in BASE.criteria.items() if kind in one.applies_to]
    chosen = draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
    evidence: list[EvidenceItem] = []
    answers = []
    for name in chosen:
        criterion = BASE.criteria[name]
        for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
            shared = bool(evidence) and draw(st.booleans())
            if not shared:
                level = draw(st.sampled_from(LEVELS))
                evidence.append(item(f"e{len(evidence)}", level))
            names_of = (draw(st.sampled_from(evidence)).id,)
            known = [detail for detail, _ in criterion.details]
            told = st.lists(st.sampled_from(known), unique=True).map(tuple) if known else st.just(())
            details = draw(st.none() | told)
            value = draw(_values(criterion))
            answers.append(
                CriterionAnswer(name, value, "assessor", LAB.organisation, names_of, details, reason="so")
            )
    return assessment(answers, evidence, kind=kind, tier=draw(st.sampled_from(TIERS)))
