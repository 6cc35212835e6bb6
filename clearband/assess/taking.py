"""Answers carried from one assessment into another, or added one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from clearband.assess.catalogue import catalogue
from clearband.assess.document import arranged, wrong_with
from clearband.assess.form import SCHEMA
from clearband.assess.strict_json import read_json
from clearband.errors import InputError
from clearband.model.assessment import Assessment, Assessor, CriterionAnswer, EvidenceItem

_AUTO: Final = "auto"


def is_assessment(path: Path) -> bool:
    """Whether a file is an assessment; a workbook or another JSON file is not.

    Raises:
        InputError: It is called .json and cannot be read.
    """
    if path.suffix != ".json":
        return False
    raw = read_json(path)
    return isinstance(raw, dict) and raw.get("schema") == SCHEMA


def carried_over(assessment: Assessment, other: Assessment) -> Assessment:
    """The assessment with the answers of vendors and assessors of another one about the same subject.

    Raises:
        InputError: It is about another subject, or its evidence differs under the same id.
    """
    if other.subject.id != assessment.subject.id:
        what = f'is about "{other.subject.id}", not "{assessment.subject.id}"'
        raise InputError(what, where=other.id, remedy="take in one about the same subject")
    answers = tuple(one for one in other.answers if not one.origin.startswith(_AUTO))
    named = {name for one in answers for name in one.evidence}
    return added(
        assessment,
        answers=answers,
        evidence=tuple(item for item in other.evidence if item.id in named),
        assessors=other.assessors,
    )


def added(
    assessment: Assessment,
    *,
    answers: tuple[CriterionAnswer, ...] = (),
    evidence: tuple[EvidenceItem, ...] = (),
    assessors: tuple[Assessor, ...] = (),
) -> Assessment:
    """The assessment with more answers, evidence and assessors.

    An answer takes the place of an earlier one of the same origin and organisation to the same criterion, an
    assessor that of an earlier declaration of the same organisation.

    Raises:
        InputError: An answer does not fit its criterion; there is other evidence under the same id.
    """
    held = {item.id: item for item in assessment.evidence}
    for item in evidence:
        if held.setdefault(item.id, item) != item:
            what = f'there is other evidence "{item.id}"'
            raise InputError(what, where=assessment.id, remedy="choose another id")
    given = {(one.criterion, one.origin, one.by) for one in answers}
    kept = tuple(one for one in assessment.answers if (one.criterion, one.origin, one.by) not in given)
    declared = {one.organisation: one for one in (*assessment.assessors, *assessors)}
    made = replace(
        assessment,
        answers=(*kept, *answers),
        evidence=tuple(held.values()),
        assessors=tuple(declared.values()),
    )
    for place, what, remedy in wrong_with(made, catalogue()):
        raise InputError(what, where=f"{assessment.id} {place}", remedy=remedy)
    return arranged(made)
