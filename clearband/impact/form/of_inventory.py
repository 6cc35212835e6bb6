"""What a draft does to an inventory, and the way out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from clearband.facts.schema.base import Fact, Text
from clearband.facts.schema.figures import Number
from clearband.impact.form.base import Cited

Level = Literal["low", "average", "high"]


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
