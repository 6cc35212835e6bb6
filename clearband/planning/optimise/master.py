"""The linear master: how much of each class is done with which option in which quarter.

Rows are one for each class, then the shared limits, then the order of work (all units below a class together,
which is weaker than unit by unit, and cheap). Money and order are written as stocks that are carried from
quarter to quarter, so that a column touches only the quarters in which something happens.
Columns are added as they turn out to be worth it (Dantzig and Wolfe 1960; here a column is one option in one
quarter, because what remains of a unit at given prices is decided alone).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np

from clearband.planning.optimise.highs import new_highs
from clearband.planning.optimise.penalties import units
from clearband.planning.optimise.prices import Prices, costs, no_prices
from clearband.planning.problem import Floats, Ints, Problem

_PRIMAL: Final = 4
"""``simplex_strategy`` of HiGHS for going on after columns were added."""
_DUAL: Final = 1


@dataclass(frozen=True, slots=True)
class Solved:
    """A solution of the master.

    Attributes:
        value: Cost, with what breaking limits costs; below everything when time ended it.
        prices: On the limits, with those of the order.
        of_class: [C] price of one more unit of a class.
        broken: By how much limits are broken, all added up, in average units of work.
        share: [N] of the columns in the order in which they were added.
    """

    value: float
    prices: Prices
    of_class: Floats
    broken: float
    share: Floats


class Master:
    """The linear master over the columns added so far.

    Args:
        penalties: Money for breaking a unit of each limit, above any price that a plan would pay.
    """

    def __init__(self, problem: Problem, penalties: Prices) -> None:
        self.problem = problem
        self.true_cost = costs(problem, no_prices(problem))
        self.options = np.zeros(0, dtype=np.int64)
        self.quarters = np.zeros(0, dtype=np.int64)
        self._known = np.zeros(self.true_cost.shape, dtype=bool)
        classes, span = problem.classes, problem.quarters
        below = classes.parent >= 0
        self._above = np.unique(classes.parent[below])
        self._row_above = np.full(len(classes.count), -1)
        self._row_above[self._above] = np.arange(len(self._above))
        self._below = np.bincount(
            classes.parent[below], classes.count[below].astype(float), minlength=len(classes.count)
        )
        sizes = (
            len(classes.count), problem.crews.size, problem.supply.size, problem.service.size,
            problem.money.new.size, len(problem.limit), len(self._above) * span, len(problem.floors),
        )  # fmt: skip
        starts = np.cumsum(sizes).tolist()
        (
            self._crews, self._supply, self._service, self._cash, self._rows, self._order, self._floors,
            self._end,
        ) = starts  # fmt: skip
        self._unit = np.ones(self._end)
        self._unit[self._crews : self._order] = _line(units(problem))
        self._money = float(np.abs(self.true_cost[np.isfinite(self.true_cost)]).mean()) or 1.0
        self._highs = new_highs(presolve="off")
        lower, upper = np.full(self._end, -highspy.kHighsInf), np.zeros(self._end)
        lower[: self._crews] = upper[: self._crews] = classes.count
        upper[self._crews : self._supply] = problem.crews.ravel()
        upper[self._supply : self._service] = problem.supply.ravel()
        upper[self._service : self._cash] = problem.service.ravel()
        lower[self._cash : self._rows] = upper[self._cash : self._rows] = problem.money.new.ravel()
        upper[self._rows : self._order] = problem.limit
        lower[self._order : self._floors] = 0.0
        lower[self._floors :] = [floor.makers for floor in problem.floors]
        upper[self._floors :] = highspy.kHighsInf
        lower[self._crews :] /= self._unit[self._crews :]
        upper[self._crews :] /= self._unit[self._crews :]
        nothing = np.zeros(0, dtype=np.int32)
        self._highs.addRows(
            self._end, lower, upper, 0, np.zeros(self._end, dtype=np.int32), nothing, np.zeros(0)
        )
        self._penalties = _line(penalties) * self._unit[self._crews : self._order] / self._money
        self._add_breaking()
        self._add_carried(self._cash, len(problem.money.new))
        self._add_carried(self._order, len(self._above))
        self._add_makers()
        self._first_column = self._highs.getNumCol()

    def add(self, options: Ints, quarters: Ints) -> int:
        """Add columns that are not there yet, and say how many were new."""
        new = ~self._known[options, quarters]
        key = np.unique(options[new] * self.problem.quarters + quarters[new])
        if not len(key):
            return 0
        option, quarter = np.divmod(key, self.problem.quarters)
        self._known[option, quarter] = True
        self.options = np.concatenate([self.options, option])
        self.quarters = np.concatenate([self.quarters, quarter])
        rows, values, columns = self._entries(option, quarter)
        cost = self.true_cost[option, quarter] / self._money
        self._add_columns(cost, rows, values / self._unit[rows], columns, len(key))
        return len(key)

    def narrow(self, problem: Problem) -> None:
        """Go on with a problem in which more is chosen of the makers that have a least share."""
        self.problem = problem
        rows = np.arange(self._rows, self._order, dtype=np.int32)
        limit = problem.limit / self._unit[rows]
        self._highs.changeRowsBounds(len(rows), rows, np.full(len(rows), -highspy.kHighsInf), limit)
        counts = np.arange(self._floors, self._end, dtype=np.int32)
        makers = np.array([float(floor.makers) for floor in problem.floors])
        self._highs.changeRowsBounds(len(counts), counts, makers, np.full(len(counts), highspy.kHighsInf))
        still_open = np.concatenate([floor.rows for floor in problem.floors])
        self._open_makers(np.where(np.isin(self._row_of_maker, still_open), 1.0, 0.0))

    def bought(self, solved: Solved) -> Floats:
        """[F] units of each family in a solution."""
        options = self.problem.options
        of = self.options[: len(solved.share)]
        taken = solved.share[:, None] * options.amount[of]
        found: Floats = np.bincount(
            options.family[of].ravel(), taken.ravel(), len(self.problem.supply)
        ).astype(np.float64)
        return found

    def break_dearer(self, times: float) -> None:
        """Multiply what breaking limits costs."""
        self._penalties = self._penalties * times
        columns = np.arange(len(self._penalties), dtype=np.int32)
        self._highs.changeColsCost(len(columns), columns, self._penalties)

    def solve(self, *, again: bool, seconds: float = np.inf) -> Solved:
        """Solve, going on from the last solution when ``again``, for so many seconds at the most."""
        highs = self._highs
        highs.setOptionValue("simplex_strategy", _PRIMAL if again else _DUAL)
        # HiGHS adds up the time of all its runs.
        highs.setOptionValue("time_limit", min(highspy.kHighsInf, highs.getRunTime() + max(seconds, 1e-3)))
        highs.run()
        solution = highs.getSolution()
        in_time = highs.getModelStatus() != highspy.HighsModelStatus.kTimeLimit
        price = -_told(solution.row_dual, solution.dual_valid, self._end) * (self._money / self._unit)
        value = _told(solution.col_value, solution.value_valid, highs.getNumCol())
        return Solved(
            highs.getInfo().objective_function_value * self._money if in_time else -np.inf,
            self._prices(price),
            -price[: self._crews],
            float(value[: self._order - self._crews].sum()) if in_time else 0.0,
            value[self._first_column :],
        )

    def _prices(self, price: Floats) -> Prices:
        problem, span = self.problem, self.problem.quarters
        free = np.maximum(price, 0.0)
        # A stock is worth no less earlier; the price of all money up to a quarter is how it falls after it.
        stock = free[self._cash : self._rows].reshape(problem.money.new.shape)
        stock = np.maximum.accumulate(stock[:, ::-1], axis=1)[:, ::-1]
        order = None
        if len(self._above):
            of = price[self._order : self._floors].reshape(len(self._above), span)
            order = np.zeros((len(problem.classes.count), span))
            below = problem.classes.parent >= 0
            order[below] += of[self._row_above[problem.classes.parent[below]]]
            order[self._above] -= of * self._below[self._above][:, None]
        return Prices(
            free[self._crews : self._supply].reshape(problem.crews.shape),
            free[self._supply : self._service].reshape(problem.supply.shape),
            free[self._service : self._cash].reshape(problem.service.shape),
            stock - np.concatenate([stock[:, 1:], np.zeros((len(stock), 1))], axis=1),
            free[self._rows : self._order],
            order,
        )

    def _entries(self, option: Ints, quarter: Ints) -> tuple[Ints, Floats, Ints]:
        problem, span = self.problem, self.problem.quarters
        classes, options = problem.classes, problem.options
        of = options.of[option]
        region, owner = classes.region[of], classes.owner[of]
        later = np.minimum(quarter + problem.overlap, span - 1)
        parts = [
            (of, np.ones(len(of))),
            (self._crews + region * span + quarter, options.hours[option]),
            (self._crews + region * span + later, options.later_hours[option]),
            (self._service + region * span + quarter, classes.sites[of]),
        ]
        for j in range(options.family.shape[1]):
            family, amount = options.family[option, j], options.amount[option, j]
            parts.append((self._supply + family * span + quarter, amount))
            parts.extend(
                (np.full(len(of), self._rows + row), amount * factor[family])
                for row, factor in enumerate(problem.rows)
            )
        # The stock of money falls and rises where the sum over time changes.
        change = -np.diff(problem.money.balance, axis=2, prepend=0.0)
        way = classes.way[of]
        for amount, at in (
            (options.now[option], quarter),
            (options.later[option], quarter + problem.overlap),
        ):
            moved = change[way, at] * amount[:, None]
            column, when = np.nonzero(moved)
            line = np.zeros_like(moved)
            line[column, when] = moved[column, when]
            parts.extend(
                (self._cash + owner * span + t, line[:, t]) for t in np.flatnonzero(line.any(axis=0)).tolist()
            )
        if len(self._above):
            below = classes.parent[of] >= 0
            above = self._row_above[np.maximum(classes.parent[of], 0)]
            parts.append((self._order + above * span + quarter, below.astype(float)))
            mine = self._row_above[of]
            parts.append((self._order + mine * span + quarter, np.where(mine >= 0, -self._below[of], 0.0)))
        rows = np.concatenate([row for row, _ in parts])
        values = np.concatenate([value for _, value in parts])
        columns = np.tile(np.arange(len(of)), len(parts))
        some = values != 0.0
        return rows[some], values[some], columns[some]

    def _add_columns(self, cost: Floats, rows: Ints, values: Floats, columns: Ints, count: int) -> None:
        cell, where = np.unique(columns * self._end + rows, return_inverse=True)
        value = np.bincount(where, values)
        column, row = np.divmod(cell, self._end)
        start = np.searchsorted(column, np.arange(count)).astype(np.int64)
        _checked(
            self._highs.addCols(
                count, cost, np.zeros(count), np.full(count, highspy.kHighsInf), len(cell),
                start.astype(np.int32), row.astype(np.int32), np.asarray(value, dtype=np.float64),
            )
        )  # fmt: skip

    def _add_breaking(self) -> None:
        rows = np.arange(self._crews, self._order)
        self._add_columns(self._penalties, rows, np.full(len(rows), -1.0), np.arange(len(rows)), len(rows))

    def _add_carried(self, first: int, count: int) -> None:
        span = self.problem.quarters
        rows = first + np.arange(count * span)
        columns = np.arange(count * span)
        on = columns % span < span - 1
        self._add_columns(
            np.zeros(len(rows)),
            np.concatenate([rows, rows[on] + 1]),
            np.concatenate([np.ones(len(rows)), -np.ones(int(on.sum()))]),
            np.concatenate([columns, columns[on]]),
            len(rows),
        ) if count else None

    def _add_makers(self) -> None:
        """A column for each maker that could have a least share: 1 where it must, and parts between."""
        self._makers = self._highs.getNumCol()
        floors = self.problem.floors
        self._row_of_maker = np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in floors)])
        count = len(self._row_of_maker)
        if count:
            need = np.concatenate([one.need for one in floors])
            of = np.repeat(np.arange(len(floors)), [len(one.rows) for one in floors])
            column = np.arange(count)
            rows = np.concatenate([self._rows + self._row_of_maker, self._floors + of])
            values = np.concatenate([need, np.ones(count)]) / self._unit[rows]
            self._add_columns(np.zeros(count), rows, values, np.concatenate([column, column]), count)
            self._open_makers(np.ones(count))

    def _open_makers(self, most: Floats) -> None:
        columns = (self._makers + np.arange(len(most))).astype(np.int32)
        self._highs.changeColsBounds(len(most), columns, np.zeros(len(most)), most)


def _line(prices: Prices) -> Floats:
    """Those of all limits but the order, row by row."""
    parts = (prices.crews, prices.supply, prices.service, prices.cash, prices.rows)
    return np.concatenate([part.ravel() for part in parts])


def _told(values: Any, valid: bool, count: int) -> Floats:
    """What HiGHS says, or nothing where time ended it before it had something to say."""
    return np.array(values) if valid else np.zeros(count)


def _checked(status: Any) -> None:
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused what it was given")
