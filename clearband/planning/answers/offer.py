"""A relaxation is offered only after a plan was found with it, and checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from clearband.planning.answers.asked import Asked, Need
from clearband.planning.answers.excess import Excess
from clearband.planning.answers.patch import patched
from clearband.planning.answers.proof import Proof, Trials
from clearband.planning.answers.relaxation import Relaxation
from clearband.planning.answers.start import Start, start_of
from clearband.planning.answers.ways import Way
from clearband.planning.answers.words import in_words
from clearband.planning.network.network import Network

_LADDER: Final = (0.0, 0.0, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 3.0)
"""Beyond what is needed, until a plan is found; and each time what the last search had no room for."""
_SAMPLED: Final = (0.02, 0.02, 0.03, 0.05, 0.1, 0.25, 1.0, 3.0)
"""The same beyond what a sample needs."""
_STAYS: Final = 4
"""How often nothing but room for the few units without a place is added."""
_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Offers:
    """Makes offers for one network.

    Args:
        base: What mends what no limit can; part of each offer.
    """

    network: Network
    asked: Asked
    base: Relaxation
    trials: Trials

    def of(self, kind: str, kinds: Collection[str], need: Need) -> Way:
        """The least of these kinds with which a plan was found."""
        at_least = need.at_least if self._comparable(kinds, need) else None
        if need.cannot:
            return Way(kind, "cannot", False, None, {}, None, None)
        if need.excess is not None:
            amounts = self.asked.amounts
            excess, start = need.excess, self._start(need.excess)
            ladder = iter(_SAMPLED if self.asked.linear.sampled else _LADDER)
            more, stays, tried = next(ladder, None), _STAYS, None
            while more is not None and self.asked.clock.left():
                by = amounts.relaxation(excess, more, kinds)
                if by.empty or by == tried:
                    more = next(ladder, None)
                    continue
                trial = self.trials.of(
                    self.base.joined(by), start, hasty=not self.asked.whole, again=True
                )  # fmt: skip
                tried, start = None if start is not None else by, None
                if trial.proof is not None:
                    share = amounts.share(by)
                    smallest = need.exact and more == 0.0
                    if len({one.role for one in by.supply}) > 1:
                        at_least = None  # a share of all units of all these roles is another one
                    return Way(kind, "enough", smallest, at_least, share, self.named(by, share), trial.proof)
                excess = patched(excess, trial, self.asked.groups, self.asked.weights, kinds)
                stays -= trial.nearly
                if not trial.nearly or stays < 0:
                    more = next(ladder, None)
        return Way(kind, "not-found", False, at_least, {}, None, None)

    def _start(self, excess: Excess) -> Start | None:
        """Whole units where the programme has them; `plan solve` comes by such a plan the same way."""
        return start_of(self.asked.assembled.problem, excess) if self.asked.whole else None

    def prove(self, by: Relaxation, start: Start | None = None, *, hasty: bool = False) -> Proof | None:
        """A plan of the network with what mends it and this."""
        return self.trials.of(self.base.joined(by), start, hasty=hasty).proof

    def named(self, by: Relaxation, share: dict[str, float]) -> Relaxation:
        """With what mends the network, and a title that says what it gives."""
        words = in_words(by, self.network.settings.currency, share)
        more = len(words) - _WORDS
        title = "; ".join(words[:_WORDS])[:400] + (f"; and {more} more" if more > 0 else "")
        return self.base.joined(by.model_copy(update={"title": title}))

    def _comparable(self, kinds: Collection[str], need: Need) -> bool:
        """Whether what is proved to be needed is told in the same shares as what is offered."""
        if len(kinds) > 1 or need.excess is None:
            return False
        roles = np.array([role for _, role in self.asked.groups.families])
        bought = need.excess.supply.any(axis=1)
        return len(set(roles[bought])) <= 1 and self.asked.plenty(next(iter(kinds)))
