"""All checks of a network across its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from clearband.model.network import MustGo
from clearband.planning.network.check.found import Found, counted
from clearband.planning.network.check.products import (
    not_covered,
    not_in_time,
    without_limit,
    without_pair,
    without_price,
)
from clearband.planning.network.check.references import order_of_clusters, unknown_names
from clearband.planning.network.check.shares import broken_shares
from clearband.planning.network.check.summary import summary
from clearband.planning.network.check.units import without_room
from clearband.planning.network.demand import Demand
from clearband.planning.network.network import Network
from clearband.planning.network.problems import MOST, NetworkError


@dataclass(frozen=True)
class Checked:
    """What the checks found.

    Attributes:
        summary: Counts, ``must_go`` by role and maker, and ``unknown``.
    """

    found: tuple[Found, ...]
    summary: dict[str, Any]

    @property
    def errors(self) -> tuple[Found, ...]:
        """What keeps the network from being planned."""
        return tuple(one for one in self.found if one.severity == "error")

    @property
    def warnings(self) -> tuple[Found, ...]:
        """What a person should look at."""
        return tuple(one for one in self.found if one.severity == "warning")


def check(network: Network) -> Checked:
    """Hold the tables of a network against each other."""
    demand = Demand(network)
    read = (Found("warning", "reading", line, "") for line in network.warnings)
    return Checked((*read, *_found(demand)), summary(demand))


def refuse_unplannable(network: Network) -> None:
    """Refuse a network that cannot be planned.

    Raises:
        NetworkError: A line for each of the first twenty reasons.
    """
    errors = [one for one in _found(Demand(network)) if one.severity == "error"]
    if errors:
        raise NetworkError([one.one_line() for one in errors[:MOST]], len(errors))


def _found(demand: Demand) -> Iterator[Found]:
    yield from unknown_names(demand.network)
    yield from order_of_clusters(demand.network)
    yield from without_price(demand)
    yield from not_covered(demand)
    yield from without_pair(demand)
    yield from not_in_time(demand)
    yield from without_room(demand)
    yield from broken_shares(demand)
    yield from without_limit(demand)
    yield from _odd(demand)


def _odd(demand: Demand) -> Iterator[Found]:
    items, settings = demand.network.installed, demand.network.settings
    if not demand.items.height:
        yield Found("warning", "nothing-goes", "nothing must go", "set must_go in installed")
    elif demand.items["remove_by"].null_count() == demand.items.height and not settings.exposure_price:
        yield Found(
            "warning",
            "nothing-presses",
            "no item that goes has a remove_by, and exposure has no price, so that the cheapest plan puts "
            "off what it can, to the end of the horizon",
            "give days in installed or exposure_price in the settings, or plan fewer quarters",
            demand.items.height,
        )
    kept = items.filter((pl.col("must_go") == MustGo.NO.value) & pl.col("remove_by").is_not_null())
    if kept.height:
        yield Found(
            "warning",
            "date-without-duty",
            f"{counted(kept.height, 'item')} with a remove_by and must_go no stay",
            "set must_go to yes, or take the date out",
            kept.height,
        )
    unknown = items.filter(pl.col("must_go") == MustGo.UNKNOWN.value)
    if unknown.height:
        as_if = "replaced" if settings.unknown == "replace" else "kept"
        yield Found(
            "warning",
            "unknown-items",
            f"of {counted(unknown.height, 'item')} it is not known whether they must go; they are {as_if}",
            "set must_go to yes or no where it is known",
            unknown.height,
        )
