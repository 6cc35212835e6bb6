"""The form of a profile: an authority's policy over the catalogue of criteria."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FullDate, Slug, Sourced, Text
from clearband.facts.schema.criteria import CriterionId, GateFact, Level, ScaleFact, Tier

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class TierPolicyFact(Fact):
    """What is asked for in one tier of equipment."""

    tier: Tier
    least_level: Level = Field(description="Evidence below it does not count.")
    refuse_level: Level = Field(description="Evidence below it meets no gate that refuses or suspends.")
    list_at: Share = Field(description="Score from which a subject may be listed.")
    refuse_below: Share = Field(description="Score under which it is refused.")
    valid_months: int = Field(gt=0, le=120)
    interim_months: int = Field(gt=0, le=36)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.refuse_below > self.list_at:
            raise ValueError(f"{self.tier}: refuse_below is above list_at")
        return self


class DesignatedFact(Sourced):
    """A country that the authority designates, from a day on."""

    country: Country
    since: FullDate | None = None


class ChoiceFact(Fact):
    """A criterion as the authority wants it: another weight or scale, other gates, or left out."""

    id: CriterionId
    reason: Text
    weight: int | None = Field(None, ge=0, le=5, description="0 leaves it out of the score; its gates stay.")
    scale: ScaleFact | None = None
    gates: tuple[GateFact, ...] | None = None
    leave_out: bool = False


class GroupShareFact(Fact):
    """The share of a group in the whole."""

    group: Slug
    share: int = Field(ge=0, le=100)


class BindingListFact(Sourced):
    """A list whose entries bind the authority (``list`` of an organisation's designations)."""

    list: Slug


class ProfileFile(Fact):
    """One profile. Criteria that are not named are those of the catalogue, as they stand there."""

    id: Slug
    title: Text
    authority: Text
    territory: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    illustration: bool = Field(
        False, description="Whether it only shows how one works, and is nobody's policy."
    )
    notes: tuple[Text, ...] = ()
    groups: tuple[GroupShareFact, ...] = ()
    criteria: tuple[ChoiceFact, ...] = ()
    tiers: Annotated[tuple[TierPolicyFact, ...], Field(min_length=1)]
    designated: tuple[DesignatedFact, ...] = ()
    binding: tuple[BindingListFact, ...] = ()
    reply_days: int = Field(30, ge=0, le=365)
    quorum: int = Field(2, ge=1, le=50)

    @model_validator(mode="after")
    def _once(self) -> Self:
        for what, names in (
            ("tier", [str(one.tier) for one in self.tiers]),
            ("criterion", [one.id for one in self.criteria]),
            ("group", [one.group for one in self.groups]),
        ):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{what} {', '.join(sorted(twice))} stands there twice")
        return self
