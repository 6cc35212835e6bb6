"""The examples of a measure, which are asked by ``clearband directives check`` and by the tests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, FactDate, FullDate, Slug
from clearband.facts.schema.words import ActionId, ActorId, ApprovalId

Answer = Literal[
    "prohibited", "not-yet", "exempt", "not-covered", "review", "advised-against", "unidentified"
]  # fmt: skip


class Case(Fact):
    """An example: a question about this measure alone (and what relaxes it), and its right answer."""

    on: FullDate = Field(description="The day the question is about.")
    known_on: FullDate | None = Field(
        None, description="The day whose knowledge is used. Left out: all that the file holds."
    )
    actor: ActorId = Field(description="Who acts.")
    action: ActionId = Field(description="What is done.")
    maker: str = Field(description="A name in any spelling, an id of the register, any, or unknown.")
    equipment: str | None = Field(None, description="What it is, in plain words.")
    purpose: str | None = Field(None, description="What it is used for, in plain words.")
    made_in: str | None = Field(None, description="A country of ISO 3166-1, or foreign.")
    holding: ApprovalId | None = Field(None, description="An approval or status that is held.")
    obtained: FullDate | None = Field(None, description="The day on which it was bought or put to use.")
    answer: Answer = Field(
        description="The right answer. advised-against: nothing is prohibited, and this measure advises "
        "against it."
    )
    date: FactDate | None = Field(None, description="The date that must decide.")
    clause: str | None = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)?$",
        description="The clause that must decide: its id, or CLAUSE/ENTRY.",
    )
    exception: Slug | None = Field(None, description="The exception that must hold or have run out.")
    why: str | None = Field(None, description="Why, for the reader.")
