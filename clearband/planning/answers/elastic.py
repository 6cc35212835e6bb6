"""An elastic programme: every limit may be exceeded for a price, or holds, as it is asked.

Rows and columns are those of the integer programme of ``optimise/exact.py`` without costs, with a column for
what each limit is exceeded by. With nothing exceeded it says whether there is a plan; with a price, what the
smallest excess is (Brown and Graves 1975, "elastic" programmes).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.problem import Floats, Ints, Problem

INTEGER_COLUMNS: Final = 5_000
"""Columns up to which work is whole; beyond, parts of units count, which is a bound only."""
_NEAR: Final = 0.02
"""An excess within this share of the smallest is small enough."""


class Elastic:
    """The programme of a problem.

    Args:
        sites: [R] of each region, for service.
        key: [C] number of the date that a class is to be done by; -1 for none.
        cap: [S] number of the cap that a row comes from; -1 for a least share.
        lowest: By ``Problem.floors``, units by which a least share may be lowered at the most.

    Attributes:
        whole: Whether work is whole units.
        ended: Whether the last question was answered for certain, and not given up for want of time.
    """

    def __init__(
        self, problem: Problem, sites: Floats, key: Ints, cap: Ints, lowest: Floats, seconds: float = 10.0
    ) -> None:
        import highspy

        from clearband.planning.optimise.highs import new_highs

        self._infinite = highspy.kHighsInf
        self._status = highspy.HighsModelStatus
        self.problem, self.key = problem, key
        span, options, classes = problem.quarters, problem.options, problem.classes
        last = span - 1 - problem.overlap
        first = np.maximum(options.first, classes.first[options.of])
        option, quarter = np.nonzero(np.arange(last + 1)[None, :] >= first[:, None])
        self.option, self.quarter = option.astype(np.int64), quarter.astype(np.int64)
        self.late = np.maximum(0, quarter - classes.last[options.of[option]])
        self.whole = len(option) <= INTEGER_COLUMNS and bool((classes.count % 1 == 0).all())
        # One unit of a row is about one unit of work, so that tolerances mean the same everywhere.
        self._cash_unit = float((options.now + options.later).mean()) or 1.0
        self._hour_unit = float((options.hours + options.later_hours).mean()) or 1.0
        self.seconds, self.ended = seconds, True
        self._highs = new_highs(time_limit=seconds, random_seed=0, mip_rel_gap=_NEAR)
        self._lay_rows()
        self._add_work(highspy)
        self._lowest = lowest
        self._add_excess(sites, cap)

    # rows -------------------------------------------------------------------------------------------------

    def _lay_rows(self) -> None:
        problem, span = self.problem, self.problem.quarters
        waits = self._waits()
        self._parents = np.unique(waits[:, 1]) if len(waits) else np.zeros(0, dtype=np.int64)
        self._waiting = waits
        sizes = (
            len(problem.classes.count), problem.crews.size, problem.supply.size, problem.service.size,
            problem.money.new.size, len(problem.limit), len(self._parents) * span, len(problem.floors),
        )  # fmt: skip
        (
            self._crews, self._supply, self._service, self._cash, self._caps, self._order, self._least,
            self._end,
        ) = np.cumsum(sizes).tolist()  # fmt: skip
        lower = np.full(self._end, -self._infinite)
        upper = np.zeros(self._end)
        lower[: self._crews] = upper[: self._crews] = problem.classes.count
        upper[self._crews : self._supply] = problem.crews.ravel() / self._hour_unit
        upper[self._supply : self._service] = problem.supply.ravel()
        upper[self._service : self._cash] = problem.service.ravel()
        cash = problem.money.new.ravel() / self._cash_unit
        lower[self._cash : self._caps] = upper[self._cash : self._caps] = cash
        upper[self._caps : self._order] = problem.limit
        lower[self._order : self._least] = 0.0
        lower[self._least :] = [floor.makers for floor in problem.floors]
        upper[self._least :] = self._infinite
        self._highs.addRows(
            self._end, lower, upper, 0, np.zeros(self._end, dtype=np.int32),
            np.zeros(0, dtype=np.int32), np.zeros(0),
        )  # fmt: skip

    def _waits(self) -> Ints:
        """[N, 2] classes, and the classes that they wait for (rule 6)."""
        problem = self.problem
        classes = problem.classes
        there = np.bincount(problem.unit_class, minlength=len(classes.count))
        if not np.array_equal(there, classes.count):  # a sample has no units
            child = np.flatnonzero(classes.parent >= 0)
            return np.stack([child, classes.parent[child]], axis=1)
        counts = np.diff(problem.parent_start)
        child = np.repeat(problem.unit_class, counts)
        pairs = np.stack([child, problem.unit_class[problem.parents]], axis=1)
        return np.unique(pairs, axis=0) if len(pairs) else pairs

    # columns ----------------------------------------------------------------------------------------------

    def _add_work(self, highspy: Any) -> None:
        problem, span = self.problem, self.problem.quarters
        options, classes = problem.options, problem.classes
        option, quarter = self.option, self.quarter
        of = options.of[option]
        region, owner, way = classes.region[of], classes.owner[of], classes.way[of]
        later = quarter + problem.overlap
        every = np.arange(len(option))
        parts = [
            (of, np.ones(len(of)), every),
            (self._crews + region * span + quarter, options.hours[option] / self._hour_unit, every),
            (self._crews + region * span + later, options.later_hours[option] / self._hour_unit, every),
            (self._service + region * span + quarter, classes.sites[of], every),
        ]
        for j in range(options.family.shape[1]):
            family, amount = options.family[option, j], options.amount[option, j]
            parts.append((self._supply + family * span + quarter, amount, every))
            for row, factor in enumerate(problem.rows):
                parts.append((np.full(len(of), self._caps + row), amount * factor[family], every))
        change = -np.diff(problem.money.balance, axis=2, prepend=0.0) / self._cash_unit
        for spent, at in ((options.now[option], quarter), (options.later[option], later)):
            parts.extend(
                (self._cash + owner * span + t, change[way, at, t] * spent, every) for t in range(span)
            )
        number = np.full(len(classes.count), -1)
        number[self._parents] = np.arange(len(self._parents))
        below = np.zeros(len(classes.count))
        for child, parent in self._waiting.tolist():
            below[parent] += classes.count[child]
            mine = np.flatnonzero(of == child)
            parts.append((self._order + number[parent] * span + quarter[mine], -np.ones(len(mine)), mine))
        mine = np.flatnonzero(number[of] >= 0)
        parts.append((self._order + number[of[mine]] * span + quarter[mine], below[of[mine]], mine))
        rows, values, columns = (np.concatenate([part[i] for part in parts]) for i in range(3))
        self._add(np.zeros(len(option)), classes.count[of], rows, values, columns)
        if self.whole:
            kinds = np.array([highspy.HighsVarType.kInteger] * len(option))
            self._highs.changeColsIntegrality(len(option), every.astype(np.int32), kinds)
        self._add_makers(highspy)
        # Stocks of money and of what may be done are carried to the next quarter.
        for at, count in ((self._cash, len(problem.money.new)), (self._order, len(self._parents))):
            rows = at + np.arange(count * span)
            sign = 1.0 if at == self._cash else -1.0
            on = np.arange(count * span) % span < span - 1
            self._add(
                np.zeros(len(rows)), np.full(len(rows), self._infinite),
                np.concatenate([rows, rows[on] + 1]),
                np.concatenate([np.full(len(rows), sign), np.full(int(on.sum()), -sign)]),
                np.concatenate([np.arange(len(rows)), np.flatnonzero(on)]),
            )  # fmt: skip

    def _add_makers(self, highspy: Any) -> None:
        """Columns that say which makers are chosen for a least share (rule 13); they are few, and whole."""
        for number, floor in enumerate(self.problem.floors):
            at, count = self._highs.getNumCol(), len(floor.rows)
            every = np.arange(count)
            rows = np.concatenate([self._caps + floor.rows, np.full(count, self._least + number)])
            values = np.concatenate([floor.need, np.ones(count)])
            self._add(np.zeros(count), np.ones(count), rows, values, np.concatenate([every, every]))
            if count:
                kinds = np.array([highspy.HighsVarType.kInteger] * count)
                self._highs.changeColsIntegrality(count, (at + every).astype(np.int32), kinds)

    def _add_excess(self, sites: Floats, cap: Ints) -> None:
        """Columns of what is exceeded, and where those of each kind stand."""
        span = self.problem.quarters
        self._of_kind: dict[str, Ints] = {}
        for kind, first, last in (
            ("crews", self._crews, self._supply), ("supply", self._supply, self._service),
            ("money", self._cash, self._caps),
        ):  # fmt: skip
            rows = np.arange(first, last)
            at = self._highs.getNumCol()
            self._add(np.zeros(len(rows)), np.zeros(len(rows)), rows, -np.ones(len(rows)), rows - first)
            self._of_kind[kind] = at + np.arange(len(rows))
        at, count = self._highs.getNumCol(), int(cap.max(initial=-1)) + 1
        rows = np.flatnonzero(cap >= 0)
        self._add(np.zeros(count), np.zeros(count), self._caps + rows, -np.ones(len(rows)), cap[rows])
        self._of_kind["caps"] = at + np.arange(count)
        at, floors = self._highs.getNumCol(), self.problem.floors
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(floor.rows for floor in floors)])
        of = np.repeat(np.arange(len(floors)), [len(floor.rows) for floor in floors])
        self._add(np.zeros(len(floors)), np.zeros(len(floors)), self._caps + rows, -np.ones(len(rows)), of)
        self._of_kind["makers"] = at + np.arange(len(floors))
        at, every = self._highs.getNumCol(), np.arange(len(floors))
        self._add(
            np.zeros(len(floors)), np.zeros(len(floors)), self._least + every, np.ones(len(floors)), every
        )
        self._of_kind["fewer"] = at + every
        at = self._highs.getNumCol()
        rows = self._service + np.arange(len(sites) * span)
        self._add(
            np.zeros(1), np.zeros(1), rows, -np.repeat(sites, span), np.zeros(len(rows), dtype=np.int64)
        )
        self._of_kind["service"] = np.array([at])
        self._unit = {
            "crews": self._hour_unit, "supply": 1.0, "money": self._cash_unit, "caps": 1.0, "makers": 1.0,
            "fewer": 1.0, "service": 1.0,
        }  # fmt: skip

    def _add(self, cost: Floats, upper: Floats, rows: Ints, values: Floats, columns: Ints) -> None:
        count = len(cost)
        if not count:
            return
        some = values != 0.0
        cell, where = np.unique(columns[some] * self._end + rows[some], return_inverse=True)
        value = np.bincount(where, values[some], minlength=len(cell))
        column, row = np.divmod(cell, self._end)
        start = np.searchsorted(column, np.arange(count)).astype(np.int32)
        self._highs.addCols(
            count, cost, np.zeros(count), np.asarray(upper, dtype=np.float64), len(cell),
            start, row.astype(np.int32), np.asarray(value, dtype=np.float64),
        )  # fmt: skip

    # asking -----------------------------------------------------------------------------------------------

    def least(
        self, weights: dict[str, Floats], *, later: Ints | None = None, ordered: bool = True,
        whole: bool | None = None,
    ) -> Excess | None:  # fmt: skip
        """The smallest excess.

        Args:
            weights: By kind, money or shares for exceeding each limit by one unit of the problem (infinite:
                it holds); kinds that are left out hold. Service is one number.
            later: [K] quarters that each date may be later.
            ordered: Whether the order of work holds.
            whole: Whether units are done whole; as far as the size allows, when left out.

        Returns:
            None when nothing at these kinds makes a plan; with whole units, or with none found in time.
        """
        classes, options = self.problem.classes, self.problem.options
        of = options.of[self.option]
        allowed = np.zeros(len(of), dtype=np.int64)
        if later is not None and len(later):
            allowed = np.where(self.key[of] >= 0, later[np.maximum(self.key[of], 0)], 0)
        upper = np.where(self.late <= allowed, classes.count[of], 0.0)
        columns = np.arange(len(of), dtype=np.int32)
        self._highs.changeColsBounds(len(of), columns, np.zeros(len(of)), upper)
        for kind, at in self._of_kind.items():
            weight = np.broadcast_to(weights.get(kind, np.array(np.inf)), len(at)) * self._unit[kind]
            open_ = np.isfinite(weight)
            most = np.where(open_, self._lowest if kind == "makers" else self._infinite, 0.0)
            self._highs.changeColsBounds(len(at), at.astype(np.int32), np.zeros(len(at)), most)
            self._highs.changeColsCost(len(at), at.astype(np.int32), np.where(open_, weight, 0.0))
        rows = np.arange(self._order, self._least, dtype=np.int32)
        if len(rows):
            free = np.full(len(rows), self._infinite)
            self._highs.changeRowsBounds(
                len(rows), rows, np.zeros(len(rows)) if ordered else -free, free,
            )  # fmt: skip
        self._highs.setOptionValue("solve_relaxation", self.whole and whole is False)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self.seconds)
        # Afresh: from the last answer as a start, HiGHS 1.16 may call an excess the smallest that is not.
        self._highs.clearSolver()
        self._highs.run()
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        self.ended = status in (self._status.kOptimal, self._status.kInfeasible)
        if info.primal_solution_status != 2 or status == self._status.kInfeasible:
            return None
        value = np.array(self._highs.getSolution().col_value)
        proven = bool(status == self._status.kOptimal)
        objective = float(info.objective_function_value)
        bound = objective if proven else max(0.0, float(info.mip_dual_bound))
        return self._read(value, objective, bound, proven)

    def _read(self, value: Floats, objective: float, bound: float, proven: bool) -> Excess:
        found = {kind: value[at] * self._unit[kind] for kind, at in self._of_kind.items()}
        problem = self.problem
        work = value[: len(self.option)]
        some = np.flatnonzero(work > 1e-6)
        return Excess(
            objective, bound, proven, found["money"].reshape(problem.money.new.shape),
            found["crews"].reshape(problem.crews.shape), found["supply"].reshape(problem.supply.shape),
            float(found["service"][0]), found["caps"], found["makers"],
            found["fewer"], self.option[some], self.quarter[some], work[some],
        )  # fmt: skip
