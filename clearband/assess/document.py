"""One assessment, one file: canonical JSON, read with limits, each error with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clearband.assess.catalogue import Catalogue, catalogue
from clearband.assess.form import SCHEMA, AssessmentForm
from clearband.assess.strict_json import read_json
from clearband.errors import InputError
from clearband.facts.plain_problems import plain_problems
from clearband.facts.problems import nearest_or
from clearband.model.assessment import (
    Assessment,
    Assessor,
    CriterionAnswer,
    EvidenceItem,
    Subject,
    Value,
)
from clearband.model.canonical import canonical, plain
from clearband.model.criterion import Criterion

_ANYWHERE = ("unknown", "not-applicable")
_TOP_MATURITY = Decimal(4)


def read_assessment(path: Path) -> Assessment:
    """An assessment from its file, in canonical order.

    Raises:
        InputError: It is no such file, names a person, or breaks the form; says at which place.
    """
    return assessment_of(read_json(path), str(path))


def assessment_of(raw: Any, where: str) -> Assessment:
    """An assessment from what its JSON says.

    Raises:
        InputError: It breaks the form.
    """
    try:
        AssessmentForm.model_validate(raw)
    except ValidationError as error:
        problems = plain_problems(error.errors(), raw, AssessmentForm, where, lambda _: None)
        first, more = problems[0], len(problems) - 1
        rest = f" (and {more} more)" if more else ""
        place = f"{where} {first.key}" if first.key else where
        raise InputError(f"{first.what}{rest}", where=place, remedy=first.remedy) from None
    held = _typed(raw)
    for place, what, remedy in wrong_with(held, catalogue()):
        raise InputError(what, where=f"{where} {place}", remedy=remedy)
    return arranged(held)


def written(assessment: Assessment) -> bytes:
    """The file of an assessment: canonical JSON with a line end."""
    return canonical({"schema": SCHEMA, **plain(arranged(assessment))}) + b"\n"


def hash_of(assessment: Assessment) -> str:
    """The SHA-256 by which decisions name an assessment: of its file without the line end."""
    return hashlib.sha256(written(assessment)[:-1]).hexdigest()


def arranged(assessment: Assessment) -> Assessment:
    """The same with its parts in canonical order, so that the order in which they came changes nothing."""
    return replace(
        assessment,
        assessors=tuple(sorted(set(assessment.assessors), key=canonical)),
        evidence=tuple(sorted(set(assessment.evidence), key=lambda one: (one.id, canonical(one)))),
        answers=tuple(
            sorted(
                (_answer_arranged(one) for one in set(assessment.answers)),
                key=lambda one: (one.criterion, one.origin, one.by, canonical(one)),
            )
        ),
    )


def _answer_arranged(answer: CriterionAnswer) -> CriterionAnswer:
    details = None if answer.details is None else tuple(sorted(set(answer.details)))
    evidence = tuple(sorted(set(answer.evidence)))
    return replace(
        answer, evidence=evidence, details=details, open_details=tuple(sorted(set(answer.open_details)))
    )


def wrong_with(assessment: Assessment, base: Catalogue) -> Iterator[tuple[str, str, str]]:
    """What the form cannot see: place, what is wrong, what to do."""
    seen: set[str] = set()
    for number, item in enumerate(assessment.evidence):
        place = f"evidence[{number}]"
        if item.id in seen:
            yield f"{place}.id", f'"{item.id}" stands there twice', "give each its own id"
        seen.add(item.id)
        if item.type not in base.evidence_types:
            what = f'"{item.type}" is no type of evidence'
            yield f"{place}.type", what, nearest_or(item.type, base.evidence_types, "see criteria_terms.yaml")
    for number, answer in enumerate(assessment.answers):
        for part, what, remedy in wrong_answer(answer, base, seen):
            yield f"answers[{number}].{part}", what, remedy


def wrong_answer(
    answer: CriterionAnswer, base: Catalogue, evidence: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one answer: part, what, remedy."""
    criterion = base.criteria.get(answer.criterion)
    if criterion is None:
        what = f'"{answer.criterion}" is no criterion of the catalogue'
        yield "criterion", what, nearest_or(answer.criterion, base.criteria, "`clearband criteria list`")
        return
    misfit = misfit_of(answer.value, criterion)
    if misfit:
        yield "value", *misfit
    known = {name for name, _ in criterion.details}
    for part, names in (("details", answer.details or ()), ("open_details", answer.open_details)):
        for name in names:
            if name not in known:
                listed = f"it has {', '.join(sorted(known))}" if known else "it has none"
                yield part, f'"{name}" is no detail of {criterion.id}', listed
    for name in answer.evidence:
        if name not in evidence:
            yield "evidence", f'there is no evidence "{name}"', "add it under evidence, or correct the id"


def misfit_of(value: Value, criterion: Criterion) -> tuple[str, str] | None:
    """Why a value does not fit the scale of a criterion, and what to do; None when it fits."""
    if value.word in _ANYWHERE:
        return None
    kind = criterion.scale.kind
    if kind == "yes-no":
        if value.word is None:
            return f"{criterion.id} is answered by a word", "write yes, no, unknown or not-applicable"
        return None
    if value.word is not None:
        said = "0 to 4" if kind == "maturity" else str(criterion.scale.unit)
        return f"{criterion.id} is answered by a number ({said})", "write it, or unknown"
    ends = [end for end in (value.low, value.high) if end is not None]
    if kind == "maturity" and not all(0 <= end <= _TOP_MATURITY for end in ends):
        return f"{criterion.id} is answered from 0 to 4", "correct the number"
    return None


def _typed(raw: dict[str, Any]) -> Assessment:
    return Assessment(
        raw["id"],
        Subject(**{"maker": None, **raw["subject"], "identifiers": _pairs(raw["subject"])}),
        date.fromisoformat(raw["on"]),
        raw["profile"],
        raw["catalogue_sha256"],
        raw["profile_sha256"],
        tuple(assessor_of(one) for one in raw.get("assessors", ())),
        tuple(evidence_of(one) for one in raw.get("evidence", ())),
        tuple(answer_of(one) for one in raw.get("answers", ())),
    )


def _pairs(subject: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((kind, text) for kind, text in subject.get("identifiers", ()))


def assessor_of(raw: dict[str, Any]) -> Assessor:
    """An assessor, from what fits the form."""
    return Assessor(
        raw["organisation"],
        raw["role"],
        _day(raw.get("declared_on")),
        tuple(raw.get("conflicts", ())),
        raw.get("undeclared"),
    )


def evidence_of(raw: dict[str, Any]) -> EvidenceItem:
    """A piece of evidence, from what fits the form."""
    collected = date.fromisoformat(raw["collected"])
    return EvidenceItem(**{**raw, "collected": collected, "expires": _day(raw.get("expires"))})


def answer_of(raw: dict[str, Any]) -> CriterionAnswer:
    """An answer, from what fits the form."""
    value, details = raw["value"], raw.get("details")
    return CriterionAnswer(
        raw["criterion"],
        Value(value.get("word"), _number(value.get("low")), _number(value.get("high"))),
        raw["origin"],
        raw["by"],
        tuple(raw.get("evidence", ())),
        None if details is None else tuple(details),
        tuple(raw.get("open_details", ())),
        raw.get("reason"),
        raw.get("inputs"),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _number(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))
