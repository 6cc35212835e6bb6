"""The whole problem as an integer programme, for those small enough, without what cannot be in a better plan.

A column whose reduced cost in the linear master is more than what lies between the master's value and the
best plan known is in no better plan (Dantzig, Fulkerson and Johnson 1954): leaving it out loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from clearband.planning.optimise.generate import Generated
from clearband.planning.optimise.highs import new_highs
from clearband.planning.optimise.prices import costs
from clearband.planning.problem import Floats, Ints, Problem


@dataclass(frozen=True, slots=True)
class Exact:
    """What the integer programme came to: units of each class by option and quarter, and a bound."""

    class_option: Ints
    class_quarter: Ints
    units: Ints
    value: float
    bound: float


def columns_left(problem: Problem, generated: Generated, best: float) -> tuple[Ints, Ints]:
    """Options and quarters that a plan better than ``best`` could hold."""
    solved = generated.solved
    reduced = costs(problem, solved.prices) - solved.of_class[problem.options.of][:, None]
    slack = best - solved.value
    option, quarter = np.nonzero(reduced <= slack + 1e-6 * abs(best))
    return option, quarter


def solve_exactly(
    problem: Problem, option: Ints, quarter: Ints, cost: Floats, *, gap: float, seconds: float, nodes: int,
) -> Exact | None:  # fmt: skip
    """The best plan of these columns.

    Args:
        cost: [O, T] without prices.
        gap: Ends within this share of the best.

    Returns:
        None when nothing was found.
    """
    model = _Model(problem, option, quarter, cost)
    highs = model.highs
    for name, value in (
        ("mip_rel_gap", gap), ("time_limit", max(seconds, 0.1)), ("mip_max_nodes", nodes),
    ):  # fmt: skip
        highs.setOptionValue(name, value)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    # The plan that is known is not given to HiGHS: with a start, 1.16 lost a constant of its presolve, and
    # called a plan the best that was not. What it says is held against the columns themselves.
    amount = np.rint(np.array(highs.getSolution().col_value)[: len(option)]).astype(np.int64)
    if not np.isclose(cost[option, quarter] @ amount, info.objective_function_value, rtol=1e-6):
        return None
    some = np.flatnonzero(amount)
    return Exact(
        option[some], quarter[some], amount[some], info.objective_function_value, float(info.mip_dual_bound)
    )


class _Model:
    """The rows and columns of the integer programme."""

    def __init__(self, problem: Problem, option: Ints, quarter: Ints, cost: Floats) -> None:
        self.problem, self.option, self.quarter = problem, option, quarter
        self.highs = new_highs(random_seed=0)
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._values: list[Floats] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._fill()
        row = np.concatenate(self._rows)
        column = np.concatenate(self._columns)
        value = np.concatenate(self._values)
        order = np.lexsort((row, column))
        row, column, value = row[order], column[order], value[order]
        rows = len(self._lower)
        self.highs.addRows(
            rows, np.array(self._lower), np.array(self._upper), 0, np.zeros(rows, dtype=np.int32),
            np.zeros(0, dtype=np.int32), np.zeros(0),
        )  # fmt: skip
        makers = sum(len(floor.rows) for floor in problem.floors)
        count = len(option) + makers
        begins = np.searchsorted(column, np.arange(count)).astype(np.int32)
        self.highs.addCols(
            count, np.concatenate([cost[option, quarter], np.zeros(makers)]), np.zeros(count),
            np.concatenate([problem.classes.count[problem.options.of[option]], np.ones(makers)]),
            len(row), begins, row.astype(np.int32), value,
        )  # fmt: skip
        self.highs.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
        )

    def _row(self, columns: Ints, values: Floats, lower: float, upper: float) -> None:
        self._rows.append(np.full(len(columns), len(self._lower)))
        self._columns.append(columns)
        self._values.append(values)
        self._lower.append(lower)
        self._upper.append(upper)

    def _fill(self) -> None:
        problem, option, quarter = self.problem, self.option, self.quarter
        classes, options, span = problem.classes, problem.options, problem.quarters
        infinite = highspy.kHighsInf
        of = options.of[option]
        region, owner, way = classes.region[of], classes.owner[of], classes.way[of]
        for c in range(len(classes.count)):
            mine = np.flatnonzero(of == c)
            self._row(mine, np.ones(len(mine)), float(classes.count[c]), float(classes.count[c]))
        after = quarter + problem.overlap
        for r in range(len(problem.crews)):
            for t in range(span):
                hours = np.where(quarter == t, options.hours[option], 0.0)
                hours += np.where(after == t, options.later_hours[option], 0.0)
                self._some((region == r), hours, float(problem.crews[r, t]))
                self._some((region == r) & (quarter == t), classes.sites[of], float(problem.service[r, t]))
        for f in range(len(problem.supply)):
            bought = np.where(options.family[option] == f, options.amount[option], 0.0).sum(axis=1)
            for t in range(span):
                self._some(quarter == t, bought, float(problem.supply[f, t]))
        self._shares()
        balance = problem.money.balance
        spent = options.now[option][:, None] * balance[way, quarter]
        spent = spent + options.later[option][:, None] * balance[way, after]
        total = problem.money.new.cumsum(axis=1)
        for w in range(len(total)):
            for t in range(span):
                self._some(owner == w, -spent[:, t], float(total[w, t]))
        self._order(of, infinite)

    def _some(self, which: np.ndarray, value: Floats, limit: float) -> None:
        columns = np.flatnonzero(which & (value != 0.0))
        if len(columns):
            self._row(columns, value[columns], -highspy.kHighsInf, limit)

    def _shares(self) -> None:
        """Rules 12 and 13. A column of its own says whether a maker is chosen to have a least share."""
        problem, options = self.problem, self.problem.options
        family, amount = options.family[self.option], options.amount[self.option]
        chosen: dict[int, tuple[int, float]] = {}
        for floor in problem.floors:
            first = len(self.option) + len(chosen)
            columns = first + np.arange(len(floor.rows))
            pairs = zip(columns.tolist(), floor.need.tolist(), strict=True)
            chosen |= dict(zip(floor.rows.tolist(), pairs, strict=True))
            self._row(columns, np.ones(len(columns)), float(floor.makers), highspy.kHighsInf)
        for number, (row, limit) in enumerate(zip(problem.rows, problem.limit, strict=True)):
            used = (amount * row[family]).sum(axis=1)
            columns = np.flatnonzero(used)
            values = used[columns]
            if number in chosen:
                column, need = chosen[number]
                columns, values = np.append(columns, column), np.append(values, need)
            self._row(columns, values, -highspy.kHighsInf, float(limit))

    def _order(self, of: Ints, infinite: float) -> None:
        """Rule 6, class by class: up to a quarter no more units are done than their parents allow."""
        problem = self.problem
        first: dict[int, int] = {}
        for unit, c in enumerate(problem.unit_class.tolist()):
            first.setdefault(c, unit)
        for c, unit in first.items():
            above = problem.parents[problem.parent_start[unit] : problem.parent_start[unit + 1]]
            for parent in problem.unit_class[above].tolist():
                below, mine = np.flatnonzero(of == c), np.flatnonzero(of == parent)
                for t in range(problem.quarters - 1):
                    low, high = below[self.quarter[below] <= t], mine[self.quarter[mine] <= t]
                    if len(low):
                        self._row(
                            np.concatenate([low, high]),
                            np.concatenate(
                                [np.ones(len(low)), np.full(len(high), -problem.classes.count[c])]
                            ),
                            -infinite,
                            0.0,
                        )
