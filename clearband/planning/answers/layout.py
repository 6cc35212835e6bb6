"""Rows of an elastic programme, and what a unit of work uses of each.

Rows are those of the integer programme of ``optimise/exact.py``: classes, shared limits, order of work, and
how many makers have a least share. Money and order are stocks that are carried from quarter to quarter.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from clearband.planning.problem import Floats, Ints, Problem

Entries: TypeAlias = tuple[Ints, Floats, Ints]
"""Rows, values and columns."""
KINDS: Final = ("crews", "supply", "money", "caps", "makers", "fewer", "service")
"""Kinds of limits that may be exceeded."""
TOLERANCE: Final = 2e-6
"""Limits hold up to a millionth of themselves and a millionth of their unit together; twice that proves."""


class Layout:
    """Where the rows of a problem stand, in units of about one unit of work.

    Attributes:
        waits: [N, 2] classes, and the classes that they wait for, sorted.
        parents: Classes that are waited for; ``below`` [C] counts units that wait.
        crews, supply, service, cash, caps, order, least, end: First row of each kind; ``caps`` are all rows
            over families, ``least`` counts makers with a least share.
        unit: By kind, what one unit of a row is in units of the problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.waits = _waits(problem)
        self.parents = np.unique(self.waits[:, 1])
        sizes = (
            len(problem.classes.count), problem.crews.size, problem.supply.size, problem.service.size,
            problem.money.new.size, len(problem.limit), len(self.parents) * problem.quarters,
            len(problem.floors),
        )  # fmt: skip
        (
            self.crews, self.supply, self.service, self.cash, self.caps, self.order, self.least, self.end,
        ) = np.cumsum(sizes).tolist()  # fmt: skip
        options = problem.options
        self.unit = dict.fromkeys(KINDS, 1.0)
        self.unit["money"] = float((options.now + options.later).mean()) or 1.0
        self.unit["crews"] = float((options.hours + options.later_hours).mean()) or 1.0
        self._number = np.full(len(problem.classes.count), -1)
        self._number[self.parents] = np.arange(len(self.parents))
        self.below = np.zeros(len(problem.classes.count))
        np.add.at(self.below, self.waits[:, 1], problem.classes.count[self.waits[:, 0]])

    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bound of each row."""
        problem = self.problem
        lower, upper = np.full(self.end, -np.inf), np.zeros(self.end)
        lower[: self.crews] = upper[: self.crews] = problem.classes.count
        upper[self.crews : self.supply] = problem.crews.ravel() / self.unit["crews"]
        upper[self.supply : self.service] = problem.supply.ravel()
        upper[self.service : self.cash] = problem.service.ravel()
        cash = problem.money.new.ravel() / self.unit["money"]
        lower[self.cash : self.caps] = upper[self.cash : self.caps] = cash
        upper[self.caps : self.order] = problem.limit
        lower[self.order : self.least] = 0.0
        upper[self.order :] = np.inf
        lower[self.least :] = [floor.makers for floor in problem.floors]
        return lower, upper

    def work(self, option: Ints, quarter: Ints) -> Entries:
        """What one unit of a class uses of each row, done with an option in a quarter."""
        problem, span = self.problem, self.problem.quarters
        options, classes = problem.options, problem.classes
        of = options.of[option]
        region, owner, way = classes.region[of], classes.owner[of], classes.way[of]
        later = quarter + problem.overlap
        hours, later_hours = options.hours / self.unit["crews"], options.later_hours / self.unit["crews"]
        every = np.arange(len(option))
        parts = [
            (of, np.ones(len(of)), every),
            (self.crews + region * span + quarter, hours[option], every),
            (self.crews + region * span + later, later_hours[option], every),
            (self.service + region * span + quarter, classes.sites[of], every),
        ]
        for j in range(options.family.shape[1]):
            family, amount = options.family[option, j], options.amount[option, j]
            parts.append((self.supply + family * span + quarter, amount, every))
            for row, factor in enumerate(problem.rows):
                parts.append((np.full(len(of), self.caps + row), amount * factor[family], every))
        change = -np.diff(problem.money.balance, axis=2, prepend=0.0) / self.unit["money"]
        for spent, at in ((options.now[option], quarter), (options.later[option], later)):
            for t in range(span):
                value = change[way, at, t] * spent
                some = np.flatnonzero(value)
                parts.append((self.cash + owner[some] * span + t, value[some], some))
        mine = np.flatnonzero(self._number[of] >= 0)
        row = self.order + self._number[of[mine]] * span + quarter[mine]
        parts.append((row, self.below[of[mine]], mine))
        column, parent = self._above(of)
        parts.append(
            (self.order + self._number[parent] * span + quarter[column], -np.ones(len(column)), column)
        )
        rows, values, columns = (np.concatenate([part[i] for part in parts]) for i in range(3))
        return rows, values, columns

    def _above(self, of: Ints) -> tuple[Ints, Ints]:
        """Each column once for each class that its own waits for, and that class."""
        begin = np.searchsorted(self.waits[:, 0], np.arange(len(self.problem.classes.count) + 1))
        count = np.diff(begin)[of]
        column = np.repeat(np.arange(len(of)), count)
        step = np.arange(len(column)) - np.repeat(np.cumsum(count) - count, count)
        return column, self.waits[np.repeat(begin[:-1][of], count) + step, 1]

    def carried(self) -> Entries:
        """Columns that carry what is left of money, and of what may be done, to the next quarter."""
        span = self.problem.quarters
        parts: list[Entries] = []
        begin = 0
        for first, count, sign in (
            (self.cash, len(self.problem.money.new), 1.0), (self.order, len(self.parents), -1.0),
        ):  # fmt: skip
            every = np.arange(count * span)
            on = np.flatnonzero(every % span < span - 1)
            parts.append((first + every, np.full(len(every), sign), begin + every))
            parts.append((first + on + 1, np.full(len(on), -sign), begin + on))
            begin += len(every)
        rows, values, columns = (np.concatenate([part[i] for part in parts]) for i in range(3))
        return rows, values, columns

    def makers(self) -> Entries:
        """Columns that say which makers are chosen to have a least share."""
        floors = self.problem.floors
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(floor.rows for floor in floors)])
        need = np.concatenate([np.zeros(0), *(floor.need for floor in floors)])
        of = np.repeat(np.arange(len(floors)), [len(floor.rows) for floor in floors])
        every = np.arange(len(rows))
        return (
            np.concatenate([self.caps + rows, self.least + of]), np.concatenate([need, np.ones(len(rows))]),
            np.concatenate([every, every]),
        )  # fmt: skip

    def excess(self, kind: str, sites: Floats, cap: Ints) -> Entries:
        """Columns of what the limits of a kind are exceeded by."""
        span, floors = self.problem.quarters, self.problem.floors
        every = np.arange(len(floors))
        if kind == "fewer":
            return self.least + every, np.ones(len(floors)), every
        if kind == "makers":
            rows = np.concatenate([np.zeros(0, dtype=np.int64), *(floor.rows for floor in floors)])
            of = np.repeat(every, [len(floor.rows) for floor in floors])
            return self.caps + rows, -np.ones(len(rows)), of
        if kind == "caps":
            rows = np.flatnonzero(cap >= 0)
            return self.caps + rows, -np.ones(len(rows)), cap[rows]
        if kind == "service":
            rows = self.service + np.arange(len(sites) * span)
            return rows, -np.repeat(sites, span), np.zeros(len(rows), dtype=np.int64)
        first, last = {
            "crews": (self.crews, self.supply), "supply": (self.supply, self.service),
            "money": (self.cash, self.caps),
        }[kind]  # fmt: skip
        rows = np.arange(first, last)
        return rows, -np.ones(len(rows)), rows - first


def _waits(problem: Problem) -> Ints:
    """[N, 2] classes, and the classes that they wait for (rule 6), sorted."""
    classes = problem.classes
    there = np.bincount(problem.unit_class, minlength=len(classes.count))
    if not np.array_equal(there, classes.count):  # a sample has no units
        child = np.flatnonzero(classes.parent >= 0)
        return np.stack([child, classes.parent[child]], axis=1)
    child = np.repeat(problem.unit_class, np.diff(problem.parent_start))
    return np.unique(np.stack([child, problem.unit_class[problem.parents]], axis=1), axis=0)
