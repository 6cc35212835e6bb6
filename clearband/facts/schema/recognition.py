"""The form of a file of recognition: what an authority takes over of another's approvals."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Text
from clearband.facts.schema.criteria import Tier
from clearband.model.criterion import SubjectKind


class RecognitionFact(Fact):
    """One rule; a scope that is not given is not narrowed."""

    by: Slug
    of: Slug
    since: FullDate
    until: FullDate | None = None
    kinds: tuple[SubjectKind, ...] = ()
    tiers: tuple[Tier, ...] = ()
    categories: tuple[Slug, ...] = ()
    territories: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = ()
    source: Text = Field(description="Where the agreement can be read.")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.by == self.of:
            raise ValueError("an authority does not recognise itself")
        if self.until is not None and self.until < self.since:
            raise ValueError("it ends before it begins")
        return self


class RecognitionFile(Fact):
    """Rules of recognition."""

    recognition: Annotated[tuple[RecognitionFact, ...], Field(min_length=1)]
