"""An elastic programme: every limit may be exceeded for a price, or holds, as it is asked.

With nothing exceeded it says whether there is a plan; with a price, what the smallest excess is (Brown and
Graves 1975, "elastic" programmes). Work is whole, or may be done in parts; then limits have prices, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import highspy
import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.answers.layout import KINDS, TOLERANCE, Entries, Layout
from clearband.planning.optimise.highs import new_highs
from clearband.planning.optimise.prices import Prices
from clearband.planning.problem import Floats, Ints, Problem

_NEAR: Final = 0.02
"""An excess within this share of the smallest is small enough, of whole units."""
_SIMPLEX_COLUMNS: Final = 2_000
"""Beyond, an interior point and a crossover are many times faster than the simplex method: nothing but what
is exceeded has a cost."""
_NO_TIME: Final = 0.05


class Elastic:
    """The programme of a problem, over the columns (an option in a quarter) that are added to it.

    Args:
        sites: [R] of each region, for service.
        cap: [S] number of the cap that a row comes from; -1 for a least share.
        lowest: By ``Problem.floors``, units by which a least share may be lowered at the most.

    Attributes:
        option, quarter: Of the columns.
        ended: Whether the last question was answered for certain, and not given up for want of time.
    """

    def __init__(self, problem: Problem, sites: Floats, cap: Ints, lowest: Floats) -> None:
        self.problem, self.ended = problem, True
        self.layout = layout = Layout(problem)
        self.option = np.zeros(0, dtype=np.int64)
        self.quarter = self.option.copy()
        self._lowest, self._wider = lowest, 0.0
        self._highs = new_highs(random_seed=0, mip_rel_gap=_NEAR)
        lower, upper = layout.bounds()
        nothing = np.zeros(0, dtype=np.int32)
        self._highs.addRows(
            layout.end, lower, upper, 0, np.zeros(layout.end, dtype=np.int32), nothing, np.zeros(0)
        )
        counts = {
            "crews": problem.crews.size, "supply": problem.supply.size, "money": problem.money.new.size,
            "caps": int(cap.max(initial=-1)) + 1, "makers": len(problem.floors),
            "fewer": len(problem.floors), "service": 1,
        }  # fmt: skip
        self._of_kind = {
            kind: self._add(layout.excess(kind, sites, cap), np.zeros(counts[kind])) for kind in KINDS
        }
        stocks = (len(problem.money.new) + len(layout.parents)) * problem.quarters
        self._add(layout.carried(), np.full(stocks, np.inf))
        self._makers = self._add(layout.makers(), np.ones(sum(len(one.rows) for one in problem.floors)))
        self._first = self._highs.getNumCol()

    def add(self, option: Ints, quarter: Ints) -> int:
        """Add columns that are not there yet, and say how many were new."""
        span = self.problem.quarters
        key = np.setdiff1d(option * span + quarter, self.option * span + self.quarter)
        if not len(key):
            return 0
        option, quarter = np.divmod(key, span)
        count = self.problem.classes.count[self.problem.options.of[option]]
        self._add(self.layout.work(option, quarter), count)
        self.option = np.concatenate([self.option, option])
        self.quarter = np.concatenate([self.quarter, quarter])
        return len(key)

    def _add(self, entries: Entries, upper: Floats) -> Ints:
        """Columns without a cost; their numbers."""
        rows, values, columns = entries
        count, at = len(upper), self._highs.getNumCol()
        if count:
            some = values != 0.0
            end = self.layout.end
            cell, where = np.unique(columns[some] * end + rows[some], return_inverse=True)
            value = np.bincount(where, values[some], minlength=len(cell))
            column, row = np.divmod(cell, end)
            start = np.searchsorted(column, np.arange(count)).astype(np.int32)
            self._highs.addCols(
                count, np.zeros(count), np.zeros(count), np.asarray(upper, dtype=np.float64), len(cell),
                start, row.astype(np.int32), np.asarray(value, dtype=np.float64),
            )  # fmt: skip
        numbers: Ints = at + np.arange(count)
        return numbers

    # asking -----------------------------------------------------------------------------------------------

    def least(
        self, cost: Mapping[str, Floats], *, late: Floats, ordered: bool = True, whole: bool, seconds: float,
        proof: bool = False, makers: bool = False,
    ) -> Excess | None:  # fmt: skip
        """The smallest excess.

        Args:
            cost: By kind, of exceeding each limit by one unit of the problem (infinite: it holds); kinds that
                are left out hold.
            late: [N] cost of a unit of work in each column; infinite where it is not allowed.
            ordered: Whether the order of work holds.
            whole: Whether units are done whole.
            seconds: At most.
            makers: Whether makers for a least share are chosen whole where work is in parts; then there are
                no prices.
            proof: Whether that nothing is found is to prove something: limits are wider by what a plan may
                break them by, and the solver takes no short cuts.

        Returns:
            None when nothing makes a plan, or nothing was found in time: see ``ended``.
        """
        if seconds < _NO_TIME:
            self.ended = False
            return None
        self._ask(cost, late, ordered=ordered, work=whole, makers=whole or makers)
        highs = self._highs
        self._set_limits(TOLERANCE if proof else 0.0)
        highs.setOptionValue("presolve", "off" if proof else "choose")
        interior = not whole and not makers and len(self.option) > _SIMPLEX_COLUMNS
        highs.setOptionValue("solver", "ipm" if interior else "choose")
        highs.setOptionValue("solve_relaxation", not (whole or makers))
        # Afresh: from the last answer as a start, HiGHS 1.16 may call an excess the smallest that is not.
        highs.clearSolver()
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.run()
        status, info = highs.getModelStatus(), highs.getInfo()
        optimal = status == highspy.HighsModelStatus.kOptimal
        self.ended = optimal or status == highspy.HighsModelStatus.kInfeasible
        solved = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not solved or (not optimal and not (whole or makers)):
            return None
        value = np.array(highs.getSolution().col_value)
        objective = float(info.objective_function_value)
        bound = objective if optimal else max(0.0, float(info.mip_dual_bound))
        return self._read(value, objective, bound, optimal)

    def _ask(
        self, cost: Mapping[str, Floats], late: Floats, *, ordered: bool, work: bool, makers: bool
    ) -> None:
        classes, highs = self.problem.classes, self._highs
        allowed = np.isfinite(late)
        count = classes.count[self.problem.options.of[self.option]]
        columns = self._first + np.arange(len(count))
        self._bounds(columns, np.where(allowed, count, 0.0), np.where(allowed, late, 0.0))
        for kind, at in self._of_kind.items():
            each = np.broadcast_to(cost.get(kind, np.array(np.inf)), len(at)) * self.layout.unit[kind]
            open_ = np.isfinite(each)
            most = self._lowest if kind == "makers" else np.inf
            self._bounds(at, np.where(open_, most, 0.0), np.where(open_, each, 0.0))
        order = np.arange(self.layout.order, self.layout.least, dtype=np.int32)
        if len(order):
            lower = np.full(len(order), 0.0 if ordered else -np.inf)
            highs.changeRowsBounds(len(order), order, lower, np.full(len(order), np.inf))
        for at, whole in ((columns, work), (self._makers, makers)):
            if len(at):
                type_ = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
                highs.changeColsIntegrality(len(at), at.astype(np.int32), np.array([type_] * len(at)))

    def _set_limits(self, wider: float) -> None:
        if wider == self._wider:
            return
        self._wider = wider
        at = self.layout
        rows = np.arange(at.crews, at.order, dtype=np.int32)
        lower, upper = (each[rows] for each in at.bounds())
        upper += wider * (np.abs(upper) + 1.0)
        lower = np.where(np.isfinite(lower), upper, lower)
        self._highs.changeRowsBounds(len(rows), rows, lower, upper)

    def _bounds(self, at: Ints, most: Floats, cost: Floats) -> None:
        if len(at):
            columns = at.astype(np.int32)
            self._highs.changeColsBounds(len(at), columns, np.zeros(len(at)), most)
            self._highs.changeColsCost(len(at), columns, cost)

    def _read(self, value: Floats, objective: float, bound: float, proven: bool) -> Excess:
        found = {kind: value[at] * self.layout.unit[kind] for kind, at in self._of_kind.items()}
        problem = self.problem
        work = value[self._first :]
        some = np.flatnonzero(work > 1e-6)
        return Excess(
            objective, bound, proven, found["money"].reshape(problem.money.new.shape),
            found["crews"].reshape(problem.crews.shape), found["supply"].reshape(problem.supply.shape),
            float(found["service"][0]), found["caps"], found["makers"],
            found["fewer"], self.option[some], self.quarter[some], work[some],
        )  # fmt: skip

    # prices -----------------------------------------------------------------------------------------------

    def prices(self) -> tuple[Prices, Floats]:
        """Prices on all limits after work was done in parts, and [C] of one more unit of each class."""
        problem, at = self.problem, self.layout
        price = -np.array(self._highs.getSolution().row_dual)
        free = np.maximum(price, 0.0)
        stock = free[at.cash : at.caps].reshape(problem.money.new.shape) / at.unit["money"]
        # A stock is worth no less earlier; the price of all money up to a quarter is how it falls after it.
        stock = np.maximum.accumulate(stock[:, ::-1], axis=1)[:, ::-1]
        order = np.zeros((len(problem.classes.count), problem.quarters))
        rows = price[at.order : at.least].reshape(len(at.parents), problem.quarters)
        for child, parent in at.waits.tolist():
            order[child] -= rows[np.searchsorted(at.parents, parent)]
        order[at.parents] += rows * at.below[at.parents][:, None]
        limits = Prices(
            free[at.crews : at.supply].reshape(problem.crews.shape) / at.unit["crews"],
            free[at.supply : at.service].reshape(problem.supply.shape),
            free[at.service : at.cash].reshape(problem.service.shape),
            stock - np.concatenate([stock[:, 1:], np.zeros((len(stock), 1))], axis=1),
            free[at.caps : at.order], order,
        )  # fmt: skip
        return limits, -price[: at.crews]
