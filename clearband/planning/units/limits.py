"""Shared limits as arrays: crews, supply, service, money and its refunds, shares (rules 7 to 13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from clearband.model.network import Group, quarter_number
from clearband.planning.network.network import Network
from clearband.planning.network.settings import Refund
from clearband.planning.problem import Classes, Floats, Ints, Money, Options
from clearband.planning.units.choices import Choice
from clearband.planning.units.shares import Shares, shares_of
from clearband.planning.units.work import Work


@dataclass(frozen=True, slots=True)
class Limits:
    """The arrays of ``Problem`` with the same names, and those of shares of makers."""

    crews: Floats
    supply: Floats
    service: Floats
    money: Money
    shares: Shares


def families_of(choices: list[list[Choice]]) -> list[tuple[str, str]]:
    """Maker and role of all that may be bought, in order."""
    return sorted({(o.maker, o.role) for found in choices for one in found for o in one.offers})


def ways_of(network: Network, units: pl.DataFrame) -> tuple[Ints, list[str]]:
    """The way of refunding of each unit (its owner and group), and the owners in order."""
    owners = sorted(set(network.clusters.get_column("owner")))
    ways = {key: i for i, key in enumerate((owner, group.value) for owner in owners for group in Group)}
    number = [ways[pair] for pair in units.select("owner", "group").iter_rows()]
    return np.array(number, dtype=np.int64), owners


def limits_of(
    network: Network, work: Work, units: pl.DataFrame, options: Options, classes: Classes,
    families: list[tuple[str, str]], owners: list[str],
) -> Limits:  # fmt: skip
    """All shared limits. What has no limit gets one that all work together cannot reach."""
    span = network.settings.quarters
    regions = sorted(set(network.clusters.get_column("region")))
    units_in = classes.count[options.of].astype(float)
    ample_hours = float(((options.hours + options.later_hours) * units_in).sum()) + 1.0
    ample_units = float(work.amounts.get_column("quantity").sum() or 0) + 1.0
    ample_money = float(((options.now + options.later) * units_in).sum()) + 1.0
    crews = _table(network.crews, "region", regions, "hours", span, ample_hours)
    supply = _table(
        network.supply.with_columns(pl.concat_str("maker", "role", separator="\0").alias("family")),
        "family", ["\0".join(family) for family in families], "units", span, ample_units,
    )  # fmt: skip
    new = _table(network.money, "owner", owners, "amount", span, 0.0)
    told = network.money.filter(pl.col("amount").is_not_null()).group_by("owner").len()
    limited = {owner for owner, quarters in told.iter_rows() if quarters == span}
    for i, owner in enumerate(owners):
        if owner not in limited:
            new[i, 0] = ample_money
    placed = network.sites.join(network.clusters, on="cluster").get_column("region").value_counts()
    count = dict(placed.iter_rows())
    service = np.array([[network.settings.down_share * count.get(region, 0)] * span for region in regions])
    shares = shares_of(network, work, families, options, classes)
    return Limits(crews, supply, service, _money(network, owners, new), shares)


def _table(table: pl.DataFrame, key: str, names: list[str], value: str, span: int, ample: float) -> Floats:
    """[N, T] of a table of limits; ``ample`` for what has no row or no number."""
    out = np.full((len(names), span), ample)
    number = {name: i for i, name in enumerate(names)}
    mine = table.filter(pl.col(key).is_in(names) & pl.col(value).is_not_null())
    at = np.array([number[name] for name in mine.get_column(key)], dtype=np.int64)
    out[at, mine.get_column("quarter").to_numpy()] = mine.get_column(value).to_numpy()
    return out


def _money(network: Network, owners: list[str], new: Floats) -> Money:
    settings = network.settings
    span, horizon = settings.quarters, settings.quarters + settings.overlap_quarters
    far = horizon + max((refund.lag for refund in settings.refunds), default=0) + 240
    discount = (1.0 + settings.discount_rate) ** (-np.arange(far) / 4)
    balance, worth = [], []
    for owner in owners:
        for group in Group:
            refunds = [one for one in settings.refunds if one.covers(owner, group)]
            moved = np.zeros((horizon, span))
            cost = discount[:horizon].copy()
            for spent in range(horizon):
                moved[spent, spent:] -= 1.0
                for refund in refunds:
                    back = _arrives(refund, spent, settings.start)
                    cost[spent] -= refund.share * (1.0 + settings.discount_rate) ** (-back / 4)
                    moved[spent, back:] += refund.share
            balance.append(moved)
            worth.append(cost)
    return Money(new, np.array(balance), np.array(worth), discount[:horizon])


def _arrives(refund: Refund, spent: int, start: int) -> int:
    first = quarter_number(refund.not_before) - start if refund.not_before else 0
    return max(spent + refund.lag, first)
