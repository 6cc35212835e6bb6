"""``costs/*.yaml`` and ``cost_terms.yaml``: what a piece of a replacement costs, how sure that is."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.schema.base import Fact, FactDate, Slug, Text
from clearband.facts.schema.figures import Amount, Cited, Currency, Year
from clearband.facts.schema.sources import Source

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
"""An id of a cost item; underscores are allowed, for they stand in the tables that people load."""
Grade = Literal["A", "B", "C", "D"]
Category = Literal[
    "turnkey",
    "RAN",
    "core",
    "transport",
    "towers",
    "labour",
    "site survey",
    "decommission and disposal",
    "temporary bridging",
    "professional services",
]


class Division(Fact):
    """How a figure of grade D was made: a published total over a published count."""

    total: Amount
    over: Annotated[int, Field(gt=0)]
    of: Text = Field(description="What was counted.")
    count_is: Literal["exact", "about", "at-least"] = Field(
        "exact", description="at-least: the true figure is lower, for more were counted."
    )

    def result(self) -> Decimal:
        """The quotient, in whole units of the currency."""
        return (self.total / self.over).quantize(Decimal(1), ROUND_HALF_UP)


class CostItemFact(Cited):
    """One unit cost. What nobody published is null."""

    id: ItemId
    category: Category
    item: Text
    unit: Text
    low: Amount | None = None
    average: Amount | None = None
    high: Amount | None = None
    currency: Currency | None = Field(None, description="null for a fraction, which is no money.")
    year_of_money: Year | None = Field(None, description="The year whose money it is; null: not said.")
    grade: Grade
    formula: Division | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ends = [end for end in (self.low, self.average, self.high) if end is not None]
        if ends != sorted(ends):
            raise ValueError(f"{self.id}: low, average and high are out of order; correct them")
        if (self.grade == "D") != (self.formula is not None):
            raise ValueError(f"{self.id}: grade D means derived by a formula; give both or neither")
        if self.formula is not None and self.formula.result() != self.average:
            raise ValueError(f"{self.id}: the formula gives {self.formula.result()}; correct average")
        if (self.unit == "fraction") != (self.currency is None):
            raise ValueError(f"{self.id}: money has a currency and a fraction none; correct currency")
        if not ends and self.verified:
            raise ValueError(f"{self.id}: no figure is given; write verified: false")
        return self


class CostsFile(Fact):
    """The unit costs of some categories."""

    title: Text
    items: tuple[CostItemFact, ...]


class GradeFact(Fact):
    """What a grade means."""

    id: Grade
    what: Text


class CostRoleFact(Fact):
    """A part or a piece of work that a plan needs a price for, and the items that price it, best first."""

    id: Slug
    what: Text
    items: Annotated[tuple[ItemId, ...], Field(min_length=1)]


class RemarkFact(Cited):
    """Something that a source says and no figure holds."""

    id: Slug
    what: Text


class CostTermsFile(Fact):
    """What the costs speak of: grades, parts of a plan, remarks."""

    as_of: FactDate
    grades: tuple[GradeFact, ...]
    roles: tuple[CostRoleFact, ...]
    remarks: tuple[RemarkFact, ...]
    gaps: tuple[Text, ...]


class CostsPrinted(Fact):
    """What ``clearband data costs --json`` prints."""

    form: Literal["clearband/data-costs/1"] = Field(alias="schema")
    facts_sha256: Text
    terms: CostTermsFile
    items: tuple[CostItemFact, ...]
    sources: dict[str, Source] = Field(description="The sources cited, by id.")
