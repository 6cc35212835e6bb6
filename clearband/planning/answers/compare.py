"""Solves a network under several scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.planning.answers.builtin import builtin
from clearband.planning.answers.known_names import refuse_strange_scenario
from clearband.planning.answers.outcome import Outcome, outcome
from clearband.planning.answers.samples import Sampled, sampled
from clearband.planning.answers.scenario import Scenario, applied
from clearband.planning.network.network import Network
from clearband.planning.units.work import work_of


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario, and what it comes to."""

    scenario: Scenario
    outcome: Outcome
    sampled: Sampled | None


@dataclass(frozen=True, slots=True)
class Compared:
    """All scenarios.

    Attributes:
        kept: Discounted cost of running what must go until the end of the horizon, were nothing replaced.
    """

    rows: list[Row]
    kept: float


def compare(
    network: Network, own: Sequence[Scenario], only: Sequence[str] = (), *, samples: int | None = None,
    seed: int = 0, gap: float = 1e-3,
) -> Compared:  # fmt: skip
    """Solve a network under the scenarios that are known, and one's own.

    Raises:
        UsageError: ``only`` names one that there is not.
        InputError: A scenario of one's own names what the network does not have, or does not fit it.
    """
    for one in own:
        refuse_strange_scenario(network, one)
    scenarios = [*builtin(network), *own]
    names = [one.name for one in scenarios]
    for name in only:
        if name not in names:
            remedy = nearest_or(name, names, ", ".join(names))
            raise UsageError(f'no scenario is called "{name}"', where="--only", remedy=remedy)
    rows = []
    for one in scenarios:
        if only and one.name not in only:
            continue
        changed = applied(network, one)
        found = outcome(changed, seed=seed, gap=gap)
        draws = None
        if samples is not None and found.state == "plan":
            draws = sampled(changed, samples, seed=seed)
        rows.append(Row(one, found, draws))
    return Compared(rows, _kept(network))


def _kept(network: Network) -> float:
    settings = network.settings
    quarterly = sum((1 + settings.discount_rate) ** (-quarter / 4) for quarter in range(settings.quarters))
    going = work_of(network).items.filter("goes")
    return float((going.select(pl.col("quantity") * pl.col("yearly_cost")).sum().item() or 0) / 4 * quarterly)
