"""The integer programme of a problem, in rows and columns that a solver can branch on.

Beside how many units of a class are done with which option in which quarter stand how many are done up to
each quarter, and with each option: to branch on those splits the plans evenly. Money is carried from quarter
to quarter; a second row of it, with the cheapest option of each class, adds nothing to the linear programme,
but covers are cut from it (money that comes bit by bit, for work that is paid at once, is where it is weak).
A column of its own says whether a maker is chosen to have a least share (rule 13).
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from clearband.planning.optimise.highs import new_highs
from clearband.planning.problem import Floats, Ints, Problem


class IntegerModel:
    """Rows and columns over some options in some quarters.

    Args:
        option, quarter: [N] the ways of work that are planned with.
        cost: [O, T] without prices.
        below: Only plans that cost no more than this.

    Attributes:
        highs: The model. Its first N columns are how many units are done so.
        unit: Of money, in which its costs are.
    """

    def __init__(
        self, problem: Problem, option: Ints, quarter: Ints, cost: Floats, below: float = np.inf
    ) -> None:
        self.problem, self.option, self.quarter = problem, option, quarter
        classes, span = problem.classes, problem.quarters
        count = len(classes.count)
        self.of = problem.options.of[option]
        self._done = len(option)
        self._with = self._done + count * span
        self._makers = self._with + len(problem.options.of)
        self._stock = self._makers + sum(len(floor.rows) for floor in problem.floors)
        self._end = self._stock + problem.money.new.size
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._rows = 0
        self._links()
        self._limits()
        self._money()
        self._cheapest_money()
        self._order()
        self.unit = float(np.abs(cost[option, quarter]).mean()) or 1.0
        if np.isfinite(below):
            row = self._new_rows(np.full(1, -highspy.kHighsInf), np.full(1, below / self.unit))
            self._add(np.array([row]), np.arange(self._done), cost[option, quarter] / self.unit)
        price = np.zeros(self._end)
        price[: self._done] = cost[option, quarter] / self.unit
        low, high = np.zeros(self._end), np.full(self._end, highspy.kHighsInf)
        high[: self._done] = classes.count[self.of]
        high[self._done : self._with] = np.repeat(classes.count, span)
        high[self._with : self._makers] = classes.count[problem.options.of]
        high[self._makers : self._stock] = 1.0
        low[self._done : self._with].reshape(count, span)[:, -1] = classes.count
        self.highs = self._laid(price, low, high)

    def _laid(self, price: Floats, low: Floats, high: Floats) -> Any:
        row, column, value = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        some = value != 0.0
        row, column, value = row[some], column[some], value[some]
        most = np.zeros(self._rows)
        np.maximum.at(most, row, np.abs(value))
        scale = np.where(most > 0, most, 1.0)
        order = np.lexsort((row, column))
        row, column, value = row[order], column[order], (value / scale[row])[order]
        highs = new_highs(random_seed=0)
        lower, upper = np.concatenate(self._lower) / scale, np.concatenate(self._upper) / scale
        nothing = np.zeros(self._rows, dtype=np.int32)
        highs.addRows(self._rows, lower, upper, 0, nothing, np.zeros(0, dtype=np.int32), np.zeros(0))
        begins = np.searchsorted(column, np.arange(self._end)).astype(np.int32)
        highs.addCols(self._end, price, low, high, len(row), begins, row.astype(np.int32), value)
        whole = np.arange(self._stock, dtype=np.int32)
        highs.changeColsIntegrality(len(whole), whole, np.array([highspy.HighsVarType.kInteger] * len(whole)))
        return highs

    def _new_rows(self, lower: Floats, upper: Floats) -> int:
        first = self._rows
        self._lower.append(lower.ravel())
        self._upper.append(upper.ravel())
        self._rows += lower.size
        return first

    def _add(self, row: Ints, column: Ints, value: Floats) -> None:
        row, column, value = np.broadcast_arrays(row, column, value)
        self._entries.append((row.ravel(), column.ravel(), value.ravel().astype(np.float64)))

    def _by(self, of: Ints) -> Ints:
        """[.., T] columns of how many units of classes are done up to each quarter."""
        span = self.problem.quarters
        out: Ints = self._done + of[..., None] * span + np.arange(span)
        return out

    def _links(self) -> None:
        problem, span, x = self.problem, self.problem.quarters, np.arange(self._done)
        done = self._by(np.arange(len(problem.classes.count)))
        row = self._new_rows(np.zeros(done.shape), np.zeros(done.shape)) + (done - self._done)
        self._add(row[self.of, self.quarter], x, np.ones(1))
        self._add(row, done, -np.ones(1))
        self._add(row[:, 1:], done[:, : span - 1], np.ones(1))
        options = np.arange(len(problem.options.of))
        first = self._new_rows(np.zeros(len(options)), np.zeros(len(options)))
        self._add(first + self.option, x, np.ones(1))
        self._add(first + options, self._with + options, -np.ones(1))

    def _limits(self) -> None:
        problem, option, quarter = self.problem, self.option, self.quarter
        classes, options, span, x = problem.classes, problem.options, problem.quarters, np.arange(self._done)
        # Sites and units are whole.
        service, supply = np.floor(problem.service + 1e-9), np.floor(problem.supply + 1e-9)
        crews, supplied, served = (
            self._new_rows(np.full(limit.shape, -highspy.kHighsInf), limit)
            for limit in (problem.crews, supply, service)
        )
        region, after = classes.region[self.of], quarter + problem.overlap
        self._add(crews + region * span + quarter, x, options.hours[option])
        there = after < span
        self._add((crews + region * span + after)[there], x[there], options.later_hours[option][there])
        self._add(served + region * span + quarter, x, classes.sites[self.of])
        capped = self._new_rows(np.full(len(problem.limit), -highspy.kHighsInf), problem.limit)
        for j in range(options.family.shape[1]):
            family, amount = options.family[option, j], options.amount[option, j]
            self._add(supplied + family * span + quarter, x, amount)
            for row, factor in enumerate(problem.rows):
                self._add(np.full(self._done, capped + row), x, amount * factor[family])
        makers = self._makers
        for floor in problem.floors:
            columns = makers + np.arange(len(floor.rows))
            makers += len(floor.rows)
            self._add(capped + floor.rows, columns, floor.need)
            chosen = self._new_rows(np.array([float(floor.makers)]), np.full(1, highspy.kHighsInf))
            self._add(np.array([chosen]), columns, np.ones(1))

    def _money(self) -> None:
        problem, option, quarter = self.problem, self.option, self.quarter
        classes, options, span = problem.classes, problem.options, problem.quarters
        change = -np.diff(problem.money.balance, axis=2, prepend=0.0)
        way, owner = classes.way[self.of], classes.owner[self.of]
        moved = options.now[option][:, None] * change[way, quarter]
        moved += options.later[option][:, None] * change[way, quarter + problem.overlap]
        new = problem.money.new
        row = self._new_rows(new, new) + np.arange(new.size).reshape(new.shape)
        self._add(row[owner], np.arange(self._done)[:, None], moved)
        unit = float(np.abs(moved).max(initial=0.0)) or 1.0
        stock = self._stock + np.arange(new.size).reshape(new.shape)
        self._add(row, stock, np.array([unit]))
        self._add(row[:, 1:], stock[:, : span - 1], np.array([-unit]))

    def _cheapest_money(self) -> None:
        problem, span = self.problem, self.problem.quarters
        classes, options = problem.classes, problem.options
        now, later = (np.minimum.reduceat(x, options.start[:-1]) for x in (options.now, options.later))
        balance, overlap = problem.money.balance[classes.way], problem.overlap
        spent = -now[:, None, None] * balance[:, :span]
        spent[:, : span - overlap] -= later[:, None, None] * balance[:, overlap : overlap + span - overlap]
        # What is done up to a quarter, less what was done before, was done in it.
        by = spent - np.concatenate([spent[:, 1:], np.zeros((len(spent), 1, span))], axis=1)
        total = problem.money.new.cumsum(axis=1)
        row = self._new_rows(np.full(total.shape, -highspy.kHighsInf), total)
        row_of = row + classes.owner[:, None] * span + np.arange(span)
        upto = np.tril(np.ones((span, span))).T  # [done, t]: what is done later counts not yet
        self._add(row_of[:, None, :], self._by(np.arange(len(now)))[:, :, None], by * upto)

    def _order(self) -> None:
        """Rule 6, class by class: up to a quarter no more units are done than their parents allow."""
        problem = self.problem
        child = np.repeat(problem.unit_class, np.diff(problem.parent_start))
        pairs = np.unique(np.stack([child, problem.unit_class[problem.parents]], axis=1), axis=0)
        shape = (len(pairs), problem.quarters)
        first = self._new_rows(np.full(shape, -highspy.kHighsInf), np.zeros(shape))
        row = first + np.arange(pairs.shape[0] * problem.quarters).reshape(shape)
        below, above = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
        self._add(row, self._by(below), np.ones(1))
        self._add(row, self._by(above), -problem.classes.count[below][:, None])
