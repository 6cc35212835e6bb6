"""``control_definitions.yaml``: what the law calls a subsidiary, an affiliate or a parent."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, Slug, Text
from clearband.facts.schema.words import Country

Percent = Annotated[str, StringConstraints(pattern=r"^(\d{1,2}(\.\d{1,4})?|100)$")]
Sides = Annotated[tuple[Literal["owner", "owned", "common"], ...], Field(min_length=1)]


class ShareFact(Fact):
    """A share that is enough.

    ``indirect`` says how a share through others counts: ``none``; ``multiplied`` along the way; ``cascade``:
    whoever is held enough counts as its holder. ``aggregate`` adds the shares of several owners.
    """

    sides: Sides
    at_least: Percent | None = None
    more_than: Percent | None = None
    of: Literal["equity", "votes", "equity or votes"]
    indirect: Literal["none", "multiplied", "cascade"]
    aggregate: bool = False

    @model_validator(mode="after")
    def _one_threshold(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError("a share is either at_least or more_than so many per cent")
        if self.aggregate and self.sides != ("owner",):
            raise ValueError("only the shares of owners add up: aggregate goes with sides: [owner]")
        return self


class ReachTest(Fact):
    """One test: control on the given sides, or a share."""

    control: Sides | None = None
    share: ShareFact | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if (self.control is None) == (self.share is None):
            raise ValueError("a test is either control or share")
        return self


class DefinitionFact(Fact):
    """One definition, in own words and as tests of which any suffices.

    ``named_only: true`` stands for a law that means only whom it names; it has no tests. ``foreign_to`` is a
    country whose own entities the tests do not reach.
    """

    id: Slug
    cite: Text
    says: Text
    source: Text
    verified: bool
    note: Text | None = None
    named_only: bool = False
    foreign_to: Country | None = None
    subsidiaries: tuple[ReachTest, ...] = ()
    affiliates: tuple[ReachTest, ...] = ()
    parents: tuple[ReachTest, ...] = ()

    @model_validator(mode="after")
    def _tests_or_none(self) -> Self:
        if self.named_only == bool(self.subsidiaries or self.affiliates or self.parents):
            raise ValueError("a definition has tests, or named_only: true")
        return self


class ControlDefinitionsFile(Fact):
    """All definitions."""

    definitions: tuple[DefinitionFact, ...]
