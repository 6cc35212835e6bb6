"""An answered questionnaire: rows of texts to answers and evidence, each error with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pydantic import ValidationError

from clearband.assess.catalogue import Catalogue
from clearband.assess.document import answer_of, arranged, evidence_of, wrong_answer
from clearband.assess.form import AnswerForm, EvidenceForm
from clearband.assess.questionnaire import DONE, EVIDENCE_COLUMNS, NO_DETAIL, Question
from clearband.assess.strict_json import names_person
from clearband.errors import InputError
from clearband.facts.plain_problems import plain_problems
from clearband.model.assessment import Assessment, CriterionAnswer, EvidenceItem

Place = Callable[[str, int, str], str]
"""Part (``questions`` or ``evidence``), number of the row from 0, column: how people find that cell."""
_WORDS: Final = {"n/a": "not-applicable", "na": "not-applicable", "not applicable": "not-applicable"}
_SPLIT: Final = re.compile(r"[;,\s]+")
_PART_OF: Final = {"value": "answer", "open_details": "details"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire as it came back: texts only.

    Attributes:
        organisation: Who answered.
        place: Finds a cell.
    """

    organisation: str
    questions: Sequence[Mapping[str, str]]
    evidence: Sequence[Mapping[str, str]]
    place: Place


def taken_in(
    assessment: Assessment, filled: Filled, asked: Sequence[Question], base: Catalogue
) -> Assessment:
    """The assessment with a vendor's answers in the place of its earlier ones to the same criteria.

    Raises:
        InputError: A cell cannot be used; says which and why.
    """
    items = _items(assessment, filled, base)
    held = {item.id for item in assessment.evidence} | set(items)
    known = {question.criterion: question for question in asked}
    answers: dict[str, CriterionAnswer] = {}
    for number, row in enumerate(filled.questions):
        name = row.get("criterion", "")
        if name not in known:
            what = f'"{name}" is not among the questions of this assessment'
            raise InputError(
                what, where=filled.place("questions", number, "criterion"), remedy="restore the id"
            )
        if name in answers:
            where = filled.place("questions", number, "criterion")
            raise InputError(f"{name} stands there twice", where=where, remedy="keep one of the rows")
        answer = _answer(number, row, known[name], filled, base, held)
        if answer is not None:
            answers[name] = answer
    kept = tuple(
        one
        for one in assessment.answers
        if not (one.origin == "vendor" and one.by == filled.organisation and one.criterion in answers)
    )
    evidence = tuple({item.id: item for item in (*assessment.evidence, *items.values())}.values())
    return arranged(replace(assessment, answers=(*kept, *answers.values()), evidence=evidence))


def _items(assessment: Assessment, filled: Filled, base: Catalogue) -> dict[str, EvidenceItem]:
    before = {item.id: item for item in assessment.evidence}
    found: dict[str, EvidenceItem] = {}
    for number, row in enumerate(filled.evidence):
        raw: dict[str, Any] = {column: row[column] for column in EVIDENCE_COLUMNS if row.get(column)}
        _no_persons(raw, "evidence", number, filled)
        if "closed" in raw:
            raw["closed"] = raw["closed"].casefold() in ("yes", "true")
        item = evidence_of(_valid(EvidenceForm, raw, "evidence", number, filled))
        if item.type not in base.evidence_types:
            where = filled.place("evidence", number, "type")
            listed = ", ".join(base.evidence_types)
            raise InputError(
                f'"{item.type}" is no type of evidence', where=where, remedy=f"there are {listed}"
            )
        highest = base.evidence_types[item.type].default_level
        if item.level > highest:
            what = f"a vendor cannot give {item.type} more than {highest}"
            where = filled.place("evidence", number, "level")
            raise InputError(what, where=where, remedy="an assessor may, who saw it")
        other = found.get(item.id) or before.get(item.id)
        if other not in (None, item):
            where = filled.place("evidence", number, "id")
            raise InputError(f'there is other evidence "{item.id}"', where=where, remedy="choose another id")
        found[item.id] = item
    return found


def _answer(
    number: int,
    row: Mapping[str, str],
    question: Question,
    filled: Filled,
    base: Catalogue,
    evidence: set[str],
) -> CriterionAnswer | None:
    said, up_to = row.get("answer", ""), row.get("up_to", "")
    untouched = question.state == DONE and (said, up_to) == (question.answer, question.up_to)
    if untouched or not (said or up_to):
        return None
    _no_persons(row, "questions", number, filled)
    details = [part for part in _SPLIT.split(row.get("details", "")) if part]
    raw: dict[str, Any] = {
        "criterion": question.criterion,
        "value": _value(said, up_to, number, filled),
        "origin": "vendor",
        "by": filled.organisation,
        "evidence": [part for part in _SPLIT.split(row.get("evidence", "")) if part],
    }
    if details:
        raw["details"] = [] if [one.casefold() for one in details] == [NO_DETAIL] else details
    if row.get("reason"):
        raw["reason"] = row["reason"]
    answer = answer_of(_valid(AnswerForm, raw, "questions", number, filled))
    for part, what, remedy in wrong_answer(answer, base, evidence):
        where = filled.place("questions", number, _PART_OF.get(part, part))
        raise InputError(what, where=where, remedy=remedy)
    return answer


def _value(said: str, up_to: str, number: int, filled: Filled) -> dict[str, str]:
    word = _WORDS.get(said.casefold(), said.casefold())
    if word in ("yes", "no", "unknown", "not-applicable"):
        if up_to:
            where = filled.place("questions", number, "up_to")
            raise InputError("a word has no upper end", where=where, remedy="empty the cell")
        return {"word": word}
    ends = {}
    for column, text, end in (("answer", said, "low"), ("up_to", up_to or said, "high")):
        if not text:
            continue
        try:
            ends[end] = str(Decimal(text))
        except InvalidOperation:
            where = filled.place("questions", number, column)
            remedy = "write yes, no, unknown, not-applicable, or a number such as 0.5"
            raise InputError(f'"{text[:60]}" is no answer', where=where, remedy=remedy) from None
    return ends


def _valid(form: Any, raw: dict[str, Any], part: str, number: int, filled: Filled) -> dict[str, Any]:
    try:
        form.model_validate(raw)
    except ValidationError as error:
        first = plain_problems(error.errors(), raw, form, "", lambda _: None)[0]
        column = re.split(r"[.\[]", first.key)[0]
        if first.what.startswith("the key "):
            column = first.what.split('"')[1]
        if not column:
            column = "reason" if "reason" in first.what else "id" if part == "evidence" else "answer"
        where = filled.place(part, number, _PART_OF.get(column, column))
        raise InputError(first.what, where=where, remedy=first.remedy) from None
    return raw


def _no_persons(row: Mapping[str, str], part: str, number: int, filled: Filled) -> None:
    for column, text in row.items():
        if column != "question" and names_person(str(text)):
            where = filled.place(part, number, column)
            what = "an e-mail address stands here; only organisations and roles are kept"
            raise InputError(what, where=where, remedy="name the organisation instead")


def day_text(text: str) -> str:
    """A day as it is kept, from a cell that may hold a time beside it."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return text
