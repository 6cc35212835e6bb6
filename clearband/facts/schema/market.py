"""``market/*.yaml``: shares of makers, price gaps, estimates of what a ban costs, remarks on capacity."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clearband.facts.schema.base import Fact, Slug, Text
from clearband.facts.schema.figures import Amount, Cited, Measured, Year
from clearband.facts.schema.sources import Source

MarketName = Literal["all-equipment", "ran"]
"""All equipment that telecom operators buy; radio access networks."""
Period = Literal["year", "q1", "h1", "nine-months"]
Percent = Annotated[Amount, Field(le=100)]


class Within(Fact):
    """The market, the time and the place that a figure is about."""

    market: MarketName
    year: Year
    period: Period = "year"
    region: Slug


class ShareFact(Within, Measured, Cited):
    """A share of revenue: of one maker, of several together, or of the largest ones together."""

    maker: Slug | None = Field(None, description="An organisation of the register.")
    makers: tuple[Slug, ...] = Field((), description="Several of them, whose shares are told as one sum.")
    largest: int | None = Field(None, gt=1, description="So many of the largest makers, as one sum.")
    value: Percent | None = None
    low: Percent | None = None
    high: Percent | None = None
    unit: Literal["percent"] = "percent"
    estimate_by: Text | None = Field(None, description="Whose estimate it is.")
    derived: Text | None = Field(None, description="How it follows from what the source says.")
    note: Text | None = None

    @model_validator(mode="after")
    def _whose(self) -> Self:
        if [self.maker is not None, bool(self.makers), self.largest is not None].count(True) != 1:
            raise ValueError("whose share is it; write one of maker, makers and largest")
        return self


class RankFact(Within, Cited):
    """A maker's place by revenue, or that it is not among the first ones."""

    maker: Slug
    place: int | None = Field(None, gt=0)
    not_among: int | None = Field(None, gt=0)
    estimate_by: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.place is None) == (self.not_among is None):
            raise ValueError("which place; write one of place and not_among")
        return self


class MarketMeasureFact(Within, Measured, Cited):
    """Another figure of a market."""

    measure: Literal["size", "growth", "share-change", "users"]
    makers: tuple[Slug, ...] = ()
    unit: Text
    since: Year | None = None
    expected: bool = Field(False, description="A forecast.")
    what: Text
    note: Text | None = None


class PriceGapFact(Measured, Cited):
    """How prices of makers differ, who says so, and who they are."""

    id: Slug
    unit: Literal["percent"] = "percent"
    what: Text
    year: Year
    year_is: Literal["exact", "about"] = "exact"
    region: Slug
    by: Text
    note: Text | None = None


class AlsoFact(Measured):
    """A further figure of the same estimate."""

    what: Text
    unit: Text


class BanCostFact(Measured, Cited):
    """An estimate of what a ban costs, and who paid for the estimate."""

    id: Slug
    what: Text
    unit: Text = Field(description="A currency, or percent.")
    per: Literal["whole", "year"] = "whole"
    years: int | None = Field(None, gt=0, description="Over so many years.")
    year: Year
    region: Slug
    by: Text
    funded_by: Text | None = Field(None, description="Left out where nothing read says who paid.")
    interested: bool = Field(False, description="Who made or paid for it gains or loses by a ban.")
    also: tuple[AlsoFact, ...] = ()
    note: Text | None = None


class CapacityFact(Cited):
    """What was said of whether the others could supply in place of those banned."""

    id: Slug
    claim: Text
    by: Text
    year: Year
    region: Slug
    makers: tuple[Slug, ...] = ()


class RegionFact(Fact):
    """A region as the sources cut the world."""

    id: Slug
    title: Text


class MarketFile(Fact):
    """Figures of one kind or several."""

    title: Text
    regions: tuple[RegionFact, ...] = ()
    shares: tuple[ShareFact, ...] = ()
    ranks: tuple[RankFact, ...] = ()
    measures: tuple[MarketMeasureFact, ...] = ()
    price_gaps: tuple[PriceGapFact, ...] = ()
    ban_costs: tuple[BanCostFact, ...] = ()
    capacity: tuple[CapacityFact, ...] = ()
    gaps: tuple[Text, ...] = Field((), description="What was looked for and not found.")


class MarketPrinted(Fact):
    """What ``clearband data market --json`` prints."""

    form: Literal["clearband/data-market/1"] = Field(alias="schema")
    facts_sha256: Text
    regions: tuple[RegionFact, ...]
    shares: tuple[ShareFact, ...]
    ranks: tuple[RankFact, ...]
    measures: tuple[MarketMeasureFact, ...]
    price_gaps: tuple[PriceGapFact, ...]
    ban_costs: tuple[BanCostFact, ...]
    capacity: tuple[CapacityFact, ...]
    gaps: tuple[Text, ...]
    sources: dict[str, Source] = Field(description="The sources cited, by id.")
