"""Solves a network under several scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from clearband.errors import UsageError
from clearband.facts.problems import nearest_or
from clearband.planning.answers.builtin import builtin
from clearband.planning.answers.known_names import refuse_strange_scenario
from clearband.planning.answers.outcome import How, Outcome, outcome
from clearband.planning.answers.samples import Sampled, sampled
from clearband.planning.answers.scenario import Scenario, applied
from clearband.planning.network.network import Network
from clearband.planning.units.work import work_of


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario, and what it comes to.

    Attributes:
        network: The network in the scenario.
        same_as: An earlier scenario in which the network is the same.
    """

    scenario: Scenario
    network: Network
    same_as: str | None
    outcome: Outcome
    sampled: Sampled | None


def scenarios(network: Network, own: Sequence[Scenario], only: Sequence[str] = ()) -> list[Scenario]:
    """The scenarios that are known, and one's own; those of ``only``, where it names some.

    Raises:
        UsageError: ``only`` names one that there is not, or two have one name.
        InputError: A scenario of one's own names what the network does not have, or does not fit it.
    """
    for one in own:
        refuse_strange_scenario(network, one)
    known = [*builtin(network), *own]
    names = [one.name for one in known]
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise UsageError(f'two scenarios are called "{twice}"', where="--scenario", remedy="rename one")
    for name in only:
        if name not in names:
            remedy = nearest_or(name, names, ", ".join(names))
            raise UsageError(f'no scenario is called "{name}"', where="--only", remedy=remedy)
    return [one for one in known if not only or one.name in only]


def held_against(asked: list[Scenario], name: str | None) -> list[Scenario]:
    """The scenarios, the one first that others are held against: the first of all where none is named.

    Raises:
        UsageError: ``name`` is not among them.
    """
    names = [one.name for one in asked]
    if name is not None and name not in names:
        remedy = nearest_or(name, names, ", ".join(names))
        raise UsageError(f'"{name}" is not among the scenarios asked', where="--against", remedy=remedy)
    return sorted(asked, key=lambda one: one.name != (name or names[0]))


def compare(
    network: Network, asked: Sequence[Scenario], how: How, *, samples: int | None = None
) -> Iterator[Row]:
    """Solve a network under each scenario."""
    done: dict[str, Row] = {}
    for one in asked:
        changed = applied(network, one)
        exposed = frozenset(new.product for new in one.add if new.exposed)
        same = done.get(changed.sha256)
        if same is not None:
            yield Row(one, changed, same.scenario.name, same.outcome, same.sampled)
            continue
        found = outcome(changed, how, exposed=exposed)
        draws = None
        if samples is not None and found.state == "plan":
            draws = sampled(changed, samples, how)
        row = done[changed.sha256] = Row(one, changed, None, found, draws)
        yield row


def kept(network: Network) -> float:
    """Discounted cost of running what must go until the end of the horizon, were nothing replaced."""
    settings = network.settings
    quarterly = sum((1 + settings.discount_rate) ** (-quarter / 4) for quarter in range(settings.quarters))
    going = work_of(network).items.filter("goes")
    return float((going.select(pl.col("quantity") * pl.col("yearly_cost")).sum().item() or 0) / 4 * quarterly)
