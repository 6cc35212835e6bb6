"""Words that a directive file declares for itself, in the form of the entries of ``vocabulary.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, Slug, Text
from clearband.facts.schema.words import ActorId

_ID = "Its name: small letters, digits, hyphens; none of the vocabulary, none of another file."


class OwnActor(Fact):
    """Somebody who acts: a company, a department."""

    id: Slug = Field(description=_ID)
    title: Text = Field(description="Who it is, in words.")
    jurisdiction: str | None = Field(None, description="Where it is at home. Left out: that of the measure.")
    is_: tuple[ActorId, ...] = Field(
        (),
        alias="is",
        description="The actors of the law that it also is; asked as this one, it is bound as they are. "
        "Left out: only clauses that name it bind it.",
    )
    side: Literal["holder", "supply", "state"] = Field(
        "holder", description="What it does with equipment: holder buys and uses it, supply makes or sells."
    )


class OwnWord(Fact):
    """A purpose (what an item is for, whose money it is) or an approval (what a maker or model holds)."""

    id: Slug = Field(description=_ID)
    title: Text = Field(description="What it is, in words.")
    phrases: tuple[str, ...] = Field(
        (),
        description="Plain words that mean it, as inventories and questions write them; beside the id and "
        "the title.",
    )
    implies: tuple[Slug, ...] = Field((), description="Declared words of the same list that then hold, too.")
    rules_out: tuple[Slug, ...] = Field(
        (), description="Declared words of the same list that then do not hold."
    )


class OwnWords(Fact):
    """Words that the vocabulary does not hold; every file that is read with this one may use them."""

    actors: tuple[OwnActor, ...] = Field((), description="Who acts.")
    purposes: tuple[OwnWord, ...] = Field((), description="What an item is for.")
    approvals: tuple[OwnWord, ...] = Field((), description="What approval is held.")
