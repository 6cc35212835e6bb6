"""A relaxation: what is given beyond a network's limits, as a file and as another network."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

import polars as pl
from pydantic import Field

from clearband.facts.kinds import Kind
from clearband.facts.schema.base import Fact
from clearband.model.network import GROUP_OF, quarter_number
from clearband.planning.network.network import Network
from clearband.planning.network.settings import GroupName, LeastMakers, Name, QuarterName, RoleName, Share

SCHEMA: Final = "clearband/relaxation/1"
KIND: Final = Kind("relaxation", "*.yaml", "clearband.planning.answers.relaxation:Relaxation")
More = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]


class MoreMoney(Fact):
    """New money of an owner in a quarter, beyond what is told."""

    owner: Name
    quarter: QuarterName
    amount: More


class MoreHours(Fact):
    """Crew hours of a region in a quarter, beyond what is told."""

    region: Name
    quarter: QuarterName
    hours: More


class MoreUnits(Fact):
    """Supply of a maker and role in a quarter, beyond what is told."""

    maker: Name
    role: RoleName
    quarter: QuarterName
    units: More


class LaterDate(Fact):
    """Items of an owner and group that must go by a day may stay until a later one."""

    owner: Name
    group: GroupName
    remove_by: date
    to: date


class HigherCap(Fact):
    """A cap of the settings, counted from 1 as it stands there, is raised to this share."""

    cap: int = Field(ge=1, le=100)
    share: Share


class LowerLeast(Fact):
    """A rule of ``least_makers``, counted from 1, asks for no more than so many makers and that share."""

    rule: int = Field(ge=1, le=20)
    makers: int = Field(20, ge=0, le=20, description="0 asks for nothing.")
    share: Share = 1.0


class Relaxation(Fact):
    """What is given beyond the limits of a network. What is left out stays as it is."""

    schema_: Literal["clearband/relaxation/1"] = Field(SCHEMA, alias="schema")
    title: str = Field("", max_length=500)
    money: tuple[MoreMoney, ...] = ()
    crews: tuple[MoreHours, ...] = ()
    supply: tuple[MoreUnits, ...] = ()
    down_share: Share | None = Field(None, description="Raised to this share.")
    caps: tuple[HigherCap, ...] = ()
    least_makers: tuple[LowerLeast, ...] = ()
    dates: tuple[LaterDate, ...] = ()
    quarters: int = Field(0, ge=0, le=59, description="Quarters that the horizon is longer.")
    approve: tuple[Name, ...] = Field((), description="Products that may be bought.")
    stay: tuple[Name, ...] = Field((), description="Items that need not go.")
    go: tuple[Name, ...] = Field((), description="Items that go, too.")

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not self.model_dump(exclude_defaults=True, exclude={"schema_", "title"})

    def joined(self, other: Relaxation) -> Relaxation:
        """Both together; where both set one number, the other's counts."""
        mine, more = ({name: getattr(one, name) for name in _LISTS} for one in (self, other))
        return Relaxation(
            title=other.title or self.title,
            down_share=self.down_share if other.down_share is None else other.down_share,
            quarters=self.quarters + other.quarters,
            **{name: mine[name] + more[name] for name in _LISTS},
        )


_LISTS: Final = ("money", "crews", "supply", "caps", "least_makers", "dates", "approve", "stay", "go")


def relaxed(network: Network, by: Relaxation) -> Network:
    """The network with a relaxation applied. What has no limit is given none."""
    settings = network.settings
    changes: dict[str, object] = {}
    if by.down_share is not None:
        changes["down_share"] = max(by.down_share, settings.down_share)
    if by.caps:
        caps = list(settings.caps)
        for one in by.caps:
            if one.cap <= len(caps):
                old = caps[one.cap - 1]
                caps[one.cap - 1] = old.model_copy(update={"share": max(old.share, one.share)})
        changes["caps"] = tuple(caps)
    if by.least_makers:
        changes["least_makers"] = _fewer_makers(settings.least_makers, by)
    tables = {name: getattr(network, name) for name in ("supply", "crews", "money")}
    if by.quarters:
        for name, value in (("supply", "units"), ("crews", "hours"), ("money", "amount")):
            tables[name] = _longer(tables[name], value, settings.quarters, by.quarters)
        changes["quarters"] = settings.quarters + by.quarters
    start = settings.start
    tables["money"] = _more(tables["money"], [(m.owner, m.quarter, m.amount) for m in by.money], start)
    tables["crews"] = _more(tables["crews"], [(m.region, m.quarter, m.hours) for m in by.crews], start)
    tables["supply"] = _more(
        tables["supply"], [(m.maker, m.role, m.quarter, m.units) for m in by.supply], start
    )
    return Network(
        settings.model_copy(update=changes), network.sites, network.clusters,
        _items(network, by), _products(network, by), network.pairs, **tables,
        warnings=network.warnings,
    )  # fmt: skip


