"""What limits are exceeded by, as a relaxation in round numbers."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Final

import numpy as np

from clearband.planning.answers.excess import Excess
from clearband.planning.answers.groups import Groups, totals
from clearband.planning.answers.relaxation import (
    HigherCap,
    LowerLeast,
    MoreHours,
    MoreMoney,
    MoreUnits,
    Relaxation,
)
from clearband.planning.problem import Floats
from clearband.planning.units.assemble import Assembled

_EVERYWHERE: Final = 0.25
"""Share beyond what is needed from which each limit of a kind grows, not only those that are exceeded; where
none is, they all do."""
_MOST_SHARE: Final = 1_000.0


class Amounts:
    """The limits of one network, and what there is of each kind."""

    def __init__(self, assembled: Assembled, groups: Groups) -> None:
        self.assembled, self.groups = assembled, groups
        self.total = totals(assembled, groups)

    def relaxation(self, excess: Excess, more: float, kinds: Collection[str]) -> Relaxation:
        """What is exceeded, rounded up; ``more`` of it, and of what is there of the same limit."""
        problem, groups = self.assembled.problem, self.groups
        name = self.assembled.network.settings.quarter_name
        money = _grown(excess.money, problem.money.new, more if "money" in kinds else 0.0)
        crews = _grown(excess.crews, problem.crews, more if "crews" in kinds else 0.0)
        supply = _grown(excess.supply, problem.supply, more if "supply" in kinds else 0.0)
        for kind, table in (("money", money), ("crews", crews), ("supply", supply)):
            table[~np.array(groups.limited[kind], dtype=bool)] = 0.0
        service = None
        if excess.service > 1e-9 or ("service" in kinds and more):
            share = (self.assembled.network.settings.down_share + excess.service) * (1 + more)
            service = min(1.0, math.ceil(share * 1e4 - 1e-6) / 1e4)
        return Relaxation(
            money=tuple(
                MoreMoney(owner=groups.owners[w], quarter=name(t), amount=_up(money[w, t], 1.0))
                for w, t in np.argwhere(money > 1e-6 * self.total["money"] / problem.money.new.size).tolist()
            ),
            crews=tuple(
                MoreHours(region=groups.regions[r], quarter=name(t), hours=_up(crews[r, t], 0.1))
                for r, t in np.argwhere(crews > 1e-3).tolist()
            ),
            supply=tuple(
                MoreUnits(
                    maker=groups.families[f][0], role=groups.families[f][1], quarter=name(t),
                    units=_up(supply[f, t], 1.0),
                )
                for f, t in np.argwhere(supply > 1e-3).tolist()
            ),
            down_share=service,
            caps=self._caps(excess.caps, more),
            least_makers=self._least(excess, more),
        )  # fmt: skip

    def _caps(self, exceeded: Floats, more: float) -> tuple[HigherCap, ...]:
        items = self.assembled.work.items
        settings = self.assembled.network.settings
        found = []
        for number, units in enumerate(exceeded.tolist()):
            if units <= 1e-6:
                continue
            cap = settings.caps[number]
            total = float(items.filter(items["role"] == cap.role)["quantity"].sum())
            share = (cap.share + units / total) * (1 + more)
            found.append(HigherCap(cap=number + 1, share=min(1.0, math.ceil(share * 1e4 - 1e-6) / 1e4)))
        return tuple(found)

    def _least(self, excess: Excess, more: float) -> tuple[LowerLeast, ...]:
        items = self.assembled.work.items
        found = []
        for number, units, fewer in zip(self.groups.least, excess.makers, excess.fewer, strict=True):
            rule = self.assembled.network.settings.least_makers[number]
            total = int(items.filter(items["role"] == rule.role)["quantity"].sum())
            share = (rule.units(total) - units) / total - more * rule.share
            if fewer > 1e-6:
                found.append(LowerLeast(rule=number + 1, makers=rule.makers - math.ceil(fewer - 1e-6)))
            elif units > 1e-6:
                lowered = max(0.0, math.floor(share * 1e4 + 1e-6) / 1e4)
                found.append(LowerLeast(rule=number + 1, share=lowered))
        return tuple(found)

    def share(self, by: Relaxation) -> dict[str, float]:
        """What is added of each kind, as a share of all there is."""
        share: dict[str, float] = {}
        if by.money:
            share["money"] = sum(one.amount for one in by.money) / self.total["money"]
        if by.crews:
            share["crews"] = sum(one.hours for one in by.crews) / self.total["crews"]
        if by.supply:
            number = {family: i for i, family in enumerate(self.groups.families)}
            of_role = {
                one.role: float(self.total["supply"][number[one.maker, one.role]]) for one in by.supply
            }
            share["supply"] = sum(one.units for one in by.supply) / sum(of_role.values())
        # Where there is nothing of a kind, a share of it says nothing.
        return {kind: value for kind, value in share.items() if value <= _MOST_SHARE}


def _grown(exceeded: Floats, there: Floats, more: float) -> Floats:
    """In each row that is exceeded anywhere (in the end in each row): more, and of what is there, too."""
    if not more:
        return exceeded.copy()
    some = (exceeded > 1e-9).any(axis=1, keepdims=True)
    everywhere = more >= _EVERYWHERE or not some.any()
    return np.where(some | everywhere, exceeded * (1 + more) + there * more, 0.0)


def _up(value: float, step: float) -> float:
    """Rounded up to a step, which rounding noise does not reach over."""
    return round(math.ceil(value / step - 1e-6) * step, 6)
