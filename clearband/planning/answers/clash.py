"""Which limits cannot hold together: a deletion filter over groups (Chinneck and Dravnieks 1991)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from clearband.planning.answers.elastic import Elastic
from clearband.planning.answers.groups import Groups
from clearband.planning.units.assemble import Assembled


@dataclass(frozen=True, slots=True)
class Clash:
    """Limits of which any one less would leave a plan, as far as parts of units of work count.

    Attributes:
        limits: Kind and name of each.
        whole: Whether only whole units of work clash, and parts of them would not.
    """

    limits: list[tuple[str, str]]
    whole: bool


def clash(assembled: Assembled, groups: Groups, elastic: Elastic) -> Clash | None:
    """The smallest clash that leaving out group after group comes to; None where none is proved."""
    for whole in (False, True) if elastic.whole else (False,):
        held = _Held(assembled, groups, elastic, whole)
        if not held.impossible():
            continue
        for group in list(held.groups):
            held.groups.remove(group)
            if not held.impossible():
                held.groups.append(group)
        held.groups.sort(key=lambda one: (one[0], one[2]))
        return Clash([(kind, name) for kind, name, _ in held.groups], whole)
    return None


class _Held:
    """Groups of limits that hold; all others are free."""

    def __init__(self, assembled: Assembled, groups: Groups, elastic: Elastic, whole: bool) -> None:
        self.problem, self.elastic, self.whole = assembled.problem, elastic, whole
        self.named, self.settings = groups, assembled.network.settings
        self.groups: list[tuple[str, str, int]] = [("order", "core and hubs first", 0)]
        self.groups.append(("service", f"{self.settings.down_share:.1%} of a region's sites at once", 0))
        self.groups += [
            ("caps", f"cap {number + 1}", number) for number in sorted(set(groups.caps.tolist()) - {-1})
        ]
        self.groups += [("makers", f"least_makers {number + 1}", i) for i, number in enumerate(groups.least)]
        for kind, names in (
            ("supply", [f"{maker} {role}" for maker, role in groups.families]),
            ("crews", groups.regions),
        ):
            limited = groups.limited[kind]
            self.groups += [(kind, name, i) for i, name in enumerate(names) if limited[i]]
        overlap = self.settings.overlap_quarters
        self.groups += [
            ("dates", f"{owner}, {group} out by the end of {self._quarter(last + overlap)}", i)
            for i, (owner, group, last) in enumerate(groups.dates)
        ]
        self.groups += [
            ("money", name, i) for i, name in enumerate(groups.owners) if groups.limited["money"][i]
        ]

    def _quarter(self, quarter: int) -> str:
        return self.settings.quarter_name(max(quarter, 0))

    def impossible(self) -> bool:
        """Whether it is proved that these groups cannot hold together."""
        span = self.problem.quarters
        held = {(kind, i) for kind, _, i in self.groups}
        weights: dict[str, Any] = {}
        for kind, count in (
            ("money", len(self.named.owners)), ("crews", len(self.named.regions)),
            ("supply", len(self.named.families)),
        ):  # fmt: skip
            per = [np.inf if (kind, i) in held else 0.0 for i in range(count)]
            weights[kind] = np.repeat(np.array(per), span)
        weights["service"] = np.array(np.inf if ("service", 0) in held else 0.0)
        weights["caps"] = np.array(
            [
                np.inf if ("caps", number) in held else 0.0
                for number in range(int(self.named.caps.max(initial=-1)) + 1)
            ]
        )
        least = [np.inf if ("makers", i) in held else 0.0 for i in range(len(self.named.least))]
        weights["makers"] = weights["fewer"] = np.array(least)
        later = np.array(
            [0 if ("dates", i) in held else span for i in range(len(self.named.dates))], dtype=np.int64
        )
        ordered = ("order", 0) in held
        found = self.elastic.least(weights, later=later, ordered=ordered, whole=self.whole)
        return found is None and self.elastic.ended