def _fewer_makers(rules: tuple[LeastMakers, ...], by: Relaxation) -> tuple[LeastMakers, ...]:
    lowered = list(rules)
    for one in by.least_makers:
        if one.rule <= len(lowered):
            old = lowered[one.rule - 1]
            update = {"makers": min(old.makers, one.makers), "share": min(old.share, one.share)}
            lowered[one.rule - 1] = old.model_copy(update=update)
    return tuple(lowered)


def _longer(table: pl.DataFrame, value: str, quarters: int, more: int) -> pl.DataFrame:
    """Crews and supply as in the same quarter a year before (the last known); no new money."""
    parts = [table]
    for quarter in range(quarters, quarters + more):
        like = quarter
        while like >= quarters:
            like -= 4
        mine = table.filter(pl.col("quarter") == max(like, 0)).with_columns(
            pl.lit(quarter, dtype=pl.Int64).alias("quarter")
        )
        if value == "amount":
            mine = mine.with_columns(pl.lit(0.0).alias(value))
        parts.append(mine)
    return pl.concat(parts).sort([name for name in table.columns if name != value])


def _more(table: pl.DataFrame, rows: list[tuple[object, ...]], start: int) -> pl.DataFrame:
    if not rows:
        return table
    keys, value = table.columns[:-1], table.columns[-1]
    counted = [(*row[:-2], quarter_number(str(row[-2])) - start, row[-1]) for row in rows]
    extra = pl.DataFrame(counted, schema={**table.select(keys).schema, "more": pl.Float64}, orient="row")
    return (
        table.join(extra.group_by(keys).agg(pl.col("more").sum()), on=keys, how="left")
        .with_columns(pl.col(value) + pl.col("more").fill_null(0.0))
        .select(table.columns)
        .sort(keys)
    )


def _items(network: Network, by: Relaxation) -> pl.DataFrame:
    items = network.installed
    if by.stay or by.go:
        items = items.with_columns(
            pl.when(pl.col("item").is_in(list(by.stay))).then(pl.lit("no"))
            .when(pl.col("item").is_in(list(by.go))).then(pl.lit("yes"))
            .otherwise(pl.col("must_go")).alias("must_go")
        )  # fmt: skip
    if not by.dates:
        return items
    later = pl.DataFrame(
        [(one.owner, one.group, one.remove_by, one.to) for one in by.dates],
        schema={"_owner": pl.String, "_group": pl.String, "remove_by": pl.Date, "_to": pl.Date},
        orient="row",
    ).group_by("_owner", "_group", "remove_by").agg(pl.col("_to").max())  # fmt: skip
    groups = {role.value: group.value for role, group in GROUP_OF.items()}
    owners = network.sites.join(network.clusters, on="cluster").select("site", _owner="owner")
    told = items.columns
    items = items.join(owners, on="site", how="left").with_columns(
        _group=pl.col("role").replace_strict(groups, return_dtype=pl.String)
    )
    # A date that becomes one which itself is moved moves with it.
    for _ in range(len(by.dates)):
        moved = items.join(later, on=["_owner", "_group", "remove_by"], how="left").with_columns(
            remove_by=pl.max_horizontal("remove_by", "_to")
        )
        if moved["remove_by"].equals(items["remove_by"]):
            break
        items = moved.drop("_to").sort("item")
    return items.select(told).sort("item")


def _products(network: Network, by: Relaxation) -> pl.DataFrame:
    if not by.approve:
        return network.products
    return network.products.with_columns(
        approved=pl.when(pl.col("product").is_in(list(by.approve))).then(pl.lit("yes")).otherwise("approved")
    )
