"""What all parts share: sources, ranges, and the draft itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, Text
from clearband.facts.schema.figures import Number

Sources = Annotated[tuple[Text, ...], Field(min_length=1, description="Ids of the part sources.")]


class Cited(Fact):
    """Something that is told with where it is from."""

    sources: Sources
    verified: bool = Field(True, description="Whether it was read there.")


class SourceTold(Fact):
    """A source: published, a measure of the law, what the user gave, or an illustration of ours."""

    kind: Literal["published", "measure", "input", "illustration"]
    what: Text
    url: Text | None = None
    data_date: Text | None = None
    read: bool | None = None


class Range(Fact):
    """A number known within two ends; an end that is null is not known."""

    low: Number | None
    high: Number | None


class MakerTold(Fact):
    """A maker that the draft means, or may mean."""

    id: Text
    name: Text
    meant: Literal["yes", "open"]


class ClauseTold(Fact):
    """A clause of the draft."""

    clause: Text
    cite: Text
    effect: Text
    says: Text | None
    actors: tuple[Text, ...]
    actions: tuple[Text, ...]
    begins: date | None = Field(description="null where no day is settled.")
    ends: date | None


class DraftTold(Cited):
    """The draft that is looked at."""

    id: Text
    title: Text
    short_title: Text
    issuer: Text
    jurisdiction: Text
    file: Text
    sha256: Text
    clauses: tuple[ClauseTold, ...]
    makers: tuple[MakerTold, ...]
