"""What a draft does to markets, and what stands in a country."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, Text
from clearband.impact.form.base import Cited, Range


class ShareTold(Cited, Range):
    """A share of revenue, in percent, as far as a rounded figure tells."""

    makers: tuple[Text, ...]
    banned: Literal["yes", "in part", "no"] = Field(description="in part: a sum told with others.")
    estimate_by: Text | None


class OutcomeTold(Cited, Range):
    """The concentration (HHI) when banned makers lose a part of their shares, by who takes it."""

    erosion: int = Field(description="Percent of their share.")
    takers: Literal["proportional", "largest", "newcomers", "any"]


class GrowthTold(Cited):
    """By what factor a remaining maker would have to supply more."""

    makers: tuple[Text, ...]
    erosion: int
    together: Range = Field(description="When all others grow alike.")
    alone: Range = Field(description="When it takes all. An end that is null is not bounded.")


class TableTold(Cited):
    """One market, year and region."""

    market: Text
    year: int
    period: Text
    region: Text
    shares: tuple[ShareTold, ...]
    rest: Range
    before: Range = Field(description="Concentration (HHI) before, 0 to 10,000.")
    outcomes: tuple[OutcomeTold, ...]
    growth: tuple[GrowthTold, ...]
    not_computed: Text | None = Field(description="Why nothing is computed.")


class StudyTold(Cited, Range):
    """A figure of somebody's, and who paid for it."""

    id: Text
    what: Text
    unit: Text
    per: Text | None
    year: int
    region: Text
    by: Text
    funded_by: Text | None = Field(description="null: nothing read says who paid.")
    interested: bool
    note: Text | None


class ClaimTold(Cited):
    """What somebody said of whether the others could supply."""

    id: Text
    claim: Text
    by: Text
    year: int
    region: Text


class RankTold(Cited):
    """The place of a banned maker by revenue, where no share is published."""

    market: Text
    year: int
    period: Text
    region: Text
    maker: Text
    place: int | None
    not_among: int | None = Field(description="It is not among the first so many.")
    estimate_by: Text | None


class GapTold(Cited):
    """What was looked for and not found."""

    what: Text


class MarketTold(Fact):
    """What the draft does to markets."""

    tables: tuple[TableTold, ...]
    ranks: tuple[RankTold, ...]
    studies: tuple[StudyTold, ...]
    claims: tuple[ClaimTold, ...]
    gaps: tuple[GapTold, ...]


class InForceTold(Cited):
    """A measure that binds or advises on the day."""

    id: Text
    title: Text
    jurisdiction: Text
    force: Text
    does: tuple[Text, ...] = Field(description="prohibits, requires, advises.")
    since: date
    means: tuple[Text, ...] = Field(description="Makers that the draft means, and that it means too.")


class ComingTold(Cited):
    """A day to come."""

    day: Text
    measure: Text
    what: Text
    draft: bool


class AddedTold(Cited):
    """An answer that the draft changes: of whom, for whom, and for how many kinds of equipment."""

    maker: Text
    action: Text
    actor: Text
    before: Text
    after: Text
    kinds: int = Field(description="Kinds of equipment, for some use and origin at least.")


class CountryTold(Fact):
    """What stands in a country, and what the draft adds."""

    country: Text
    on: date
    jurisdictions: tuple[Text, ...]
    is_home: bool = Field(description="Whether the draft is of this country.")
    in_force: tuple[InForceTold, ...]
    added: tuple[AddedTold, ...]
    asked_on: date = Field(description="The day on which answers without and with the draft are compared.")
    coming: tuple[ComingTold, ...]
    exposure: tuple[TableTold, ...]
    ranks: tuple[RankTold, ...]
    no_exposure: Text | None = Field(description="Said where no share is known.")
    studies: tuple[StudyTold, ...]
