"""Questions put to a network without a plan: by how much limits would have to be exceeded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from clearband.planning.answers.amounts import Amounts
from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups, groups_of
from clearband.planning.answers.linear import Linear
from clearband.planning.answers.question import Question
from clearband.planning.answers.weights import UNEVEN, plenty_of, weights_of
from clearband.planning.optimise.found import Clock
from clearband.planning.units.assemble import Assembled

INTEGER_COLUMNS: Final = 5_000
"""Columns up to which work is whole; beyond, parts of units count."""
_SECONDS: Final = 5.0
"""At most, for one question about whole units."""


@dataclass(frozen=True, slots=True)
class Need:
    """By how much some kinds of limits have to be exceeded, the others held.

    Attributes:
        excess: Is enough, as far as the programme sees; None where none was found.
        at_least: Share of all there is that is proved to be needed; 0 where that is not known.
        cannot: Whether it is proved that no amount is enough.
        exact: Whether the excess is of whole units, and proved to be the smallest but for two hundredths.
    """

    excess: Excess | None
    at_least: float
    cannot: bool
    exact: bool


class Asked:
    """The questions put to one network.

    Args:
        seconds: At most, for one question about whole units.
        dates: Whether dates are among what may be moved; if not, work ends when the problem says.

    Attributes:
        weights: By kind, the share of all there is of one unit of each limit.
        whole: Whether units of work are whole in what is asked.
    """

    def __init__(
        self, assembled: Assembled, clock: Clock, seconds: float = _SECONDS, *, dates: bool = True
    ) -> None:
        self.assembled, self.clock, self._seconds = assembled, clock, seconds
        groups = groups_of(assembled)
        if not dates:
            groups = replace(groups, dates=[], key=np.full_like(groups.key, -1))
        self.groups: Groups = groups
        self.amounts = Amounts(assembled, self.groups)
        self.weights = weights_of(assembled, self.groups)
        self.linear = Linear(assembled.problem, self.groups, self.weights)
        self._plenty = plenty_of(assembled, self.groups)
        columns = len(self.linear.elastic.option)
        counts = assembled.problem.classes.count
        self.whole = self.linear.every and columns <= INTEGER_COLUMNS and bool((counts % 1 == 0).all())

    def has(self, kind: str) -> bool:
        """Whether the network limits this kind at all."""
        if kind == "caps":
            return bool((self.groups.caps >= 0).any())
        if kind in ("makers", "fewer"):
            return len(self.groups.least) > 0
        return kind == "service" or any(self.groups.limited[kind])

    def plenty(self, kind: str) -> bool:
        """Whether there is enough of a kind for shares of it to say something."""
        return self._plenty.get(kind, True)

    def need(self, kinds: Collection[str]) -> Need:
        """The smallest excess of these kinds."""
        question = Question(dict.fromkeys(kinds, 1.0))
        found = self.linear.least(question, self.clock)
        if found.impossible:
            return Need(None, 0.0, self._proves, exact=False)
        bound = found.bound if self._proves else 0.0
        excess, cannot, exact = found.excess, False, False
        if self.whole:
            whole = self.least_whole(question)
            if whole is None:
                cannot = self.proved_by_none(question)
            else:
                excess = whole
                if self._proves_whole:
                    bound, exact = max(bound, self.linear.share(whole.bound)), whole.proven
        return Need(excess, bound / UNEVEN if "supply" in kinds else bound, cannot, exact)

    def least_whole(self, question: Question, *, proof: bool = False) -> Excess | None:
        """The smallest excess for whole units; None where there is none, or none was found in time."""
        linear = self.linear
        return linear.elastic.least(
            linear.cost(question), late=linear.late(question), ordered=question.ordered, whole=True,
            seconds=min(self._seconds, self.clock.remaining()), proof=proof,
        )  # fmt: skip

    def proved_by_none(self, question: Question) -> bool:
        """Whether that nothing was found for whole units is proved; it is asked once more, another way."""
        if not self.linear.elastic.ended or not self._proves_whole:
            return False
        again = self.least_whole(question, proof=True)
        return again is None and self.linear.elastic.ended

    def impossible(self, question: Question, *, whole: bool) -> bool:
        """Whether it is proved that what holds cannot be kept."""
        if self.linear.impossible(question, self.clock):
            return self._proves
        if not whole or not self.whole:
            return False
        return self.least_whole(question) is None and self.proved_by_none(question)

    @property
    def _proves(self) -> bool:
        """Whether what prices prove of the choices of products that are planned with is proved of all."""
        return self.assembled.complete

    @property
    def _proves_whole(self) -> bool:
        """The same of what an integer programme proves: choices that no prices make the best count, too."""
        return self.assembled.complete and self.assembled.problem.every
