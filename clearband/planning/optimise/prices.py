"""Prices on shared limits, the cost of work at those prices, and the bound that follows from them.

With a price on each shared limit every unit can be decided alone, but for the order of work: what remains is
a forest, decided from its leaves up. The cost of that, less what the limits are worth, is no more than the
cost of any plan (Lagrangian duality; Geoffrion 1974).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from clearband.planning.problem import Floats, Ints, Problem


@dataclass(frozen=True, slots=True)
class Prices:
    """Money for a unit of each limit, never negative.

    Attributes:
        crews, supply, service: [R, T], [F, T], [R, T].
        cash: [W, T], on all money up to a quarter.
        rows: [S].
        order: [C, T] of the order of work, where a master gave it; it is no part of a bound.
    """

    crews: Floats
    supply: Floats
    service: Floats
    cash: Floats
    rows: Floats
    order: Floats | None = None

    def alone(self) -> Prices:
        """These prices without those of the order."""
        return replace(self, order=None)

    def mixed(self, other: Prices, share: float) -> Prices:
        """``share`` of these prices and the rest of the others'."""
        rest = 1.0 - share
        order = None
        if self.order is not None and other.order is not None:
            order = share * self.order + rest * other.order
        elif other.order is not None:
            order = other.order
        return Prices(
            share * self.crews + rest * other.crews,
            share * self.supply + rest * other.supply,
            share * self.service + rest * other.service,
            share * self.cash + rest * other.cash,
            share * self.rows + rest * other.rows,
            order,
        )


def no_prices(problem: Problem) -> Prices:
    """Every limit free."""
    return Prices(
        np.zeros_like(problem.crews),
        np.zeros_like(problem.supply),
        np.zeros_like(problem.service),
        np.zeros_like(problem.money.new),
        np.zeros_like(problem.limit),
    )


def costs(problem: Problem, prices: Prices) -> Floats:
    """[O, T] what each option costs in each quarter at these prices; infinite where it cannot be done."""
    classes, options, money = problem.classes, problem.options, problem.money
    quarters, overlap = problem.quarters, problem.overlap
    of = options.of
    # Present worth, and what the money is short of in each quarter from then on.
    cash = prices.cash[_owner_of_way(problem)]
    spent = money.worth - np.einsum("eht,et->eh", money.balance, cash)
    way = classes.way[of]
    out: Floats = options.now[:, None] * spent[way, :quarters]
    out += options.later[:, None] * spent[way, overlap : overlap + quarters]
    quarterly = money.discount[:quarters]
    before = np.concatenate([[0.0], np.cumsum(quarterly)[:-1]])
    if options.running.any():
        out += options.running[:, None] * (quarterly.sum() - before)
    if classes.running.any():
        out += classes.running[of][:, None] * before
    if classes.exposure.any():
        out += classes.exposure[of][:, None] * np.arange(quarters)
    region = classes.region[of]
    if prices.crews.any():
        out += options.hours[:, None] * prices.crews[region]
        later = np.zeros_like(prices.crews)
        later[:, : quarters - overlap] = prices.crews[:, overlap:]
        out += options.later_hours[:, None] * later[region]
    family = prices.supply + (problem.rows.T @ prices.rows)[:, None]
    if family.any():
        for j in range(options.family.shape[1]):
            out += options.amount[:, j, None] * family[options.family[:, j]]
    if prices.service.any():
        out += classes.sites[of][:, None] * prices.service[region]
    if prices.order is not None:
        out += prices.order[of]
    quarter: Ints = np.arange(quarters)
    out[quarter < np.maximum(options.first, classes.first[of])[:, None]] = np.inf
    out[quarter > classes.last[of][:, None]] = np.inf
    return out


def best_by_class(problem: Problem, cost: Floats) -> Floats:
    """[C, T] the least cost of a unit of each class in each quarter."""
    least: Floats = np.minimum.reduceat(cost, problem.options.start[:-1], axis=0)
    return least


def depths(parent: Ints) -> Ints:
    """[C] how many classes stand above each."""
    depth = np.zeros(len(parent), dtype=np.int64)
    above = parent.copy()
    while (above >= 0).any():
        depth[above >= 0] += 1
        above = np.where(above >= 0, parent[np.maximum(above, 0)], -1)
    return depth


def with_what_follows(problem: Problem, best: Floats) -> tuple[float, Floats]:
    """Least cost of all work in its order, and [C, T] of a class in a quarter with what hangs on it.

    Args:
        best: [C, T] by :func:`best_by_class`.
    """
    parent, depth = problem.classes.parent, depths(problem.classes.parent)
    total = best * problem.classes.count[:, None]
    onward = np.empty_like(total)
    for level in range(int(depth.max(initial=0)), -1, -1):
        of = np.flatnonzero(depth == level)
        onward[of] = np.minimum.accumulate(total[of, ::-1], axis=1)[:, ::-1]
        if level:
            np.add.at(total, parent[of], onward[of])
    return float(onward[parent < 0, 0].sum()), total


def worth_of_limits(problem: Problem, prices: Prices) -> float:
    """What all limits are worth at these prices."""
    return float(
        (prices.crews * problem.crews).sum()
        + (prices.supply * problem.supply).sum()
        + (prices.service * problem.service).sum()
        + (prices.cash * problem.money.new.cumsum(axis=1)).sum()
        + prices.rows @ problem.limit
        - sum(_least_needed(prices.rows[floor.rows] * floor.need, floor.makers) for floor in problem.floors)
    )


def _least_needed(worth: Floats, makers: int) -> float:
    """What the makers that are cheapest to choose have to be bought for at the least, at these prices."""
    return float(np.sort(worth)[:makers].sum())


def bound(problem: Problem, prices: Prices) -> float:
    """A cost that no plan can be below, by these prices; infinite when there is no plan at all."""
    cost = costs(problem, prices.alone())
    least, _ = with_what_follows(problem, best_by_class(problem, cost))
    return least - worth_of_limits(problem, prices)


def _owner_of_way(problem: Problem) -> Ints:
    """[E] the owner whose money a way of refunding moves."""
    owner = np.zeros(len(problem.money.worth), dtype=np.int64)
    owner[problem.classes.way] = problem.classes.owner
    return owner
