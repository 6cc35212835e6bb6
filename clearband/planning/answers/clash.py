"""Which limits cannot hold together: a deletion filter over groups (Chinneck and Dravnieks 1991).

Halves of them are left out first (Junker 2004), so that few questions are asked where few limits clash.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearband.planning.answers.asked import Asked
from clearband.planning.answers.question import HELD, Question
from clearband.planning.problem import Floats


@dataclass(frozen=True, slots=True)
class Clash:
    """Limits of which any one less would leave a plan, as far as parts of units of work count.

    Attributes:
        limits: Kind and name of each.
        whole: Whether only whole units of work clash, and parts of them would not.
        smallest: Whether there was time to try what each could be left out for.
    """

    limits: list[tuple[str, str]]
    whole: bool
    smallest: bool


_Group = tuple[str, str, int]
"""Kind, name, and number among its kind."""


def clash(asked: Asked) -> Clash | None:
    """The smallest clash that leaving out group after group comes to; None where none is proved."""
    for whole in (False, True) if asked.whole else (False,):
        filtered = _Filter(asked, whole)
        groups = _groups(asked)[::-1]
        if filtered.impossible(groups):
            left = filtered.needed(groups, [])
            left.sort(key=lambda one: (one[0], one[2]))
            return Clash([(kind, name) for kind, name, _ in left], whole, asked.clock.left())
    return None


class _Filter:
    """Questions whether some groups can hold together."""

    def __init__(self, asked: Asked, whole: bool) -> None:
        self.asked, self.whole = asked, whole

    def needed(self, groups: list[_Group], others: list[_Group]) -> list[_Group]:
        """Those of ``groups`` that cannot be left out where ``others`` hold; all together are impossible."""
        if not groups or not self.asked.clock.left() or (others and self.impossible(others)):
            return [] if not groups or self.asked.clock.left() else list(groups)
        if len(groups) == 1:
            return list(groups)
        half = len(groups) // 2
        first, second = groups[:half], groups[half:]
        mine = self.needed(second, others + first)
        return self.needed(first, others + mine) + mine

    def impossible(self, groups: list[_Group]) -> bool:
        """Whether it is proved that these groups cannot hold together."""
        named = self.asked.groups
        held = {(kind, i) for kind, _, i in groups}
        span = self.asked.assembled.problem.quarters

        def factors(kind: str, count: int, each: int = 1) -> Floats:
            return np.repeat([HELD if (kind, i) in held else 0.0 for i in range(count)], each)

        later = [0 if ("dates", i) in held else span for i in range(len(named.dates))]
        question = Question(
            {
                "money": factors("money", len(named.owners), span),
                "crews": factors("crews", len(named.regions), span),
                "supply": factors("supply", len(named.families), span),
                "service": factors("service", 1),
                "caps": factors("caps", int(named.caps.max(initial=-1)) + 1),
                "makers": factors("makers", len(named.least)),
                "fewer": factors("makers", len(named.least)),
            },
            later=np.array(later, dtype=np.int64),
            ordered=("order", 0) in held,
        )
        return self.asked.impossible(question, whole=self.whole)


def _groups(asked: Asked) -> list[_Group]:
    """All groups; where there is a choice, a clash names those that stand later."""
    named, settings = asked.groups, asked.assembled.network.settings
    groups: list[_Group] = [("order", "core and hubs first", 0)]
    groups.append(("service", f"{settings.down_share:.1%} of a region's sites at once", 0))
    groups += [("caps", f"cap {number + 1}", number) for number in sorted(set(named.caps.tolist()) - {-1})]
    groups += [("makers", f"least_makers {number + 1}", i) for i, number in enumerate(named.least)]
    for kind, names in (
        ("supply", [f"{maker} {role}" for maker, role in named.families]), ("crews", named.regions),
    ):  # fmt: skip
        groups += [(kind, name, i) for i, name in enumerate(names) if named.limited[kind][i]]
    for i, (owner, group, last) in enumerate(named.dates):
        quarter = settings.quarter_name(max(last + settings.overlap_quarters, 0))
        groups.append(("dates", f"{owner}, {group} out by the end of {quarter}", i))
    return groups + [("money", name, i) for i, name in enumerate(named.owners) if named.limited["money"][i]]
