"""Answered questions: what a record's inventory does not say and somebody found out.

An answer is a fact for the next run, where the law is asked again. So each needs a second person; see
`clearband.workspace.proposals`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from clearband.directives.attributes import Attributes
from clearband.facts.equipment_words import category_ids
from clearband.facts.problems import nearest_or
from clearband.facts.store import compiled
from clearband.model.days import FIRST_YEAR
from clearband.sources.countries import parse_country
from clearband.workspace import clock, proposals, texts
from clearband.workspace.errors import InvalidError
from clearband.workspace.ledger import Ledger, Row
from clearband.workspace.subject import Subject
from clearband.workspace.tables import answer
from clearband.workspace.tables.decisions import ANSWER_FIELDS

_FEW: Final = 30
"""Words that are named one by one when another was given."""
_LISTED: Final = "clearband directives list --vocabulary shows all"


def propose(
    ledger: Ledger, subject: Subject, field: str, value: str, reason: str, *, today: date | None = None
) -> Row:
    """Answer a question on a record.

    Args:
        field: One of `ANSWER_FIELDS`.
        value: As `checked` takes it.
        reason: How it is known.
        today: None is the day in UTC.

    Raises:
        RefusedError: The actor is no analyst.
        InvalidError: The value is none for the field.
        WorkspaceError: The record cannot be spoken of; see `clearband.workspace.spoken_of`.
    """
    values: Row = {
        "field": field,
        "value": checked(field, value, today=today or clock.today()),
        "reason": texts.text(reason, "the reason"),
    }
    return proposals.put(ledger, answer, subject, values, milder=True)


def approve(ledger: Ledger, answer_id: str, *, note: str | None = None, version: int | None = None) -> Row:
    """Let a proposed answer come into force; see `clearband.workspace.proposals.approve`."""
    return proposals.approve(ledger, answer, answer_id, note=note, version=version)


def refuse(ledger: Ledger, answer_id: str, *, note: str, version: int | None = None) -> Row:
    """Say no to a proposed answer; see `clearband.workspace.proposals.refuse`."""
    return proposals.refuse(ledger, answer, answer_id, note=note, version=version)


def withdraw(ledger: Ledger, answer_id: str, *, note: str | None = None, version: int | None = None) -> Row:
    """Take an answer back; see `clearband.workspace.proposals.withdraw`."""
    return proposals.withdraw(ledger, answer, answer_id, note=note, version=version)


def checked(field: str, value: str, *, today: date) -> str:
    """A value as the equipment table has it.

    Args:
        field: ``purpose``: words of the vocabulary, separated by ``;``. ``made_in``: a country by its code or
            name. ``category``: a word of the vocabulary. ``acquired_on``: a day, none after today.

    Raises:
        InvalidError: It is none for the field, or there is no such field.
    """
    texts.one_of(field, "a question's field", ANSWER_FIELDS)
    given = texts.line(value, f"the {field}")
    if field == "purpose":
        return _purposes(given)
    if field == "category":
        return _word(given, "category", category_ids())
    if field == "made_in":
        return _country(given)
    if field == "acquired_on":
        return _past_day(given, today)
    return given


@lru_cache(maxsize=1)
def _known_purposes() -> Attributes:
    return Attributes(compiled().read("vocabulary")["purposes"])


def _purposes(given: str) -> str:
    known = _known_purposes()
    words = dict.fromkeys(_word(one, "purpose", known.ids) for one in re.split(r"\s*;\s*", given) if one)
    if not words:
        raise InvalidError("the purpose is missing", remedy=_LISTED)
    text = "; ".join(words)
    # The law reads plain words: what is written must mean these and no others.
    if set(known.read(text).stated) != set(words):
        raise InvalidError("these purposes cannot stand together", where=text, remedy="give one of them")
    return text


def _word(given: str, what: str, known: frozenset[str] | tuple[str, ...]) -> str:
    word = given.casefold()
    if word not in known:
        few = f"give one of: {', '.join(sorted(known))}" if len(known) <= _FEW else _LISTED
        raise InvalidError(f"{given[:60]!r} is no {what}", remedy=nearest_or(word, known, few))
    return word


def _country(given: str) -> str:
    code, problem = parse_country(given)
    if code is None:
        raise InvalidError(
            f"{given[:60]!r}: {problem or 'not a country'}", remedy="give a code of ISO 3166-1, such as KR"
        )
    return code


def _past_day(given: str, today: date) -> str:
    day = texts.day(given, "the day")
    if day.year < FIRST_YEAR or day > today:
        raise InvalidError(f"{day} is no day on which it was acquired", remedy="give a day that has been")
    return day.isoformat()
