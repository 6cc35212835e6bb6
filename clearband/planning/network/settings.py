"""``network.yaml``: horizon, money and rules of a network (docs/adr/0010-the-way-out.md)."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clearband.facts.kinds import Kind
from clearband.facts.schema.base import Fact
from clearband.model.network import QUARTER_PATTERN, Group, Role, last_day, quarter_name, quarter_number

SCHEMA: Final = "clearband/network/1"
FILE: Final = "network.yaml"
KIND: Final = Kind("network", FILE, "clearband.planning.network.settings:NetworkSettings")

MOST_MONEY: Final = 1e15
_NOISE: Final = 1e-6
"""Of a share times units, which are whole numbers."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Money = Annotated[float, Field(ge=0, le=MOST_MONEY, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
QuarterName = Annotated[str, StringConstraints(pattern=QUARTER_PATTERN)]
RoleName = Literal["radio", "baseband", "core", "transport", "access", "cpe"]
GroupName = Literal["ran", "core", "transport", "access", "cpe"]


class Weights(Fact):
    """Points of exposure of a site, by the role of what must go there."""

    radio: Points = 1
    baseband: Points = 2
    core: Points = 10
    transport: Points = 1
    access: Points = 1
    cpe: Points = 1

    def of(self, role: Role) -> float:
        """The points of one role."""
        return float(getattr(self, role.value))


class Cap(Fact):
    """The most that one maker may have of a role's units in the network at the end."""

    role: RoleName
    share: Share
    maker: Name | None = Field(None, description="Every maker, when left out.")


class LeastMakers(Fact):
    """So many makers have at least that share each of a role's units at the end."""

    role: RoleName
    makers: int = Field(ge=0, le=20, description="0 asks for nothing.")
    share: Share

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.makers * self.share > 1:
            raise ValueError(
                f"{self.makers} makers with {self.share:g} each are more than the whole; "
                "lower makers or share"
            )
        return self

    def units(self, total: int) -> int:
        """Units of the role that a maker has with the least share of so many, and one at least."""
        return max(1, math.ceil(self.share * total - _NOISE))


class Refund(Fact):
    """A programme that pays a share of the spending back."""

    owner: Name | None = Field(None, description="Every owner, when left out.")
    share: Share
    lag: int = Field(ge=0, le=40, description="Quarters after the spending.")
    not_before: QuarterName | None = Field(None, description="No refund comes before this quarter.")
    groups: tuple[GroupName, ...] | None = Field(
        None, min_length=1, description="Every group, when left out."
    )

    def covers(self, owner: str, group: Group) -> bool:
        """Whether spending of an owner on a group is refunded."""
        return self.owner in (None, owner) and (self.groups is None or group.value in self.groups)


class NetworkSettings(Fact):
    """What holds for the whole network. Quarters are numbered from 0, the first of the horizon."""

    schema_: Literal["clearband/network/1"] = Field(alias="schema")
    title: Name
    currency: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    first_quarter: QuarterName = Field(description="Like 2027-Q1.")
    quarters: int = Field(ge=1, le=60)
    discount_rate: float = Field(0.07, ge=0, le=1, allow_inf_nan=False, description="A year.")
    exposure_price: Money = Field(0, description="Money for one point of exposure over one quarter.")
    weights: Weights = Weights()
    labour_rate: Money = Field(0, description="Money for a crew hour.")
    visit_cost: Money = Field(0, description="Money for one site in one unit of work: travel and survey.")
    overlap_quarters: int = Field(
        1,
        ge=0,
        le=1,
        description="Old equipment is taken down so many quarters after the new carries traffic.",
    )
    removal_share: Share = Field(
        0.3, description="Hours of taking down, as a share of the hours of installing."
    )
    down_share: Share = Field(
        0.1, description="Share of a region's sites that may be worked on in one quarter."
    )
    core_first: bool = Field(True, description="Radio access waits for the core of its market.")
    unknown: Literal["replace", "keep"] = Field(
        "replace", description="Equipment of which it is not known whether it must go."
    )
    conditional: bool = Field(True, description="May products approved with conditions be bought.")
    price: Literal["low", "average", "high"] = "average"
    caps: tuple[Cap, ...] = Field((), max_length=100)
    least_makers: tuple[LeastMakers, ...] = Field((), max_length=20)
    refunds: tuple[Refund, ...] = Field((), max_length=100)

    @model_validator(mode="after")
    def _no_profit(self) -> Self:
        for owner in {refund.owner for refund in self.refunds}:
            for group in Group:
                share = sum(one.share for one in self.refunds if one.covers(owner or "", group))
                if share > 1:
                    raise ValueError(
                        f"refunds of {owner or 'every owner'} for {group} add up to {share:g}; "
                        "at most the whole can come back"
                    )
        return self

    @property
    def start(self) -> int:
        """The first quarter, as `quarter_number` counts."""
        return quarter_number(self.first_quarter)

    @property
    def price_column(self) -> str:
        """The column of ``products`` that prices are taken from."""
        return f"price_{self.price}"

    def quarter_name(self, quarter: int) -> str:
        """A quarter of the horizon, counted from 0, as ``2027-Q1``."""
        return quarter_name(self.start + quarter)

    def last_day(self, quarter: int) -> date:
        """The last day of a quarter of the horizon, counted from 0."""
        return last_day(self.start + quarter)
