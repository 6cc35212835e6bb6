"""The words of one question as the words of the law: whose name, what kind of thing, what for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from clearband.directives.attributes import Reading
from clearband.directives.law import Law
from clearband.directives.maker_match import MakerStatus, Register
from clearband.directives.question import check_found_on
from clearband.directives.situations import FOREIGN
from clearband.errors import UsageError
from clearband.facts.equipment_words import EquipmentWords

Resolve = Callable[[str], tuple[str, ...]]
"""A maker's name as people write it to the register ids it can mean; empty when there is none."""

_DESCRIBES: Final = re.compile(
    r"^(any|a|the|some)?\s*(maker|manufacturer|vendor|supplier|company|applicant)\b", re.IGNORECASE
)
_COUNTRY: Final = re.compile(r"^[A-Z]{2}$")
NOT_UNDERSTOOD: Final = "not understood: counts as not known"


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words.

    Attributes:
        maker: A name, ``any``, or a description such as "maker holding a Conditional Approval".
        made_in: ISO 3166-1 alpha-2 code of the country of production, or ``foreign``.
        holding: An approval that is held.
        known_on: The day whose knowledge is used; None for everything the facts hold.
        obtained: The day on which the item was bought or put to use, where it is an item that exists.
        found_on: The day on which it was found, from which the clocks of duties run; None for the day ``on``.
    """

    maker: str
    actor: str
    action: str
    on: date
    equipment: str | None = None
    purpose: str | None = None
    made_in: str | None = None
    holding: str | None = None
    known_on: date | None = None
    obtained: date | None = None
    found_on: date | None = None

    def __post_init__(self) -> None:
        check_found_on(self.found_on, self.on)


@dataclass(frozen=True, slots=True)
class QuestionRead:
    """The question's words as the law's words."""

    maker: str | None
    status: MakerStatus
    category: str | None
    purpose: Reading
    made_in: str | None
    approval: Reading
    read_as: dict[str, Any]


def read_question(
    question: Question, law: Law, register: Register, resolve: Resolve, words: EquipmentWords
) -> list[QuestionRead]:
    """The question in the law's words, once for each organisation that the maker's name can mean."""
    makers, described = _read_maker(question.maker, law, resolve)
    read_as: dict[str, Any] = {}
    # An approval may be told with the purpose or the equipment ("a model authorised before"), as people do.
    approval = law.approvals.read(question.holding, described, question.purpose, question.equipment)
    if approval.understood or question.holding or described:
        read_as["holding"] = list(approval.stated) or NOT_UNDERSTOOD
    makes = {
        kind
        for org, _, _ in makers
        if org is not None and org in register.organisations
        for kind in register.organisations[org].makes
    }
    category = _read_equipment(question.equipment, makes, law, words, read_as)
    purpose = law.purposes.read(question.purpose, question.equipment)
    if purpose.understood or (question.purpose and not law.approvals.read(question.purpose).understood):
        read_as["purpose"] = list(purpose.stated) or NOT_UNDERSTOOD
    if question.made_in:
        read_as["made_in"] = _country(question.made_in)
    if question.obtained:
        read_as["obtained"] = question.obtained.isoformat()
    made_in = read_as.get("made_in")
    return [
        QuestionRead(maker, status, category, purpose, made_in, approval, {"maker": shown, **read_as})
        for maker, status, shown in makers
    ]


def _read_maker(
    text: str, law: Law, resolve: Resolve
) -> tuple[list[tuple[str | None, MakerStatus, str]], str | None]:
    """The makers meant (id, status, how it was read), and a description that states an approval."""
    stated = text.strip()
    if stated.casefold() in law.vocabulary.any_maker:
        return [(None, "any", "any maker")], None
    if _DESCRIBES.match(stated) and law.approvals.read(stated).understood:
        return [(None, "any", "any maker")], stated
    if not stated or stated.casefold() in ("unknown", "unidentified"):
        return [(None, "unidentified", "not known")], None
    ids = resolve(stated)
    if not ids:
        slug = "-".join(stated.casefold().split())
        return [(slug, "named", f"{stated} (not in the register)")], None
    if len(ids) == 1:
        return [(ids[0], "identified", ids[0])], None
    return [
        (org, "identified", f"{org} (the name may also mean {', '.join(o for o in ids if o != org)})")
        for org in ids
    ], None


def _read_equipment(
    text: str | None, makes: Collection[str], law: Law, words: EquipmentWords, read_as: dict[str, Any]
) -> str | None:
    """The category that a text means; one typed exactly is itself, whatever the word means elsewhere."""
    if text is None:
        return None
    match = words.find(text)
    found = text if text in law.equipment.categories else match.category if match else None
    if found is None:
        read_as["equipment"] = NOT_UNDERSTOOD
        return None
    if match is not None and match.whole and found != text:
        found = law.equipment.in_doubt(found, match.words, makes)
    read_as["equipment"] = f"{found} ({law.equipment.categories[found]})"
    return found


def _country(text: str) -> str:
    if text.casefold() in (FOREIGN, "abroad", "a foreign country"):
        return FOREIGN
    code = {"UK": "GB", "USA": "US"}.get(text.upper(), text.upper())
    if not _COUNTRY.match(code):
        raise UsageError(
            f'"{text}" is no country code', remedy='write two letters of ISO 3166-1, or "foreign"'
        )
    return code
