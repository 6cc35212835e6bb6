"""The peer that puts all of a network into one model: a binary of HiGHS for each unit, choice and quarter.

Nothing is held against it: the same instance and objective as Clearband's planner, the same number of
threads, presolve and all that HiGHS does by itself. The order of work is a row for a unit, what it waits for
and each quarter, which is the tightest way to write it; money is a stock that is carried from quarter to
quarter, so that its rows stay short. No start is given: with one and presolve, HiGHS 1.16 may lose a
constant.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np

from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.highs import new_highs
from clearband.planning.problem import Floats, Ints, Problem


@dataclass(frozen=True)
class Whole:
    """What HiGHS came to.

    Attributes:
        option, quarter: [U]; None when no plan was found.
        bound: No plan is below it; minus infinity before there is one.
        binaries: Columns of units of work.
        values: Processor seconds since the start and value of each better plan.
    """

    option: Ints | None
    quarter: Ints | None
    value: float
    bound: float
    binaries: int
    values: list[tuple[float, float]]


def solve_whole(problem: Problem, *, gap: float, seconds: float, threads: int = 1) -> Whole:
    """The best plan that HiGHS finds.

    Args:
        gap: Ends within this share of the best.
        seconds: Of the processor, not of the clock: other work on the machine takes nothing from it.
    """
    began = time.process_time()
    cost = empty_board(problem).cost
    model = _Model(problem, cost)
    highs = model.highs(threads)
    highs.setOptionValue("mip_rel_gap", gap)
    values: list[tuple[float, float]] = []

    def better(event) -> None:  # type: ignore[no-untyped-def]
        values.append((time.process_time() - began, float(event.data_out.objective_function_value)))

    def enough(event) -> None:  # type: ignore[no-untyped-def]
        if time.process_time() - began > seconds:
            event.interrupt()

    highs.cbMipImprovingSolution += better
    highs.cbMipInterrupt += enough
    highs.cbSimplexInterrupt += enough
    highs.run()
    info = highs.getInfo()
    bound = float(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Whole(None, None, np.inf, bound, len(model.unit), values)
    chosen = np.array(highs.getSolution().col_value)[: len(model.unit)] > 0.5
    option = np.full(len(problem.unit_class), -1, dtype=np.int64)
    quarter = option.copy()
    option[model.unit[chosen]] = model.option[chosen]
    quarter[model.unit[chosen]] = model.quarter[chosen]
    return Whole(option, quarter, float(cost[option, quarter].sum()), bound, len(model.unit), values)


class _Model:
    """Rows and columns: for each unit its options and quarters, then the stocks of money."""

    def __init__(self, problem: Problem, cost: Floats) -> None:
        self.problem = problem
        options, of_class = problem.options, problem.unit_class
        ways = np.diff(options.start)[of_class]
        unit = np.repeat(np.arange(len(of_class)), ways)
        within = np.arange(len(unit)) - np.repeat(np.cumsum(ways) - ways, ways)
        option = options.start[of_class[unit]] + within
        row, self.quarter = np.nonzero(np.isfinite(cost[option]))
        self.unit, self.option = unit[row], option[row]
        self.cost = cost[self.option, self.quarter]
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._rows = 0
        self._fill()

    def highs(self, threads: int):  # type: ignore[no-untyped-def]
        """The model in HiGHS."""
        count, stocks = len(self.unit), self.problem.money.new.size
        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        cell, where = np.unique(column * self._rows + row, return_inverse=True)
        value = np.bincount(where, value)
        column, row = np.divmod(cell, self._rows)
        column, row, value = column[value != 0], row[value != 0], value[value != 0]
        highs = new_highs(threads=threads, random_seed=0)
        nothing = np.zeros(0, dtype=np.int32)
        highs.addRows(
            self._rows, np.concatenate(self._lower), np.concatenate(self._upper), 0,
            np.zeros(self._rows, dtype=np.int32), nothing, np.zeros(0),
        )  # fmt: skip
        highs.addCols(
            count + stocks, np.concatenate([self.cost, np.zeros(stocks)]), np.zeros(count + stocks),
            np.concatenate([np.ones(count), np.full(stocks, highspy.kHighsInf)]), len(row),
            np.searchsorted(column, np.arange(count + stocks)).astype(np.int32), row.astype(np.int32), value,
        )  # fmt: skip
        kind = np.array([highspy.HighsVarType.kInteger] * count)
        highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kind)
        return highs

    def _block(self, rows: Ints, columns: Ints, values: Floats, lower: Floats, upper: Floats) -> None:
        """Rows counted from the first that is not there yet."""
        self._entries.append((rows + self._rows, columns, np.asarray(values, dtype=np.float64)))
        self._lower.append(lower)
        self._upper.append(upper)
        self._rows += len(lower)

    def _fill(self) -> None:
        problem, option, quarter = self.problem, self.option, self.quarter
        classes, options, span = problem.classes, problem.options, problem.quarters
        every = np.arange(len(option))
        of = options.of[option]
        once = np.ones(len(problem.unit_class))
        self._block(self.unit, every, np.ones(len(option)), once, once)
        region, after = classes.region[of] * span, quarter + problem.overlap
        inside = after < span
        self._most(
            problem.crews.ravel(),
            (region + quarter, every, options.hours[option]),
            ((region + after)[inside], every[inside], options.later_hours[option][inside]),
        )
        self._most(problem.service.ravel(), (region + quarter, every, classes.sites[of]))
        bought = [(options.family[option, j], options.amount[option, j]) for j in range(2)]
        self._most(problem.supply.ravel(), *((f * span + quarter, every, amount) for f, amount in bought))
        for factor, limit in zip(problem.rows, problem.limit, strict=True):
            self._most(
                np.array([limit]), *((np.zeros_like(f), every, amount * factor[f]) for f, amount in bought)
            )
        self._money(of)
        self._order()

    def _most(self, limit: Floats, *parts: tuple[Ints, Ints, Floats]) -> None:
        rows, columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        self._block(rows, columns, values, np.full(len(limit), -highspy.kHighsInf), limit)

    def _money(self, of: Ints) -> None:
        """What is left of a quarter is what was left of the one before, new money, refunds, less spending."""
        problem, option, quarter = self.problem, self.option, self.quarter
        options, span, new = problem.options, problem.quarters, problem.money.new
        change = -np.diff(problem.money.balance, axis=2, prepend=0.0)
        way, owner = problem.classes.way[of], problem.classes.owner[of]
        moved = options.now[option][:, None] * change[way, quarter]
        moved = moved + options.later[option][:, None] * change[way, quarter + problem.overlap]
        column, when = np.nonzero(moved)
        stock = np.arange(new.size)
        on = stock % span < span - 1
        self._block(
            np.concatenate([owner[column] * span + when, stock, stock[on] + 1]),
            np.concatenate([column, len(option) + stock, len(option) + stock[on]]),
            np.concatenate([moved[column, when], np.ones(len(stock)), -np.ones(int(on.sum()))]),
            new.ravel(), new.ravel(),
        )  # fmt: skip

    def _order(self) -> None:
        """Up to each quarter no unit is done before what it waits for."""
        problem, span = self.problem, self.problem.quarters
        below = np.repeat(np.arange(len(problem.unit_class)), np.diff(problem.parent_start))
        start = np.searchsorted(self.unit, np.arange(len(problem.unit_class) + 1))
        rows, columns, values = [], [], []
        for number, pair in enumerate(zip(below.tolist(), problem.parents.tolist(), strict=True)):
            for unit, sign in zip(pair, (1.0, -1.0), strict=True):
                mine = np.arange(start[unit], start[unit + 1])
                line, which = np.nonzero(self.quarter[mine][None, :] <= np.arange(span - 1)[:, None])
                rows.append(number * (span - 1) + line)
                columns.append(mine[which])
                values.append(np.full(len(line), sign))
        if rows:
            count = len(below) * (span - 1)
            self._block(
                np.concatenate(rows), np.concatenate(columns), np.concatenate(values),
                np.full(count, -highspy.kHighsInf), np.zeros(count),
            )  # fmt: skip
