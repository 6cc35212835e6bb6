"""What limits are exceeded by at the least where work may be done in parts, and what prices prove of it.

Columns are generated (see ``optimise/generate.py``) for a sample of the work where it is large. Prices are
held against all of the work: what they prove is proved of the network, whatever the sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from clearband.planning.answers.elastic import Elastic
from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups
from clearband.planning.answers.lagrange import Lagrange, costless
from clearband.planning.answers.layout import KINDS
from clearband.planning.answers.question import Answer, Question
from clearband.planning.optimise.found import Clock
from clearband.planning.optimise.prices import Prices, costs
from clearband.planning.optimise.sample import sample
from clearband.planning.problem import Floats, Ints, Problem

CLASSES: Final = 1_500
"""Classes beyond which needs are those of a sample."""
_ALL_COLUMNS: Final = 20_000
"""Columns up to which there is nothing to generate."""
_SPREAD: Final = 4
_ROUNDS: Final = 8
_NEAR: Final = 0.005
"""Where value and bound are within this share of each other, no more columns are generated."""
_HELD: Final = 1e3
"""Times dearer than to exceed what counts it is to exceed what holds."""
_NOTHING: Final = 1e-6
"""An excess of this share of all there is is none."""
_LEAST_GAIN: Final = 1e-6
_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Found:
    excess: Excess | None
    bound: float
    proved: bool


class Linear:
    """Questions about a problem, answered with parts of units of work.

    Args:
        weights: By kind, the share of all there is of one unit of each limit; infinite for what has none.

    Attributes:
        sampled: Whether needs are those of a sample.
        elastic: The programme; it has every column there is where ``every``.
    """

    def __init__(self, problem: Problem, groups: Groups, weights: Mapping[str, Floats]) -> None:
        self._groups = groups
        self._whole = costless(problem)
        # Running costs are none, and carry the number of each class through the sample.
        numbered = np.arange(len(groups.key), dtype=np.float64)
        classes = replace(self._whole.classes, running=numbered)
        small = sample(replace(self._whole, classes=classes), CLASSES)
        self._key = groups.key[small.classes.running.astype(np.int64)]
        self._small = costless(small)
        self.sampled = len(self._key) < len(groups.key)
        self._units = float(problem.classes.count.sum())
        self._weights = {kind: weights[kind] * self._units for kind in KINDS}
        self.elastic = Elastic(self._small, groups.sites, groups.caps, groups.lowest)
        option, quarter = _columns(self._small)
        self.every = len(option) <= _ALL_COLUMNS
        if not self.every:
            option, quarter = _some_columns(self._small)
        self.elastic.add(option, quarter)

    def least(self, question: Question, clock: Clock) -> Answer:
        """The smallest excess; where there is none that keeps what holds, whether that is proved."""
        found = self._generate(question, clock, held=_HELD)
        if found.excess is not None and self._small.floors:
            found = replace(found, excess=self._with_makers(question, clock) or found.excess)
        if found.excess is not None and not self._exceeds(found.excess, question):
            return Answer(found.excess, max(0.0, found.bound / self._units), False)
        return Answer(None, 0.0, found.proved or self.impossible(question, clock))

    def _with_makers(self, question: Question, clock: Clock) -> Excess | None:
        """The smallest excess with makers that are chosen whole for least shares: they are few."""
        return self.elastic.least(
            self.cost(question, _HELD), late=self.late(question), ordered=question.ordered, whole=False,
            seconds=min(_SECONDS, clock.remaining()), makers=True,
        )  # fmt: skip

    def impossible(self, question: Question, clock: Clock) -> bool:
        """Whether prices prove that what holds cannot be kept, by however much all else is exceeded."""
        free = {kind: np.where(np.isinf(self._factor(question, kind)), np.inf, 0.0) for kind in KINDS}
        return self._generate(replace(question, factors=free), clock, held=1.0, until_proved=True).proved

    def cost(self, question: Question, held: float = np.inf) -> dict[str, Floats]:
        """By kind, what it costs to exceed each limit by a unit.

        Args:
            held: Times its weight, where it holds.
        """
        cost = {}
        for kind in KINDS:
            factor = self._factor(question, kind)
            weight = self._weights[kind]
            holds = np.isinf(factor)
            cost[kind] = np.where(holds, np.inf, 0.0)
            some = ~holds & (factor > 0)
            cost[kind][some] = weight[some] * factor[some]
            cost[kind][np.isinf(weight)] = np.inf
            if np.isfinite(held):
                cost[kind][holds] = weight[holds] * held
        return cost

    def share(self, cost: float) -> float:
        """Of all there is, of what an excess costs."""
        return cost / self._units

    def lateness(self, excess: Excess, dates: int) -> Ints:
        """[dates] quarters that work of each date is late at the most."""
        of = self._small.options.of[excess.option]
        late = np.maximum(excess.quarter - self._small.classes.last[of], 0)
        dated = self._key[of] >= 0
        found = np.zeros(dates, dtype=np.int64)
        np.maximum.at(found, self._key[of[dated]], late[dated])
        return found

    def _factor(self, question: Question, kind: str) -> Floats:
        return question.factor(kind, len(self._weights[kind]))

    def late(self, question: Question) -> Floats:
        """[N] cost of work in each column of ``elastic``; infinite where it cannot be."""
        rules = Lagrange(self._small, self._key, self._groups, question, self.cost(question))
        return rules.late[self.elastic.option, self.elastic.quarter]

    def _generate(
        self, question: Question, clock: Clock, *, held: float, until_proved: bool = False
    ) -> _Found:
        cost, elastic = self.cost(question), self.elastic
        all_of_it = Lagrange(self._whole, self._groups.key, self._groups, question, cost)
        if all_of_it.none_fits():
            return _Found(None, np.inf, proved=True)
        small = all_of_it
        if self.sampled:
            small = Lagrange(self._small, self._key, self._groups, question, cost)
        excess, best, proved = None, -np.inf, False
        for _ in range(_ROUNDS):
            found = elastic.least(
                self.cost(question, held), late=small.late[elastic.option, elastic.quarter],
                ordered=question.ordered, whole=False, seconds=min(_SECONDS, clock.remaining()),
            )  # fmt: skip
            if found is None:
                if self.every or not elastic.ended:
                    break
                self.every = True
                elastic.add(*_columns(self._small))
                continue
            excess = found
            prices, of_class = elastic.prices()
            bounds = [all_of_it.bound(prices)]
            if not self.sampled:
                bounds.append(all_of_it.ordered_bound(prices))
            best = max(best, *(bound - margin for bound, margin in bounds))
            proved = proved or any(bound > margin + _NOTHING for bound, margin in bounds)
            if self.every or (until_proved and (proved or found.value <= _NOTHING * self._units)):
                break
            own = small.bound(prices)[0] if self.sampled else best
            if found.value - own <= _NEAR * found.value or not self._add_best(small, prices, of_class):
                break
        return _Found(excess, best, proved)

    def _add_best(self, rules: Lagrange, prices: Prices, of_class: Floats) -> int:
        options = self._small.options
        reduced = costs(rules.problem, prices) + rules.late - of_class[options.of][:, None]
        quarter = reduced.argmin(axis=1)
        gains = np.flatnonzero(reduced[np.arange(len(quarter)), quarter] < -_LEAST_GAIN)
        return self.elastic.add(gains, quarter[gains])

    def _exceeds(self, excess: Excess, question: Question) -> bool:
        """Whether something that holds is exceeded."""
        total = 0.0
        for kind in KINDS:
            weight = self._weights[kind] / self._units
            some = np.isinf(self._factor(question, kind)) & np.isfinite(weight)
            total += float(excess.of(kind)[some] @ weight[some])
        return total > _NOTHING


def _columns(problem: Problem) -> tuple[Ints, Ints]:
    """Every option in every quarter of the horizon that its lead time leaves."""
    options = problem.options
    first = np.maximum(options.first, problem.classes.first[options.of])
    last = problem.quarters - 1 - problem.overlap
    option, quarter = np.nonzero(np.arange(last + 1)[None, :] >= first[:, None])
    return option.astype(np.int64), quarter.astype(np.int64)


def _some_columns(problem: Problem) -> tuple[Ints, Ints]:
    """Each option as soon as it can be, at the last, and spread between."""
    options, classes = problem.options, problem.classes
    every = np.arange(len(options.of))
    first = np.maximum(options.first, classes.first[options.of])
    last = np.maximum(classes.last[options.of], first)
    parts = [first, last, np.full_like(first, problem.quarters - 1 - problem.overlap)]
    # Low-discrepancy steps rather than chance: the same problem begins the same way.
    for step in range(1, _SPREAD + 1):
        part = (every * 0.6180339887498949 + step * 0.7548776662466927) % 1.0
        parts.append(first + np.floor(part * (last - first + 1)).astype(np.int64))
    option, quarter = np.tile(every, len(parts)), np.concatenate(parts)
    there = quarter <= problem.quarters - 1 - problem.overlap
    return option[there], quarter[there]
