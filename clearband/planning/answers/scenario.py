"""A scenario: a documented change of a network, as a file and as another network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import polars as pl
from pydantic import Field

from clearband.errors import InputError
from clearband.facts.compile import validated
from clearband.facts.kinds import Kind
from clearband.facts.schema.base import Fact
from clearband.planning.answers.relaxation import Relaxation, relaxed
from clearband.planning.network.network import Network
from clearband.planning.network.problems import MOST, NetworkError
from clearband.planning.network.read import settings_of
from clearband.planning.network.settings import Money, Name, RoleName
from clearband.planning.network.tables import LIMITS, TABLES

SCHEMA: Final = "clearband/scenario/1"
KIND: Final = Kind("scenario", "*.yaml", "clearband.planning.answers.scenario:Scenario")
Factor = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class ProductChange(Fact):
    """What changes for products; those that fit all that is named."""

    product: Name | None = None
    maker: Name | None = None
    role: RoleName | None = None
    approved: Literal["yes", "conditional", "no"] | None = None
    price_factor: Factor = 1.0
    lead_more: int = Field(0, ge=-60, le=60, description="Quarters.")


class NewProduct(Fact):
    """A product that can be bought in the scenario only; it fits any bands and generation."""

    product: Name
    maker: Name
    role: RoleName
    price: Money = Field(description="Average; of each level that is not told.")
    price_low: Money | None = None
    price_high: Money | None = None
    yearly_cost: Money = 0
    install_hours: Money = 0
    lead_quarters: int = Field(0, ge=0, le=60)
    source: str = Field(max_length=2000)
    exposed: bool = Field(
        default=False,
        description="It leaves a site as exposed as what it replaces, to the end of the horizon.",
    )


class SupplyChange(Fact):
    """What changes for supply; that of the maker and role that are named."""

    maker: Name | None = None
    role: RoleName | None = None
    factor: Factor = 1.0
    as_all: bool = Field(False, description="As much as all makers of the role together.")


class Scenario(Fact):
    """A change of a network. What is left out stays as it is."""

    schema_: Literal["clearband/scenario/1"] = Field(SCHEMA, alias="schema")
    name: Name
    what: str = Field("", max_length=2000)
    settings: dict[str, Any] = Field({}, description="Keys of network.yaml, with other values.")
    products: tuple[ProductChange, ...] = ()
    add: tuple[NewProduct, ...] = ()
    supply: tuple[SupplyChange, ...] = ()
    money_factor: Factor = 1.0
    crews_factor: Factor = 1.0
    dates: Literal["told", "none"] = "told"


def read_scenario(path: Path) -> Scenario:
    """A scenario from its file.

    Raises:
        InputError: It cannot be read, or does not fit.
    """
    if not path.is_file():
        raise InputError("there is no such file", where=str(path), remedy="name the file of a scenario")
    document, problems = validated(KIND, path, path.name)
    if problems:
        raise NetworkError([problem.one_line() for problem in problems[:MOST]], len(problems))
    assert document is not None
    assert isinstance(document.model, Scenario)
    return document.model


def applied(network: Network, scenario: Scenario) -> Network:
    """The network in a scenario. A longer horizon has limits as in a relaxation: no new money.

    Raises:
        InputError: The settings do not fit, or begin in another quarter.
    """
    settings, where = network.settings, f"scenario {scenario.name}"
    if scenario.settings:
        told = settings.model_dump(mode="json", by_alias=True)
        settings = settings_of({**told, **scenario.settings}, where)
    if settings.first_quarter != network.settings.first_quarter:
        remedy = "write another first_quarter in the network itself"
        raise InputError("begins in another quarter than the network", where=where, remedy=remedy)
    network = _with_horizon(network, settings.quarters)
    money = network.money.with_columns(pl.col("amount") * scenario.money_factor)
    crews = network.crews.with_columns(pl.col("hours") * scenario.crews_factor)
    installed = network.installed
    if scenario.dates == "none":
        installed = installed.with_columns(remove_by=pl.lit(None, dtype=pl.Date))
    return replace(
        network, settings=settings, money=money, crews=crews, installed=installed,
        products=_products(network, scenario), supply=_supply(network, scenario),
    )  # fmt: skip


def _with_horizon(network: Network, quarters: int) -> Network:
    """The network with limits for so many quarters."""
    more = quarters - network.settings.quarters
    if more > 0:
        return relaxed(network, Relaxation(quarters=more))
    inside = pl.col("quarter") < quarters
    return replace(network, **{name: getattr(network, name).filter(inside) for name in LIMITS})


def _where(**wanted: str | None) -> pl.Expr:
    some = pl.lit(value=True)
    for column, value in wanted.items():
        if value is not None:
            some = some & (pl.col(column) == value)
    return some


def _products(network: Network, scenario: Scenario) -> pl.DataFrame:
    table = network.products
    for one in scenario.products:
        where = _where(product=one.product, maker=one.maker, role=one.role)
        changes = [
            pl.when(where).then(pl.col(name) * one.price_factor).otherwise(name).alias(name)
            for name in ("price_low", "price_average", "price_high")
        ]
        lead = (pl.col("lead_quarters") + one.lead_more).clip(0, 60)
        changes.append(pl.when(where).then(lead).otherwise("lead_quarters").alias("lead_quarters"))
        if one.approved is not None:
            changes.append(pl.when(where).then(pl.lit(one.approved)).otherwise("approved").alias("approved"))
        table = table.with_columns(changes)
    if scenario.add:
        rows = [
            {
                "product": one.product, "maker": one.maker, "role": one.role,
                "price_low": one.price if one.price_low is None else one.price_low,
                "price_average": one.price,
                "price_high": one.price if one.price_high is None else one.price_high,
                "yearly_cost": one.yearly_cost,
                "install_hours": one.install_hours, "lead_quarters": one.lead_quarters, "approved": "yes",
                "price_source": one.source, "price_grade": "D",
            }
            for one in scenario.add
        ]  # fmt: skip
        table = pl.concat([table, pl.DataFrame(rows, schema=TABLES["products"].schema)])
    return table.sort("product")


def _supply(network: Network, scenario: Scenario) -> pl.DataFrame:
    table = network.supply
    for one in scenario.supply:
        where = _where(maker=one.maker, role=one.role)
        units = pl.col("units").sum().over("role", "quarter") if one.as_all else pl.col("units") * one.factor
        table = table.with_columns(pl.when(where).then(units).otherwise("units").alias("units"))
    return table
