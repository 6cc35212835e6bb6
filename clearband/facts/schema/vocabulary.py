"""The form of ``vocabulary.yaml``: the words questions are asked in."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, Slug, Text


class Actor(Fact):
    """Who acts. ``is`` names the wider classes it belongs to; ``side`` is what it does with equipment."""

    id: Slug
    title: Text
    jurisdiction: str
    is_: tuple[Slug, ...] = Field(default=(), alias="is")
    side: Literal["holder", "supply", "state"]


class Action(Fact):
    """What is done. Holders procure, use, deploy …; the supply side authorises, imports, sells …

    ``new`` marks what is done with equipment that is new on the day: whose product it was years ago is then
    no question.
    """

    id: Slug
    title: Text
    side: Literal["holder", "supply"]
    new: bool = False


class Purpose(Fact):
    """What an item is for, or whose money it is.

    ``implies`` and ``rules_out`` say what is then also true or false; ``phrases`` are the plain words for it.
    """

    id: Slug
    title: Text
    phrases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()


class Approval(Fact):
    """A permission or status that a maker or model holds (or is known not to hold)."""

    id: Slug
    title: Text
    phrases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()


class VocabularyFile(Fact):
    """Actors, actions, purposes and approvals."""

    actors: tuple[Actor, ...]
    actions: tuple[Action, ...]
    purposes: tuple[Purpose, ...]
    approvals: tuple[Approval, ...]
    any_maker_phrases: tuple[str, ...]

    @model_validator(mode="after")
    def _references(self) -> Self:
        actors = {actor.id for actor in self.actors}
        for actor in self.actors:
            if unknown := set(actor.is_) - actors:
                raise ValueError(f"actor {actor.id}: {sorted(unknown)} is no actor")
        for attributes in (self.purposes, self.approvals):
            known = {attribute.id for attribute in attributes}
            for attribute in attributes:
                if unknown := {*attribute.implies, *attribute.rules_out} - known:
                    raise ValueError(f"{attribute.id}: {sorted(unknown)} is not in the same list")
        return self
