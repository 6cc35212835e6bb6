"""The questions put to a network without a plan, and how what is answered is proved."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from clearband.planning.answers.amounts import Amounts
from clearband.planning.answers.elastic import Elastic
from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups, groups_of
from clearband.planning.answers.later import dates_later, least_later
from clearband.planning.answers.proof import Check, Proof, prove, start_of
from clearband.planning.answers.relaxation import Relaxation, relaxed
from clearband.planning.answers.ways import Way
from clearband.planning.answers.words import in_words
from clearband.planning.network.network import Network
from clearband.planning.optimise.sample import sample
from clearband.planning.problem import Floats
from clearband.planning.units.assemble import Assembled, assemble

_LADDER: Final = (0.0, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Beyond what is needed where parts of units count, until a plan is found."""
_ROUNDS: Final = 6
"""Questions to the solver that dates may take the time of."""
_LONGER: Final = (2, 4, 8, 12)
_CLASSES: Final = 1_500
"""Classes beyond which needs are those of a sample."""


class Asked:
    """The questions put to one network."""

    def __init__(
        self, network: Network, assembled: Assembled, base: Relaxation, check: Check | None, seconds: float
    ) -> None:
        self.network, self.assembled, self.base, self.check = network, assembled, base, check
        self.seconds, self.currency = seconds, network.settings.currency
        self.groups = groups_of(assembled)
        self.amounts = Amounts(assembled, self.groups)
        self.total = self.amounts.total
        self.sampled = sample(assembled.problem, _CLASSES) is not assembled.problem
        self.elastic = self._elastic(assembled, self.groups)

    def _elastic(self, assembled: Assembled, groups: Groups) -> Elastic:
        problem = sample(assembled.problem, _CLASSES)
        key = groups.key
        if problem is not assembled.problem:
            # A sample has no units, and its dates are those of its classes.
            key = np.full(len(problem.classes.count), -1, dtype=np.int64)
        return Elastic(problem, groups.sites, key, groups.caps, groups.lowest, self.seconds)

    def has(self, kind: str) -> bool:
        """Whether the network limits this kind at all."""
        if kind == "caps":
            return bool((self.groups.caps >= 0).any())
        if kind == "makers":
            return len(self.groups.least) > 0
        return kind == "service" or any(self.groups.limited[kind])

    def weights(self, kind: str) -> Floats:
        """Share of all there is, for one unit of each limit; infinite for what has no limit."""
        problem, groups = self.assembled.problem, self.groups
        if kind == "service":
            return np.array(1.0 / max(self.network.settings.down_share, 0.01))
        settings = self.network.settings
        if kind == "caps":
            return self._per_unit([cap.role for cap in settings.caps[: int(groups.caps.max()) + 1]])
        if kind == "makers":
            return self._per_unit([settings.least_makers[number].role for number in groups.least])
        limited = np.array(groups.limited[kind], dtype=bool)
        share = 1.0 / np.broadcast_to(self.total[kind], limited.shape)
        per = np.where(limited, share, np.inf)
        return np.repeat(per, problem.quarters)

    def _per_unit(self, roles: list[str]) -> Floats:
        """Share of all units of each role that one unit is."""
        units = dict(self.assembled.work.items.group_by("role").agg(pl.col("quantity").sum()).iter_rows())
        return np.array([1.0 / float(units.get(role) or 1) for role in roles])

    def alone(self, kind: str) -> Way:
        """One kind of limit relaxed, the others held."""
        way = self._proved(kind, (kind,), self._excess({kind: self.weights(kind)}))
        if kind != "makers" or way.state == "enough":
            return way
        fewer = self._excess({"fewer": np.ones(len(self.groups.least))})
        return self._proved(kind, (kind,), fewer)

    def _excess(self, weights: dict[str, Floats]) -> Excess | None:
        """For whole units; where none is found in time, for parts of them."""
        found = self.elastic.least(weights)
        if found is None and not self.elastic.ended:
            found = self.elastic.least(weights, whole=False)
            return None if found is None else replace(found, proven=False)
        return found

    def together(self, asked: Collection[str]) -> Way | None:
        """As few kinds as are enough, by shares of what there is; None where one is, or all are not."""
        kinds = [kind for kind in ("makers", "caps", "service", "supply", "crews", "money") if self.has(kind)]
        weights = {kind: self.weights(kind) for kind in kinds}
        free = {kind: np.where(np.isfinite(weight), 0.0, np.inf) for kind, weight in weights.items()}
        if self._excess(free) is None:
            return None
        needed = list(kinds)
        for kind in kinds:
            fewer = {other: free[other] for other in needed if other != kind}
            if self._excess(fewer) is not None:
                needed.remove(kind)
        if len(needed) < 2 and set(needed) <= set(asked):
            return None
        return self._proved("together", needed, self._excess({kind: weights[kind] for kind in needed}))

    def _proved(self, kind: str, kinds: Collection[str], excess: Excess | None) -> Way:
        if excess is None:
            certain = self.elastic.ended and not self.sampled
            return Way(kind, "cannot" if certain else "not-found", False, None, {}, None, None)
        smallest = excess.proven and self.elastic.whole and not self.sampled
        for more in (0.0, 0.01, 0.05, 0.1) if smallest else _LADDER:
            by = self.amounts.relaxation(excess, more, kinds)
            proof = self.prove(by, excess)
            if proof is not None:
                words = in_words(by, self.currency, self.amounts.share(by))
                named = by.model_copy(update={"title": _title(words)})
                found = self.base.joined(named)
                at_least = None if self.sampled else excess.bound
                return Way(
                    kind, "enough", smallest and more == 0.0, at_least, self.amounts.share(by), found, proof
                )
        return Way(kind, "not-found", False, None, {}, None, None)

    def prove(self, by: Relaxation, excess: Excess | None) -> Proof | None:
        """A plan of the network with what mends it and this."""
        start = None
        if excess is not None and not self.sampled:
            start = start_of(self.assembled, excess)
        return prove(self.network, self.base.joined(by), start, self.check)

    # dates ------------------------------------------------------------------------------------------------

    def dates(self) -> Way:
        """Dates moved, and the horizon lengthened where that is not enough."""
        if self.sampled:
            return self._dates_of_large()
        until = time.monotonic() + _ROUNDS * self.seconds
        for longer in (0, *_LONGER):
            if time.monotonic() > until:
                break
            base = Relaxation(quarters=longer)
            assembled, groups, elastic = self.assembled, self.groups, self.elastic
            if longer:
                if self.assembled.network.settings.quarters + longer > 60:
                    break
                assembled = assemble(relaxed(self.assembled.network, base))
                groups = groups_of(assembled)
                elastic = self._elastic(assembled, groups)
            most = assembled.problem.quarters
            later = np.full(len(groups.dates), most, dtype=np.int64)
            excess, whole = elastic.least({}, later=later), elastic.whole
            if excess is None and not elastic.ended:
                excess, whole = elastic.least({}, later=later, whole=False), False
            if excess is None:
                continue
            later, excess = least_later(elastic, later, excess, whole=whole, until=until)
            start = start_of(assembled, excess)
            for more in (0, 1, 2, 4):
                by = base.joined(dates_later(assembled, groups, later + more))
                proof = prove(self.network, self.base.joined(by), start, self.check)
                if proof is not None:
                    moved = {"quarters": float(max([longer, *(later + more).tolist()]))}
                    by = by.model_copy(update={"title": _title(in_words(by, self.currency, {}))})
                    smallest = whole and more == 0
                    return Way("dates", "enough", smallest, None, moved, self.base.joined(by), proof)
        return Way("dates", "not-found", False, None, {}, None, None)

    def _dates_of_large(self) -> Way:
        """All dates by the same number of quarters, tried one after the other."""
        span = self.assembled.problem.quarters
        for quarters in (1, 2, 4, 8):
            later = np.full(len(self.groups.dates), quarters, dtype=np.int64)
            by = dates_later(self.assembled, self.groups, later)
            if any(last + quarters >= span for _, _, last in self.groups.dates) or not self.groups.dates:
                by = by.joined(Relaxation(quarters=min(quarters, 60 - span)))
            proof = self.prove(by, None)
            if proof is not None:
                return Way(
                    "dates", "enough", False, None, {"quarters": float(quarters)}, self.base.joined(by), proof
                )
        return Way("dates", "not-found", False, None, {}, None, None)


def _title(words: list[str], most: int = 3) -> str:
    more = len(words) - most
    return "; ".join(words[:most])[:400] + (f"; and {more} more" if more > 0 else "")
