"""What prices on limits prove: that what holds cannot be kept, or how much has to be exceeded.

Where no price is above what exceeding the limit costs, work at these prices costs at most what the limits are
worth and what exceeding them costs together (Lagrangian duality; Geoffrion 1974). Where only limits that hold
have prices, and work costs more than they are worth, no plan keeps them. Work that by itself is more than a
limit that holds is in no plan, and is left out first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from clearband.planning.answers.groups import Groups
from clearband.planning.answers.layout import TOLERANCE
from clearband.planning.answers.question import Question
from clearband.planning.optimise.prices import (
    Prices,
    best_by_class,
    costs,
    no_prices,
    with_what_follows,
    worth_of_limits,
)
from clearband.planning.problem import Floats, Ints, Problem


def costless(problem: Problem) -> Problem:
    """The same problem, in which nothing has a cost."""
    classes, options, money = problem.classes, problem.options, problem.money
    return replace(
        problem,
        classes=replace(
            classes, exposure=np.zeros_like(classes.exposure), running=np.zeros_like(classes.running)
        ),
        options=replace(options, running=np.zeros_like(options.running)),
        money=replace(money, worth=np.zeros_like(money.worth)),
    )


class Lagrange:
    """Bounds of one question.

    Args:
        problem: Without costs.
        key: [C] number of the date of a class; -1 for none.
        cost: By kind, of exceeding each limit by a unit; infinite where it holds.

    Attributes:
        problem: With dates moved, and without an order where none is asked.
        late: [O, T] cost of work by itself; infinite where it cannot be.
    """

    def __init__(
        self, problem: Problem, key: Ints, groups: Groups, question: Question, cost: Mapping[str, Floats]
    ) -> None:
        self._groups, self._cost = groups, cost
        classes = problem.classes
        moved = np.zeros(len(key), dtype=np.int64)
        if question.later is not None and len(question.later):
            moved = np.where(key >= 0, question.later[np.maximum(key, 0)], 0)
        last = np.minimum(classes.last + moved, max(problem.quarters - 1 - problem.overlap, 0))
        parent = classes.parent if question.ordered else np.full_like(classes.parent, -1)
        self.problem = replace(
            problem, classes=replace(classes, last=np.maximum(last, classes.last), parent=parent)
        )
        self.late = costs(self.problem, no_prices(problem))
        if question.lateness:
            late = np.arange(problem.quarters)[None, :] - classes.last[problem.options.of][:, None]
            self.late += np.maximum(late, 0.0) ** 2
        if problem.every:
            # Where choices that no prices make the best are left out, one of them could be small enough.
            self.late[self._too_large()] = np.inf

    def none_fits(self) -> bool:
        """Whether work is left out that has to be done."""
        return not bool(np.isfinite(best_by_class(self.problem, self.late)).any(axis=1).all())

    def bound(self, prices: Prices) -> tuple[float, float]:
        """What exceeding costs at the least, and by how much that could be less for tolerances of limits."""
        valid = self._valid(prices)
        cost = costs(self.problem, valid.alone()) + self.late
        least, _ = with_what_follows(self.problem, best_by_class(self.problem, cost))
        return self._beyond_worth(least, valid)

    def ordered_bound(self, prices: Prices) -> tuple[float, float]:
        """The same by prices of the order, which may have more of it than ``Classes.parent``."""
        valid = self._valid(prices)
        cost = costs(self.problem, valid) + self.late
        least = best_by_class(self.problem, cost).min(axis=1) @ self.problem.classes.count
        return self._beyond_worth(float(least), valid)

    def _beyond_worth(self, least: float, prices: Prices) -> tuple[float, float]:
        worth = worth_of_limits(self.problem, prices)
        one_more = replace(
            self.problem,
            crews=np.abs(self.problem.crews) + 1, supply=np.abs(self.problem.supply) + 1,
            service=self.problem.service + 1, limit=np.abs(self.problem.limit) + 1, floors=(),
            money=replace(self.problem.money, new=np.abs(self.problem.money.new) + 1),
        )  # fmt: skip
        return least - worth, TOLERANCE * worth_of_limits(one_more, prices)

    def _valid(self, prices: Prices) -> Prices:
        """Prices that nothing which may be exceeded has more of than it costs."""
        problem, groups = self.problem, self._groups
        stock = np.cumsum(prices.cash[:, ::-1], axis=1)[:, ::-1]
        rows = prices.rows.copy()
        summed: dict[str, Floats] = {
            "money": stock.ravel(), "crews": prices.crews.ravel(), "supply": prices.supply.ravel(),
            "service": np.array([float(groups.sites @ prices.service.sum(axis=1))]),
            "caps": np.array([rows[groups.caps == cap].sum() for cap in range(len(self._cost["caps"]))]),
            "makers": np.array([rows[floor.rows].sum() for floor in problem.floors]),
        }  # fmt: skip
        times, free = 1.0, {}
        for kind, price in summed.items():
            cost = self._cost[kind]
            free[kind] = cost == 0.0
            some = np.isfinite(cost) & (cost > 0.0)
            times = max(times, float((price[some] / cost[some]).max(initial=1.0)))
        for number in np.flatnonzero(free["caps"]).tolist():
            rows[groups.caps == number] = 0.0
        for number, floor in enumerate(problem.floors):
            # That fewer makers have it is not priced at all.
            if free["makers"][number] or np.isfinite(self._cost["fewer"][number]):
                rows[floor.rows] = 0.0
        stock = np.where(free["money"].reshape(stock.shape), 0.0, stock)
        stock = np.minimum.accumulate(stock, axis=1)
        cash = stock - np.concatenate([stock[:, 1:], np.zeros((len(stock), 1))], axis=1)
        return Prices(
            np.where(free["crews"].reshape(prices.crews.shape), 0.0, prices.crews) / times,
            np.where(free["supply"].reshape(prices.supply.shape), 0.0, prices.supply) / times,
            prices.service * (0.0 if free["service"][0] else 1.0 / times), cash / times, rows / times,
            None if prices.order is None else prices.order / times,
        )  # fmt: skip

    def _too_large(self) -> NDArray[np.bool_]:
        """[O, T] whether work by itself is more than a limit that holds."""
        problem, groups, cost = self.problem, self._groups, self._cost
        options, span, overlap = problem.options, problem.quarters, problem.overlap

        def ample(limit: Floats, kind: str) -> Floats:
            held = ~np.isfinite(cost[kind]).reshape(limit.shape)
            return np.where(held, limit * (1 + TOLERANCE) + TOLERANCE, np.inf)

        region = problem.classes.region[options.of]
        crews = ample(problem.crews, "crews")
        later = np.full_like(crews, np.inf)
        later[:, : span - overlap] = crews[:, overlap:]
        hours = options.hours + (options.later_hours if overlap == 0 else 0.0)
        out = hours[:, None] > crews[region]
        out |= options.later_hours[:, None] > later[region]
        supply = ample(problem.supply, "supply")
        for j in range(options.family.shape[1]):
            out |= options.amount[:, j, None] > supply[options.family[:, j]]
        if not np.isfinite(cost["service"][0]):
            sites = problem.service * (1 + TOLERANCE) + TOLERANCE
            out |= problem.classes.sites[options.of][:, None] > sites[region]
        for row, limit in enumerate(problem.limit.tolist()):
            if limit >= 0 and groups.caps[row] >= 0 and not np.isfinite(cost["caps"][groups.caps[row]]):
                bought = (options.amount * problem.rows[row][options.family]).sum(axis=1)
                out |= (bought > limit * (1 + TOLERANCE) + TOLERANCE)[:, None]
        return out
