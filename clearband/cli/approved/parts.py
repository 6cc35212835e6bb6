"""Subjects and conditions of steps, from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clearband.errors import InputError
from clearband.facts import yaml_text
from clearband.listing.event_form import ConditionForm, SubjectForm
from clearband.listing.record import problem_of
from clearband.model.assessment import Subject
from clearband.model.listing import Condition


def read_subject(path: Path) -> Subject:
    """The subject of a file; the file of an assessment has it under ``subject``.

    Raises:
        InputError, FactsError: It is none; names the file and what is wrong.
    """
    raw = _read(path)
    if isinstance(raw, dict) and isinstance(raw.get("subject"), dict):
        raw = raw["subject"]
    form = _fits(SubjectForm, raw, path)
    return Subject(**form.model_dump())


def conditions_of(paths: tuple[Path, ...]) -> tuple[Condition, ...]:
    """The conditions of files, one or a list of them in each.

    Raises:
        InputError, FactsError: One is none; names the file and what is wrong.
    """
    found: list[Condition] = []
    for path in paths:
        raw = _read(path)
        many = raw if isinstance(raw, list) else [raw]
        found += [Condition(**_fits(ConditionForm, one, path).model_dump()) for one in many]
    return tuple(found)


def _read(path: Path) -> Any:
    return yaml_text.parse(yaml_text.text_of(path), where=str(path))


def _fits(model: Any, raw: Any, path: Path) -> Any:
    from pydantic import ValidationError

    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InputError(problem_of(error), where=str(path)) from None
