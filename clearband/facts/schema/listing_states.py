"""``listing_states.yaml``: states of an approved list's entries, what each lets a buyer do, and the steps."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, FactDate, Slug, Text
from clearband.model.listing import Say, State, Use

Standing = State | Literal["none"]
Carried = Literal[
    "assessment",
    "by",
    "conditions",
    "grounds",
    "refers",
    "remove_by",
    "reply_until",
    "state",
    "terms",
    "text",
    "until",
]
"""What a step must say: a part of the event; ``grounds`` are ids of criteria or evidence."""


Come = Literal["listed", "listed-conditional", "incomplete", "refused", "undetermined"]
"""What an assessment comes to."""


class StateFact(Fact):
    """A state; after a decision it answers the five questions."""

    id: State
    stage: Literal["case", "in-force", "ended", "stopped"]
    severity: int = Field(ge=0, le=9, description="A decision may not be more severe than its proposal.")
    what: Text
    carries: tuple[Carried, ...] = Field((), description="What a step that leads here must say.")
    allowed_by: tuple[Come, ...] = Field(
        (), description="Outcomes of an assessment that allow it; against others the authority says why."
    )
    uses: dict[Use, Say] | None = None

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if (self.stage == "case") != (self.uses is None):
            raise ValueError(f"{self.id}: a state after a decision answers the five questions, no other does")
        if self.uses is not None and set(self.uses) != set(Use):
            raise ValueError(f"{self.id}: uses must answer {', '.join(Use)}")
        return self


class FlagFact(Fact):
    """A flag that a step sets, takes away, or needs."""

    sets: Slug | None = None
    clears: Slug | None = None
    needs: Slug | None = None


class StepFact(Fact):
    """A step: in which case and standing it may be taken, where it leads, what it must carry."""

    id: Slug
    what: Text
    about: Literal["entry", "dependency", "authority"] = "entry"
    case_from: tuple[Standing, ...] = ()
    case_to: Standing | None = None
    from_: tuple[Standing, ...] = Field((), alias="from", description="Standing before; empty: any.")
    to: tuple[State, ...] = ()
    proposes: tuple[State, ...] = ()
    after: Slug | None = Field(None, description="Proposal that must be open, its time for a reply over.")
    of: Slug | None = Field(None, description="Proposal that must be open.")
    causes: Annotated[tuple[Slug, ...], Field(min_length=1)]
    carries: tuple[Carried, ...] = ()
    signatures: Literal["none", "one", "quorum"] = "none"
    flag: FlagFact = FlagFact()
    replies: bool = False
    meets: bool = False
    corrects: bool = False


class ByDateFact(Fact):
    """What dates alone make of a state."""

    id: Literal["expiring", "listing-ended", "evidence-ended", "condition-late", "dependency-lost"]
    from_: tuple[State, ...] = Field(alias="from")
    to: tuple[State, ...]
    what: Text


class DependencyFact(Fact):
    """A kind of thing that entries hang on, and the state of an entry that lost it."""

    id: Slug
    lost: State
    what: Text


class ListingStatesFile(Fact):
    """States, steps, and what dates do."""

    compiled: FactDate
    expiring_days: int = Field(ge=0, le=730)
    evidence_grace_days: int = Field(ge=0, le=730)
    states: tuple[StateFact, ...]
    steps: tuple[StepFact, ...]
    by_date: tuple[ByDateFact, ...]
    dependencies: tuple[DependencyFact, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        states = {state.id: state for state in self.states}
        if set(states) != set(State) or len(states) != len(self.states):
            raise ValueError("each state of the model must stand here once")
        steps = {step.id for step in self.steps}
        for step in self.steps:
            led = [state for state in step.to if states[state].stage == "case"]
            if led or (step.after and step.after not in steps):
                raise ValueError(f"{step.id}: it leads to {led or step.after}, which it cannot")
            if step.proposes and step.case_to != State.PROPOSED:
                raise ValueError(f"{step.id}: what proposes a state leads the case to proposed")
        return self
