"""Which answers count on the day of an assessment, by what evidence, and why the others do not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from clearband.assess.catalogue import EvidenceType
from clearband.model.assessment import Assessment, Assessor, CriterionAnswer, EvidenceItem
from clearband.model.criterion import LEVELS


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer and how it stands.

    Attributes:
        position: In the answers of the assessment.
        level: Best level of its evidence in force; None where none is.
        closed: Whether it would not count without closed evidence.
        why_not: Why it does not count; None where it does.
    """

    position: int
    answer: CriterionAnswer
    level: str | None
    evidence: tuple[str, ...]
    closed: bool
    why_not: str | None


def standings(
    assessment: Assessment, types: dict[str, EvidenceType], least_level: str
) -> dict[str, list[Standing]]:
    """All answers by criterion, each with how it stands.

    Args:
        assessment: Its answers and evidence.
        types: Types of evidence, with how long they hold.
        least_level: Evidence below it does not count.
    """
    void = {
        one.organisation: why
        for one in assessment.assessors
        if (why := void_because(one, assessment.on)) is not None
    }
    declared = {one.organisation for one in assessment.assessors}
    items = {item.id: item for item in assessment.evidence}
    lapsed = {item.id: out_of_force(item, types, assessment.on, void) for item in assessment.evidence}
    found: dict[str, list[Standing]] = defaultdict(list)
    for position, answer in enumerate(assessment.answers):
        standing = _standing(position, answer, items, lapsed, least_level)
        why = void.get(answer.by)
        if why is None and answer.origin == "assessor" and answer.by not in declared:
            why = f"{answer.by} is not among the assessors and declared no interests"
        if why is not None:
            standing = Standing(position, answer, standing.level, standing.evidence, False, why)
        found[answer.criterion].append(standing)
    return found


def _standing(
    position: int,
    answer: CriterionAnswer,
    items: dict[str, EvidenceItem],
    lapsed: dict[str, str | None],
    least_level: str,
) -> Standing:
    in_force = [items[name] for name in answer.evidence if lapsed[name] is None]
    level = max((item.level for item in in_force), default=None)
    enough = [item for item in in_force if item.level >= least_level]
    names = tuple(item.id for item in in_force)
    if enough or least_level == LEVELS[0] or answer.value.word == "unknown":
        closed = bool(enough) and all(item.closed for item in enough)
        return Standing(position, answer, level, names, closed, None)
    reasons = [f"{name}: {why}" for name in answer.evidence if (why := lapsed[name]) is not None]
    if level is not None:
        reasons.append(f"evidence {level} is below {least_level}")
    return Standing(position, answer, level, names, False, "; ".join(reasons) or "no evidence")


def void_because(assessor: Assessor, on: date) -> str | None:
    """Why nothing that an assessor says counts; None where it does."""
    if assessor.undeclared is not None:
        return f"{assessor.organisation} did not declare a tie: {assessor.undeclared}"
    if assessor.declared_on is None or assessor.declared_on > on:
        return f"{assessor.organisation} has not declared its interests"
    return None


def out_of_force(
    item: EvidenceItem, types: dict[str, EvidenceType], on: date, void: dict[str, str]
) -> str | None:
    """Why a piece of evidence does not count on a day; None where it does."""
    if item.source in void:
        return void[item.source]
    if item.collected > on:
        return f"collected on {item.collected}, after the day of the assessment"
    if item.expires is not None and item.expires <= on:
        return f"expired on {item.expires}"
    end = stale_from(item, types)
    if end is not None and end <= on:
        return f"stale since {end}: {item.type} holds {types[item.type].stale_after_months} months"
    return None


def stale_from(item: EvidenceItem, types: dict[str, EvidenceType]) -> date | None:
    """The first day on which evidence is stale by its type; None where its type has no such day."""
    months = types[item.type].stale_after_months
    return None if months is None else months_later(item.collected, months)


def months_later(day: date, months: int) -> date:
    """The day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
