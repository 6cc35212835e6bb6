"""What was found on a measure, for people: it is shown, and not evaluated."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, FullDate, Text
from clearband.facts.schema.words import MeasureId, OrganisationId


class Target(Fact):
    """Whom or what a measure aims at. Read by the evaluation only while there are no clauses."""

    type: Literal["named", "list", "country-rule", "criteria", "reference"] = Field(
        description="How it says whom it means."
    )
    names: tuple[str, ...] = Field((), description="The names as written.")
    organisations: tuple[OrganisationId, ...] = Field((), description="Ids of the register.")
    list_: str | None = Field(default=None, alias="list", description="The list, in words.")
    id: MeasureId | None = Field(None, description="The measure that is referred to.")
    rule: str | None = Field(None, description="The rule, in words.")
    countries: tuple[str, ...] = Field((), description="Countries that are named.")
    applies_to: str | None = Field(None, description="What part of the measure it is for.")
    reach: str | None = Field(None, description="How far it reaches around the named ones, in words.")
    equipment: str | None = Field(None, description="What equipment, in words.")
    purpose_limit: str | tuple[str, ...] | None = Field(None, description="For what purposes, in words.")
    note: str | None = Field(None, description="What the reader should know of it.")


class FactScope(Fact):
    """What a measure reaches, in words."""

    equipment: tuple[str, ...] = Field((), description="What equipment.")
    note: str | None = Field(None, description="What the reader should know of it.")
    purpose_limit: tuple[str, ...] = Field((), description="For what purposes.")
    component_test: str | None = Field(None, description="What it says of components.")
    capability_test: str | None = Field(None, description="What it says of capabilities.")
    flow_down: str | None = Field(None, description="What it says of subcontracts.")
    definitions: dict[str, str] = Field(
        default_factory=dict, description="What it defines: word to its meaning."
    )


class Relation(Fact):
    """How a measure stands to another."""

    type: str = Field(description="The relation: amends, implements, part-of, sibling …")
    id: MeasureId = Field(description="The other measure.")


class Source(Fact):
    """Where something was read."""

    title: Text = Field(description="What it is.")
    citation_or_url: Text = Field(description="Where it is.")
    supports: Text = Field(description="What it was read for.")
    seen: bool = Field(True, description="false for a citation that nobody opened.")


class Edition(Fact):
    """Members of a list since an edition, or names looked for and not found."""

    since: FullDate | None = Field(None, description="The day of the edition.")
    names: tuple[str, ...] = Field((), description="Members, as named there.")
    not_found_on_list: tuple[str, ...] = Field((), description="Names looked for and not found.")
    note: str | None = Field(None, description="What the reader should know of it.")
