"""What a little more of each limit would save: prices of the linear master, in words and units.

They are marginal values of the linear relaxation: true for small changes, and of parts of units of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from clearband.planning.answers.groups import Groups
from clearband.planning.optimise.generate import Generated, generate
from clearband.planning.optimise.makers import Choices
from clearband.planning.optimise.prices import Prices, best_by_class, costs
from clearband.planning.optimise.sample import sample
from clearband.planning.problem import Problem
from clearband.planning.units.assemble import Assembled

CREW_HOURS: Final = 480.0
"""Of one crew in a quarter: what ``one more crew`` means."""
FEW_HOURS: Final = 10.0
"""What a little more is where there is less than one crew."""
_SAMPLE: Final = 1_500


@dataclass(frozen=True, slots=True)
class Shadow:
    """The price of one limit in one quarter.

    Attributes:
        kind: crews, money, supply, service, cap, makers or date.
        name: Region, owner, maker and role, or what the date is of.
        quarter: From 0; None where the limit has none.
        unit: What ``saves`` is for, such as one crew of 480 hours.
        amount: Of that unit, in units of the limit.
        saves: Money, for so much more; of a date the most that it can be, since all that waits for it is
            taken to find room at the prices of today.
        price: Money for one unit of the limit.
        worth: Price times all there is of the limit in that quarter: how much hangs on it.
    """

    kind: str
    name: str
    quarter: int | None
    unit: str
    amount: float
    saves: float
    price: float
    worth: float


@dataclass(frozen=True, slots=True)
class Shadows:
    """All prices that are not nothing, the largest saving first.

    Attributes:
        sampled: Whether they are those of a sample of the work.
        feasible: Whether the linear master breaks no limit.
        value: Of the linear master, whose prices they are.
    """

    rows: list[Shadow]
    sampled: bool
    feasible: bool
    value: float


def shadows(assembled: Assembled, groups: Groups) -> Shadows:
    """The prices of all limits of a network."""
    problem = assembled.problem
    if not len(problem.unit_class):
        return Shadows([], sampled=False, feasible=True, value=0.0)
    smaller = sample(problem, _SAMPLE)
    whole = smaller is problem
    tolerance = 1e-7 if whole else 1.5e-3
    generated = generate(smaller, tolerance=tolerance)
    if problem.floors:
        # Prices for makers that are chosen whole, and not in part.
        choices = Choices(smaller, smaller, generated, tolerance, lambda: True)
        generated = next(iter(choices)).generated
    prices = replace(generated, prices=generated.solved.prices)
    rows = [*limit_prices(assembled, groups, prices.prices), *_dates(smaller, groups, prices, whole)]
    least = 1e-7 * max(1.0, abs(generated.solved.value))
    kept = [row for row in rows if row.saves > least]
    kept.sort(key=lambda row: (-row.saves, row.kind, row.name, row.quarter or 0))
    return Shadows(kept, not whole, generated.solved.broken <= 1e-6, generated.solved.value)


def limit_prices(assembled: Assembled, groups: Groups, prices: Prices) -> Iterator[Shadow]:
    """Each price on a limit, as it stands in the arrays."""
    problem = assembled.problem
    settings = assembled.network.settings
    money = f"1,000 {settings.currency} more"
    # Money of a quarter is there in all later ones, too.
    stock = np.cumsum(prices.cash[:, ::-1], axis=1)[:, ::-1]
    for w, t in np.argwhere(prices.cash > 0).tolist():
        price = float(stock[w, t])
        worth = float(prices.cash[w, t] * problem.money.new[w, : t + 1].sum())
        yield Shadow("money", groups.owners[w], t, money, 1e3, 1e3 * price, price, worth)
    for r, t in np.argwhere(prices.crews > 0).tolist():
        price = float(prices.crews[r, t])
        there = float(problem.crews[r, t])
        hours, unit = CREW_HOURS, f"one more crew ({CREW_HOURS:.0f} hours)"
        if hours > there:
            # A crew more would be twice what there is and more: no small change.
            hours, unit = FEW_HOURS, f"{FEW_HOURS:.0f} more crew hours"
        yield Shadow("crews", groups.regions[r], t, unit, hours, hours * price, price, price * there)
    for f, t in np.argwhere(prices.supply > 0).tolist():
        price = float(prices.supply[f, t])
        worth = price * float(problem.supply[f, t])
        yield Shadow("supply", " ".join(groups.families[f]), t, "one more unit", 1.0, price, price, worth)
    for r, t in np.argwhere(prices.service > 0).tolist():
        price = float(prices.service[r, t])
        worth = price * float(problem.service[r, t])
        yield Shadow("service", groups.regions[r], t, "one more site worked on", 1.0, price, price, worth)
    for s in np.flatnonzero(prices.rows > 0).tolist():
        price = float(prices.rows[s])
        number = int(groups.caps[s])
        if number >= 0:
            worth = price * abs(float(problem.limit[s]))
            yield Shadow(
                "cap", f"cap {number + 1}", None, "one unit more of one maker", 1.0, price, price, worth
            )
    for number, floor in zip(groups.least, problem.floors, strict=True):
        for s, need in zip(floor.rows.tolist(), floor.need.tolist(), strict=True):
            if (price := float(prices.rows[s])) > 0:
                maker, role = groups.families[int(problem.rows[s].argmin())]
                unit = f"one unit less of {maker} {role}"
                yield Shadow(
                    "makers", f"least_makers {number + 1}", None, unit, 1.0, price, price, price * need
                )


def _dates(problem: Problem, groups: Groups, generated: Generated, whole: bool) -> Iterator[Shadow]:
    """What work would cost less, could it be done one quarter after its last, at these prices."""
    if not whole or not groups.dates:
        return
    classes = problem.classes
    end = problem.quarters - 1 - problem.overlap
    later = replace(problem, classes=replace(classes, last=np.minimum(classes.last + 1, end)))
    best = best_by_class(later, costs(later, generated.prices))
    at = np.minimum(classes.last + 1, end)
    gain = generated.solved.of_class - best[np.arange(len(at)), at]
    gain = np.where(np.isfinite(gain) & (classes.last < end), np.maximum(gain, 0.0), 0.0) * classes.count
    for number, (owner, group, last) in enumerate(groups.dates):
        saves = float(gain[groups.key == number].sum())
        if saves > 0:
            yield Shadow(
                "date", f"{group} of {owner}", last + problem.overlap, "one quarter later", 1.0, saves, saves,
                saves,
            )  # fmt: skip
