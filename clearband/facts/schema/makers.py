"""Whose products a clause, or a line of a list, is about."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, Text
from clearband.facts.schema.words import DefinitionId, ListId, OrganisationId

Reach = Literal["subsidiaries", "affiliates", "parents"]


class NamedMaker(Fact):
    """An organisation that is named, and how far the measure reaches around it."""

    org: OrganisationId = Field(description="Its id in the register; clearband who NAME finds it.")
    reach: tuple[Reach, ...] = Field(
        (), description="Which relatives are meant, too. Left out: it alone, under any of its names."
    )
    unconfirmed: tuple[Reach, ...] = Field(
        (), description="Relatives that may be meant: the wording was not read. They are a question."
    )
    which: tuple[Reach, ...] = Field(
        (),
        description="Relatives that are not meant and go by the same name: which company it is, is asked.",
    )


class Criterion(Fact):
    """A test that needs a person, or a list that nobody here holds."""

    text: Text = Field(description="The test in words, fit for: a determination that …")
    presumed: Literal["no", "unknown"] = Field(
        "no",
        description="no: not met unless somebody determined so, which is said under what would change the "
        "answer. unknown: a question.",
    )


class RegisterList(Fact):
    """Membership of a published list as the register keeps it."""

    list_id: ListId = Field(alias="list", description="Id of the list.")
    reach: tuple[Reach, ...] = Field((), description="Which relatives of its members are meant, too.")


class Makers(Fact):
    """Any of the named ones, of the members of a list, or of those that a criterion finds."""

    named: tuple[NamedMaker, ...] = Field((), description="Organisations that are named.")
    member_of: RegisterList | None = Field(None, description="Whoever stands on a list of the register.")
    criterion: Criterion | None = Field(None, description="Whoever meets a test that needs a person.")
    affiliates_by: DefinitionId | None = Field(
        None, description="Whose definition of subsidiary and affiliate holds here."
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.named or self.member_of or self.criterion):
            raise ValueError(
                "makers does not say whose products; write named, member_of or criterion, or take makers out"
            )
        return self
