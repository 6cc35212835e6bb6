"""What a unit of each limit is: what an average unit of work uses of it, and what breaking it must cost."""

from __future__ import annotations

import numpy as np

from clearband.planning.optimise.prices import Prices, costs, no_prices
from clearband.planning.problem import Floats, Problem


def units(problem: Problem) -> Prices:
    """What an average unit of work uses of each limit; 1 of what none uses."""
    options = problem.options
    family = _mean_bought(problem)
    return Prices(
        np.full_like(problem.crews, float((options.hours + options.later_hours).mean()) or 1.0),
        np.broadcast_to(family[:, None], problem.supply.shape).copy(),
        np.full_like(problem.service, float(problem.classes.sites.mean()) or 1.0),
        np.full_like(problem.money.new, float((options.now + options.later).mean()) or 1.0),
        np.array([float(np.abs(row * family).max()) or 1.0 for row in problem.rows]),
    )


def penalties(problem: Problem, times: float = 3.0) -> Prices:
    """What breaking a limit costs: what work costs that uses one unit of it, some times over.

    What work costs is spending, and what lies between its cheapest and its dearest place.
    """
    options, of = problem.options, units(problem)
    cost = costs(problem, no_prices(problem))
    possible = np.isfinite(cost)
    low = np.minimum.reduceat(np.where(possible, cost, np.inf).min(axis=1), options.start[:-1])
    high = np.maximum.reduceat(np.where(possible, cost, -np.inf).max(axis=1), options.start[:-1])
    between = np.where(np.isfinite(low), high - low, 0.0)[options.of]
    value = options.now + options.later + between
    value = value if value.any() else np.ones_like(value)  # where nothing costs anything
    used = options.amount > 0
    money = np.bincount(
        options.family[used], np.broadcast_to(value[:, None], used.shape)[used], len(problem.supply)
    )
    bought = np.bincount(options.family[used], options.amount[used], len(problem.supply))
    unit = np.divide(money, bought, out=np.ones_like(money), where=bought > 0)
    row = np.array([float((np.abs(factor) * unit).max(initial=1.0)) for factor in problem.rows])
    mean = float(value.mean())
    return Prices(
        times * mean / of.crews,
        np.broadcast_to(times * unit[:, None], problem.supply.shape).copy(),
        times * mean / of.service,
        times * mean / of.cash,
        times * row,
    )


def _mean_bought(problem: Problem) -> Floats:
    """[F] units that an option buys of each family, of those that buy any."""
    options, families = problem.options, len(problem.supply)
    used = options.amount > 0
    count = np.bincount(options.family[used], minlength=families)
    bought = np.bincount(options.family[used], options.amount[used], families)
    return np.divide(bought, count, out=np.ones(families), where=count > 0)
