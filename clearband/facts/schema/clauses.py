"""The machine-read form of a measure: clauses, the lists they cover, and exceptions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, FactDate, FullDate, Slug, Text
from clearband.facts.schema.dates import When
from clearband.facts.schema.duties import Duty
from clearband.facts.schema.makers import Makers
from clearband.facts.schema.words import (
    ActionId,
    ActorId,
    ApprovalId,
    Country,
    EquipmentClassId,
    MeasureId,
    PurposeId,
)

_FROM = (
    "When it begins: an event of the timeline (effective 2026-06-01), {date: …, known_from: …} or "
    "{event: …, known_from: …}, or a list of these of which the last one known counts."
)
_UNTIL = "When it ends; that day is the first on which it holds no more. Written as `from`."
_THROUGH = "When it ends; that day is the last on which it holds. Written as `from`."


class Condition(Fact):
    """What an exception asks of the item: every key that is given must hold, any of its words suffices."""

    purposes: tuple[PurposeId, ...] = Field((), description="What the item is used for.")
    equipment: tuple[EquipmentClassId, ...] = Field((), description="What the item is.")
    approvals: tuple[ApprovalId, ...] = Field((), description="An approval or status that is held.")


class Exemption(Fact):
    """A carve-out with its own dates. It helps only when it is known to hold."""

    id: Slug = Field(description="Its name within the clause or entry.")
    text: Text = Field(description="The exception in words.")
    cite: str | None = Field(None, description="Where it is written.")
    when: Condition = Field(description="What must be known of the item.")
    actions: tuple[ActionId, ...] = Field(
        (), description="The actions it is for. Left out: those of the clause."
    )
    from_: When | None = Field(default=None, alias="from", description=_FROM)
    until: When | None = Field(None, description=_UNTIL)
    through: When | None = Field(None, description=_THROUGH)
    if_unknown: Literal["ignore", "review"] = Field(
        "ignore",
        description="When nobody knows whether it holds. ignore: the prohibition stands, and the exception "
        "is under what would change it. review: it is the question.",
    )
    question: str | None = Field(None, description="The question to ask, for if_unknown: review.")


class Scope(Fact):
    """Conditions on the thing itself; all that are given must be met."""

    makers: Makers | None = Field(None, description="Whose products. Left out: whoever made it.")
    equipment: tuple[EquipmentClassId, ...] = Field(
        (),
        description="Classes of equipment (telecom) or kinds (camera), any of these; a class says what is in "
        "it and what may be in it (a question). Left out: anything.",
    )
    purposes: tuple[PurposeId, ...] = Field(
        (), description="Any of these; an unknown purpose is a question. Left out: whatever it is for."
    )
    made_in: Country | tuple[Country, ...] | None = Field(
        None, description="Where it was produced: a country of ISO 3166-1, a list of these, or foreign."
    )
    component_test: str | None = Field(
        None, description="The words of the law on components; shown, not evaluated."
    )


class Entry(Scope):
    """One line of a list or definition, which clauses of this and other measures refer to (`covers`)."""

    id: Slug = Field(description="Its name within the file; answers cite CLAUSE/ENTRY.")
    says: str | None = Field(None, description="The line in words.")
    see: MeasureId | None = Field(None, description="Takes over the entries of another measure.")
    added: FactDate | None = Field(
        None, description="The day on which the line was put on the list. Left out: as old as the clause."
    )
    known_from: FullDate | None = Field(None, description="The day on which that was announced.")
    exceptions: tuple[Exemption, ...] = Field((), description="Carve-outs of this line.")
    would_change: tuple[str, ...] = Field((), description="What else would change the answer, in words.")


class Clause(Scope):
    """One prohibition, duty, permission or piece of advice."""

    id: Slug = Field(description="Its name within the file; answers cite it.")
    cite: Text = Field(description="Where it is written: section, paragraph.")
    effect: Literal["prohibits", "advises", "enables", "requires", "licenses"] = Field(
        description="prohibits: forbids. advises: changes no answer. enables: a power, forbids nothing by "
        "itself. requires: a duty. licenses: permits what another measure prohibits (`relaxes`)."
    )
    says: Text = Field(description="The clause in one sentence; answers show it.")
    actors: Annotated[tuple[ActorId, ...], Field(min_length=1)] = Field(
        description="Whom it binds, any of these, with all who belong to them."
    )
    actions: Annotated[tuple[ActionId, ...], Field(min_length=1)] = Field(
        description="What they may not do, must do or may do."
    )
    covers: MeasureId | None = Field(
        None,
        description="A measure whose entries say what is caught, its own id included; the conditions of "
        "the clause narrow them.",
    )
    added_through: FullDate | None = Field(
        None, description="Only entries that were added by that day are covered."
    )
    delay_days: Annotated[int, Field(ge=0)] = Field(
        0, description="The clause begins that many days after an entry was added."
    )
    from_: When = Field(alias="from", description=_FROM)
    until: When | None = Field(None, description=_UNTIL)
    through: When | None = Field(None, description=_THROUGH)
    asks: str | None = Field(
        None, description="A condition that only a person can answer, as a question: always asked."
    )
    new_equipment: tuple[ActionId, ...] = Field(
        (),
        description="Actions of this clause that speak of equipment new on the day, beside those of the "
        "vocabulary that always do: whose product it was years ago is no question then.",
    )
    ask_only_when_named: Text | None = Field(
        None,
        description="Why it is asked only of an actor named with --as: a clause that bars whatever is not "
        "approved would make a question of every record of an inventory. What was not asked is listed.",
    )
    dealings: bool = Field(
        False,
        description="true for a clause about dealing with the named ones themselves: whose hardware a "
        "brand sells is no question there.",
    )
    exceptions: tuple[Exemption, ...] = Field((), description="Carve-outs.")
    duties: tuple[str | Duty, ...] = Field(
        (), description="What who is bound must do: in words, or with keys where it has a clock."
    )
    would_change: tuple[str, ...] = Field((), description="What else would change the answer, in words.")
    relaxes: MeasureId | None = Field(
        None,
        description="With licenses: the measure to whose every prohibition this is an exception. After its "
        "end the answer cites that end.",
    )
    verified: bool = Field(True, description="false where no source was opened that says so.")
    notes: tuple[str, ...] = Field((), description="What the reader of the file should know.")
