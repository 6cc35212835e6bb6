"""Monte Carlo: what uncertain prices, lead times and crews make of cost and time.

Prices of one role move together: its products are drawn at the same quantile of the triangle from their low
over their average to their high price. Lead times of one role are late together; crews are drawn by region.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from clearband.model.network import Role, quarter_number
from clearband.planning.answers.outcome import How, outcome
from clearband.planning.network.network import Network

LATE: Final = (0.6, 0.3, 0.1)
"""Chance that lead times of a role are as told, one, or two quarters longer. An assumption."""
CREWS: Final = (0.85, 1.0, 1.1)
"""Least, most likely and most crew hours, against what is told. An assumption."""
PERCENTILES: Final = (5, 25, 50, 75, 95)
_GAP: Final = 1e-2
"""A sample is planned no nearer to its best."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the samples came to.

    Attributes:
        without: Samples of which no plan was found. They count as dearer and later than all others.
        cost, done: By percentile: money; quarter by whose end all is done; None where there is no plan.
        costs: Money of each draw, in the order of the draws; None where no plan was found.
    """

    samples: int
    without: int
    cost: dict[int, float | None]
    done: dict[int, str | None]
    costs: tuple[float | None, ...]


def sampled(network: Network, samples: int, how: How) -> Sampled:
    """Solve so many draws of a network; the same seed draws the same."""
    chance = np.random.default_rng(how.seed)
    rough = replace(how, gap=max(how.gap, _GAP), check=None)
    costs: list[float] = []
    done: list[float] = []
    for _ in range(samples):
        found = outcome(drawn(network, chance), rough, why=False)
        costs.append(np.inf if found.cost is None else found.cost)
        if found.done is not None:
            done.append(quarter_number(found.done))
        elif found.cost is None:
            done.append(np.inf)
    settings = network.settings
    quarters = percentiles(done) if done else {}
    return Sampled(
        samples, int(np.isinf(costs).sum()), percentiles(costs),
        {
            p: None if number is None else settings.quarter_name(int(number) - settings.start)
            for p, number in quarters.items()
        },
        tuple(cost if np.isfinite(cost) else None for cost in costs),
    )  # fmt: skip


def percentiles(values: list[float]) -> dict[int, float | None]:
    """Values at the percentiles that are told; infinite ones are the highest, and told as None."""
    found = {p: float(np.percentile(values, p, method="inverted_cdf")) for p in PERCENTILES}
    return {p: value if np.isfinite(value) else None for p, value in found.items()}


def extra(one: Sampled, other: Sampled) -> list[float]:
    """By how much one scenario is dearer than another, as a share, draw by draw.

    Scenarios of one network that are drawn with the same seed are drawn alike, so that what prices and crews
    do to both falls out. Draws without a plan of either are left out.
    """
    pairs = zip(one.costs, other.costs, strict=True)
    return [mine / its - 1 for mine, its in pairs if mine is not None and its]


def drawn(network: Network, chance: np.random.Generator) -> Network:
    """One draw of prices, lead times and crews."""
    roles = [role.value for role in Role]
    quantile = dict(zip(roles, chance.random(len(roles)).tolist(), strict=True))
    late = dict(zip(roles, chance.choice(len(LATE), len(roles), p=LATE).tolist(), strict=True))
    column = network.settings.price_column
    prices = [
        _at(row["price_low"], row["price_average"], row["price_high"], row[column], quantile[row["role"]])
        for row in network.products.iter_rows(named=True)
    ]
    lead = pl.col("lead_quarters") + pl.col("role").replace_strict(late, return_dtype=pl.Int64)
    products = network.products.with_columns(
        pl.Series(column, prices, dtype=pl.Float64), lead.clip(0, 60).alias("lead_quarters")
    )
    regions = sorted(set(network.clusters.get_column("region")))
    factors = dict(zip(regions, chance.triangular(*CREWS, len(regions)).tolist(), strict=True))
    hours = pl.col("hours") * pl.col("region").replace_strict(factors, default=1.0, return_dtype=pl.Float64)
    return replace(network, products=products, crews=network.crews.with_columns(hours=hours))


def _at(low: Any, average: Any, high: Any, told: Any, quantile: float) -> float | None:
    """A quantile of the triangular distribution; the told price where it is no triangle."""
    if None in (low, average, high) or not low <= average <= high or low == high:
        return None if told is None else float(told)
    part = (average - low) / (high - low)
    if quantile < part:
        return float(low + (quantile * (high - low) * (average - low)) ** 0.5)
    return float(high - ((1 - quantile) * (high - low) * (high - average)) ** 0.5)
