"""What ``clearband impact`` tells, in the published form: every number with the ids of its sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from clearband.facts.schema.base import Fact, Text
from clearband.facts.schema.figures import Number

SCHEMA: Final = "clearband/impact/1"
Level = Literal["low", "average", "high"]
Sources = Annotated[tuple[Text, ...], Field(min_length=1, description="Ids of the part sources.")]


class Cited(Fact):
    """Something that is told with where it is from."""

    sources: Sources
    verified: bool = Field(True, description="Whether it was read there.")


class SourceTold(Fact):
    """A source: published, a measure of the law, what the user gave, or an illustration of ours."""

    kind: Literal["published", "measure", "input", "illustration"]
    what: Text
    url: Text | None = None
    data_date: Text | None = None
    read: bool | None = None


class Range(Fact):
    """A number known within two ends; an end that is null is not known."""

    low: Number | None
    high: Number | None


class MakerTold(Fact):
    """A maker that the draft means, or may mean."""

    id: Text
    name: Text
    meant: Literal["yes", "open"]


class ClauseTold(Fact):
    """A clause of the draft."""

    clause: Text
    cite: Text
    effect: Text
    says: Text | None
    actors: tuple[Text, ...]
    actions: tuple[Text, ...]
    begins: date | None = Field(description="null where no day is settled.")
    ends: date | None


class DraftTold(Cited):
    """The draft that is looked at."""

    id: Text
    title: Text
    short_title: Text
    issuer: Text
    jurisdiction: Text
    file: Text
    sha256: Text
    clauses: tuple[ClauseTold, ...]
    makers: tuple[MakerTold, ...]


class ChangeTold(Cited):
    """Records whose answer the draft changes, by what it was and would be."""

    before: Text
    after: Text
    records: int
    units: int


class QuestionTold(Cited):
    """What would decide records of which it is not known whether the draft reaches them."""

    question: Text
    answer: Text
    records: int


class SiteTold(Cited):
    """What must go at a site."""

    site: Text
    records: int
    units: int
    open_records: int = Field(description="Of these it is not known whether the draft reaches them.")
    out_by: date | None = Field(description="The soonest day that the draft names; null where none is known.")


class DeadlineTold(Cited):
    """A duty of the draft with its day."""

    due: date
    duty: Text
    cite: Text
    records: int
    certain: int = Field(description="Records that owe it for certain; the others if the draft covers them.")


class PriceTold(Cited):
    """What units of a role cost to buy, before a plan; without work and running costs."""

    role: Text
    units: int
    open_units: int
    unit_price: dict[Level, Decimal | None]
    total: dict[Level, Decimal | None] = Field(description="Of the units that go for certain.")
    grade: Text
    from_: Text = Field(alias="from")


class CostTold(Cited):
    """What the cheapest plan found costs, discounted."""

    price: Level
    what: Literal["certain", "with-open"] = Field(description="with-open: what is not known goes, too.")
    cost: Number | None = Field(description="null where there is no plan; why says so.")
    bound: Number | None = None
    last_quarter: Text | None = Field(None, description="In which the last replacement is in service.")
    why: tuple[Text, ...] = ()


class PlanTold(Fact):
    """The way out of what the draft changes."""

    currency: Text
    first_quarter: Text
    quarters: int
    discount_rate: Number
    buys_from: tuple[Text, ...]
    limits: tuple[Text, ...] = Field(description="Tables of limits that the user gave.")
    down_share: Number = Field(description="Of a region's sites, so many may be worked on in one quarter.")
    prices: tuple[PriceTold, ...]
    costs: tuple[CostTold, ...]
    told: tuple[Text, ...] = Field(description="What a person should know of it.")


class InventoryTold(Cited):
    """What the draft does to an inventory."""

    on: date
    actors: tuple[Text, ...]
    actions: tuple[Text, ...]
    records: int
    units: int
    changed: int = Field(description="Records with another answer.")
    new: int = Field(description="Records that must go by the draft, and by no law asked.")
    already: int = Field(description="Records that the draft reaches, and that must go by law as it is.")
    open: int = Field(description="Records of which it is not known whether the draft reaches them.")
    freed: int = Field(description="Records that must go by law, and would not under the draft.")
    changes: tuple[ChangeTold, ...]
    questions: tuple[QuestionTold, ...]
    sites: tuple[SiteTold, ...]
    deadlines: tuple[DeadlineTold, ...]
    plan: PlanTold | None
    no_plan: Text | None = Field(description="Why there is no plan.")


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


class ImpactTold(Fact):
    """What ``clearband impact --json`` prints."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    form: Literal["clearband/impact/1"] = Field(alias="schema")
    clearband: Text
    facts_sha256: Text
    on: date
    draft: DraftTold
    inventory: InventoryTold | None
    market: MarketTold | None
    country: CountryTold | None
    sources: dict[str, SourceTold]
