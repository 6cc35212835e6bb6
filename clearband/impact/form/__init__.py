"""What ``clearband impact`` tells, in the published form: every number with the ids of its sources."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import ConfigDict, Field

from clearband.facts.schema.base import Fact, Text
from clearband.impact.form.base import (
    Cited,
    ClauseTold,
    DraftTold,
    MakerTold,
    Range,
    SourceTold,
)
from clearband.impact.form.of_inventory import (
    ChangeTold,
    CostTold,
    DeadlineTold,
    InventoryTold,
    Level,
    PlanTold,
    PriceTold,
    QuestionTold,
    SiteTold,
)
from clearband.impact.form.of_market import (
    AddedTold,
    ClaimTold,
    ComingTold,
    CountryTold,
    GapTold,
    GrowthTold,
    InForceTold,
    MarketTold,
    OutcomeTold,
    RankTold,
    ShareTold,
    StudyTold,
    TableTold,
)

__all__ = [
    "SCHEMA",
    "AddedTold",
    "ChangeTold",
    "Cited",
    "ClaimTold",
    "ClauseTold",
    "ComingTold",
    "CostTold",
    "CountryTold",
    "DeadlineTold",
    "DraftTold",
    "GapTold",
    "GrowthTold",
    "ImpactTold",
    "InForceTold",
    "InventoryTold",
    "Level",
    "MakerTold",
    "MarketTold",
    "OutcomeTold",
    "PlanTold",
    "PriceTold",
    "QuestionTold",
    "Range",
    "RankTold",
    "ShareTold",
    "SiteTold",
    "SourceTold",
    "StudyTold",
    "TableTold",
]

SCHEMA: Final = "clearband/impact/1"


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
