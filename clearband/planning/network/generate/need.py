"""What the work of a made-up network needs, and limits a little above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from clearband.model.network import GROUP_OF, Role, quarter_name, quarter_number
from clearband.planning.network.default_prices import LABOUR_RATE, packaged_defaults, visit_cost
from clearband.planning.network.generate import assumptions as given
from clearband.planning.network.generate.catalogue import makers, mean_factor
from clearband.planning.network.generate.places import Places, names

REMOVAL_SHARE = 0.3


@dataclass(frozen=True)
class Need:
    """What must be done, if everything of unknown makers goes too.

    Attributes:
        regions: region, sites, hours, largest_hours (of one unit of work), visits, largest_visits.
        roles: role, units, largest (of one unit of work).
        owners: owner, cost.
    """

    regions: pl.DataFrame
    roles: pl.DataFrame
    owners: pl.DataFrame


def need_of(where: Places, items: pl.DataFrame) -> Need:
    """What the items that go need."""
    by_site = pl.DataFrame(
        {
            "site": names("S", np.arange(len(where.market)), 6),
            "unit": where.cluster,
            "region": names("R", where.region, 2),
            "owner": names("carrier-", where.owner_of[where.market], 0),
        }
    )
    group = {role.value: group.value for role, group in GROUP_OF.items()}
    hours = {role.value: float(packaged_defaults()[role].hours) for role in Role}
    price = {role.value: packaged_defaults()[role].whole[1] * mean_factor(role) for role in Role}
    goes = (
        items.filter(pl.col("must_go") != "no")
        .join(by_site, on="site", how="left")
        .with_columns(
            group=pl.col("role").replace_strict(group),
            hours=pl.col("quantity") * pl.col("role").replace_strict(hours),
            cost=pl.col("quantity") * pl.col("role").replace_strict(price),
        )
    )
    units = goes.group_by("region", "owner", "unit", "group").agg(
        pl.col("hours").sum(), pl.col("cost").sum(), pl.col("site").n_unique().alias("sites")
    )
    visits = pl.when(pl.col("group") != "cpe").then("sites").otherwise(0)
    regions = units.group_by("region").agg(
        pl.col("hours").sum() * (1 + REMOVAL_SHARE),
        pl.col("hours").max().alias("largest_hours"),
        visits.sum().alias("visits"),
        visits.max().alias("largest_visits"),
    )
    sites = by_site.group_by("region").agg(pl.len().alias("sites"))
    roles = goes.group_by("unit", "role").agg(pl.col("quantity").sum().alias("units")).group_by("role")
    labour = pl.col("hours") * (1 + REMOVAL_SHARE) * LABOUR_RATE
    return Need(
        sites.join(regions, on="region", how="left").fill_null(0).sort("region"),
        roles.agg(pl.col("units").sum(), pl.col("units").max().alias("largest")).sort("role"),
        units.group_by("owner")
        .agg((pl.col("cost") + labour + pl.col("sites") * visit_cost()).sum().alias("cost"))
        .sort("owner"),
    )


def down_share(need: Need, end: int) -> float:
    """Share of a region's sites that must be workable in one quarter, in whole hundredths.

    Args:
        end: The quarter, from 0, by whose end the first owner is done.
    """
    window = end - given.FIRST_WORK - 1
    wanted = need.regions.select(
        pl.max_horizontal(
            pl.col("visits") / window * given.DOWN_FACTOR, pl.col("largest_visits") * given.DOWN_CLUSTERS
        )
        / pl.col("sites")
    ).to_series()
    return float(min(1.0, max(given.DOWN_SHARE, np.ceil(float(wanted.max() or 0.0) * 100) / 100)))  # type: ignore[arg-type]


def crews(need: Need, quarters: int, end: int, tight: float) -> pl.DataFrame:
    """Hours by region and quarter: fewer in winter; enough by the end of quarter ``end``."""
    seasons = np.array([given.SEASONS[quarter % 4] for quarter in _numbers(quarters)])
    frames = []
    for row in need.regions.iter_rows(named=True):
        hours = row["hours"] * given.CREW_FACTOR * seasons / seasons[given.FIRST_WORK : end + 1].sum()
        hours = np.maximum(hours, row["largest_hours"] * given.LARGEST_UNIT) * tight
        frames.append(
            pl.DataFrame({"region": row["region"], "quarter": _names(quarters), "hours": hours.round(1)})
        )
    return pl.concat(frames)


def supply(need: Need, quarters: int, end: int, tight: float) -> pl.DataFrame:
    """Units by maker, role and quarter: growing over the first years; enough before quarter ``end``."""
    ramp = np.minimum(1.0, np.arange(1, quarters + 1) / given.RAMP_QUARTERS)
    frames = []
    for row in need.roles.iter_rows(named=True):
        role = Role(row["role"])
        over = np.full(quarters, 1 / given.CORE_QUARTERS)
        if role != Role.CORE:
            over = ramp / ramp[given.FIRST_WORK : end].sum()
        for maker, share in makers(role):
            units = row["units"] * given.SUPPLY_FACTOR * share * over
            units = np.maximum(units, row["largest"] * given.LARGEST_UNIT) * tight
            frames.append(
                pl.DataFrame(
                    {"maker": maker, "role": role.value, "quarter": _names(quarters), "units": np.ceil(units)}
                )
            )
    return pl.concat(frames)


def money(need: Need, quarters: int, ends: Sequence[int], tight: float) -> pl.DataFrame:
    """New money by owner and quarter: what refunds leave to pay, more of it at the start.

    Args:
        ends: The quarter by whose end each owner is done. Refunds of what is spent last come after it.
    """
    costs = dict(need.owners.select("owner", "cost").iter_rows())
    frames = []
    for owner, end in zip(names("carrier-", np.arange(len(ends)), 0), ends, strict=True):
        weights = np.zeros(quarters)
        weights[:end] = np.linspace(given.MONEY_EARLY, 2 - given.MONEY_EARLY, end)
        spending = end - given.FIRST_WORK
        back = given.REFUND_SHARE * max(0, spending - given.REFUND_LAG) / spending
        share = max((1 - given.REFUND_SHARE) * given.MONEY_FACTOR, 1 - back)
        whole = costs.get(owner, 0.0) * share * tight
        amount = (whole * weights / weights.sum()).round(0)
        frames.append(pl.DataFrame({"owner": owner, "quarter": _names(quarters), "amount": amount}))
    return pl.concat(frames)


def _numbers(quarters: int) -> range:
    first = quarter_number(given.FIRST_QUARTER)
    return range(first, first + quarters)


def _names(quarters: int) -> list[str]:
    return [quarter_name(number) for number in _numbers(quarters)]
