"""The published form of a line of the log, which all that is written must fit."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from clearband.facts.schema.authority import AuthorityFile, Hash
from clearband.facts.schema.base import Slug, Text
from clearband.facts.schema.listing_states import Come
from clearband.model.criterion import SubjectKind
from clearband.model.listing import State

EntryId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][A-Za-z0-9.-]*(:[A-Za-z0-9][A-Za-z0-9./#_-]*)?$", max_length=200),
]
Short = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
Words = Annotated[Text, StringConstraints(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$")]
"""Text of several lines, without characters that a terminal would act on."""
Names = Annotated[tuple[Short, ...], Field(max_length=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubjectForm(_Part):
    """What is listed."""

    kind: SubjectKind
    id: Slug
    name: Short
    maker: Slug | None = None
    tier: Annotated[str, StringConstraints(pattern=r"^T[1-5]$")]
    territory: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    category: Short | None = None
    release: Short | None = None
    scope: Words | None = None
    identifiers: Annotated[tuple[tuple[Short, Short], ...], Field(max_length=200)] = ()


class ConditionForm(_Part):
    """What a listing is bound to; ``if_late`` is the state from the day after ``due``."""

    id: Slug
    text: Words
    criterion: Short
    owner: Short
    due: date
    proof: Words
    if_late: State | None = Field(None, json_schema_extra={"enum": ["suspended", "expired", None]})

    def model_post_init(self, context: Any) -> None:
        """Refuse states that a day alone may not bring."""
        if self.if_late not in (None, State.SUSPENDED, State.EXPIRED):
            raise ValueError("if_late is suspended or expired; what is more needs a decision")


class GroundForm(_Part):
    """What a step rests on."""

    criteria: Names = ()
    evidence: Names = ()
    assessment: Hash | None = None
    text: Words | None = None
    outcome: Come | None = None
    against_outcome: Words | None = None


class SignatureForm(_Part):
    """A decider's signature, hexadecimal."""

    keyid: Hash
    signature: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){1,300}$")]


class BodyForm(_Part):
    """What deciders sign."""

    kind: Slug
    authority: Slug
    entry: EntryId
    effective: date
    cause: Slug
    ground: GroundForm
    by: Short | None = None
    subject: SubjectForm | None = None
    state: State | None = None
    conditions: Annotated[tuple[ConditionForm, ...], Field(max_length=200)] = ()
    until: date | None = None
    evidence_until: date | None = None
    remove_by: date | None = None
    reply_until: date | None = None
    refers: Short | None = None
    depends: Annotated[tuple[EntryId, ...], Field(max_length=500)] = ()
    terms: AuthorityFile | None = None
    after: Hash | None = None


def _to_the_second(value: Any) -> Any:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("it is no moment in UTC, to the second")
    return value


class EventForm(BodyForm):
    """One line of the log: canonical JSON (RFC 8785), with the SHA-256 of the line before."""

    number: int = Field(ge=0)
    recorded: Annotated[
        datetime, BeforeValidator(_to_the_second), Field(description="UTC, to the second, with Z.")
    ]
    previous: Hash
    signatures: Annotated[tuple[SignatureForm, ...], Field(max_length=200)] = ()


class DraftForm(_Part):
    """A step on its way between deciders: what is signed, and the signatures so far."""

    form: Annotated[str, StringConstraints(pattern=r"^clearband\.approved-decision/1$")]
    body: BodyForm
    signatures: Annotated[tuple[SignatureForm, ...], Field(max_length=200)] = ()
