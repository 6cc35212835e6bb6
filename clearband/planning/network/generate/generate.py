"""A made-up network as settings and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.errors import UsageError
from clearband.model.network import last_day, quarter_number
from clearband.planning.network.default_prices import CURRENCY, LABOUR_RATE, VISIT_COST
from clearband.planning.network.generate import assumptions as given
from clearband.planning.network.generate import need as needed
from clearband.planning.network.generate.catalogue import pairs, products
from clearband.planning.network.generate.equipment import installed
from clearband.planning.network.generate.places import places
from clearband.planning.network.settings import SCHEMA
from clearband.planning.network.write import Written

FEWEST_QUARTERS: Final = 12
"""Fewer leave no room between lead times, the core before the rest, and refunds that come late."""
MOST_QUARTERS: Final = 60


@dataclass(frozen=True)
class Asked:
    """What is wanted.

    Attributes:
        share: Of the clusters, those whose radio access must go.
        tight: All limits are multiplied by it; below 1 there is less of everything.
    """

    sites: int
    seed: int = 0
    quarters: int = given.QUARTERS
    share: float = 0.6
    tight: float = 1.0

    def check(self) -> None:
        """Refuse what cannot be made.

        Raises:
            UsageError: Sites, quarters, share or tightness lie outside of what is made.
        """
        for value, least, most, option in (
            (self.sites, given.FEWEST, given.MOST, "--sites"),
            (self.quarters, FEWEST_QUARTERS, MOST_QUARTERS, "--quarters"),
            (self.share, 0.05, 1, "--share"),
            (self.tight, 0.01, 100, "--tight"),
        ):
            if not least <= value <= most:
                raise UsageError(
                    f"{value} is out of range", where=option, remedy=f"give {least:,} to {most:,}"
                )


def generate(asked: Asked) -> Written:
    """Make a network up.

    Raises:
        UsageError: See `Asked.check`.
    """
    asked.check()
    streams = np.random.default_rng(asked.seed).spawn(2)
    room = max(1, int(given.DOWN_SHARE * min(asked.sites, 10 * given.CLUSTER_SIZES[1])))
    where = places(asked.sites, room, streams[0])
    start, quarters = quarter_number(given.FIRST_QUARTER), asked.quarters
    ends = [round(quarters * part) - 1 for part in given.OWNER_DEADLINES[: where.owners]]
    core_end = last_day(start + max(5, round(quarters * given.CORE_DEADLINE)) - 1)
    items = installed(where, asked.share, [last_day(start + end) for end in ends], core_end, streams[1])
    need = needed.need_of(where, items)
    tables: dict[str, pl.DataFrame] = {
        "sites": where.sites(),
        "clusters": where.clusters(),
        "installed": items,
        "products": products(),
        "pairs": pairs(),
        "supply": needed.supply(need, quarters, min(ends), asked.tight),
        "crews": needed.crews(need, quarters, min(ends), asked.tight),
        "money": needed.money(need, quarters, ends, asked.tight),
    }
    return Written(_settings(asked, needed.down_share(need, min(ends))), tables)


def _settings(asked: Asked, down_share: float) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": f"Made-up network, {asked.sites} sites, seed {asked.seed}",
        "currency": CURRENCY,
        "first_quarter": given.FIRST_QUARTER,
        "quarters": asked.quarters,
        "discount_rate": 0.07,
        "exposure_price": given.EXPOSURE_PRICE,
        "labour_rate": LABOUR_RATE,
        "visit_cost": VISIT_COST,
        "overlap_quarters": 1,
        "removal_share": needed.REMOVAL_SHARE,
        "down_share": down_share,
        "core_first": True,
        "unknown": "replace",
        "conditional": True,
        "price": "average",
        "refunds": [{"share": given.REFUND_SHARE, "lag": given.REFUND_LAG}],
    }
