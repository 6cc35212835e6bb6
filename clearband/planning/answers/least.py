"""The smallest relaxations that make a network plannable: each kind alone, all together, and the clash."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from clearband.planning.answers.asked import Asked
from clearband.planning.answers.clash import Clash, clash
from clearband.planning.answers.proof import Check
from clearband.planning.answers.relaxation import Relaxation
from clearband.planning.answers.repair import Blocker, mending, repaired
from clearband.planning.answers.ways import ALONE, KINDS, Way
from clearband.planning.network.network import Network


@dataclass(frozen=True, slots=True)
class Least:
    """How a network becomes plannable.

    Attributes:
        feasible: A plan was found, or is known to be, without any of it.
        clash: The smallest group of limits that cannot hold together; None where none was proved.
    """

    network: Network
    feasible: bool
    blockers: list[Blocker]
    ways: list[Way]
    clash: Clash | None


def least(
    network: Network, *, kinds: Collection[str] = KINDS, check: Check | None = None, seconds: float = 5.0,
    say: Callable[[str], None] = lambda _: None,
) -> Least:  # fmt: skip
    """The smallest relaxations of a network without a plan.

    Args:
        kinds: Which are looked at: of :data:`ALONE`, ``dates``, ``together``, ``clash``.
        check: Holds each plan that proves a relaxation against all rules.
        seconds: At most, for each question to the solver.
        say: Told what is looked at.
    """
    say("what can be bought, and dates")
    assembled, blockers = repaired(network)
    if not len(assembled.problem.unit_class):
        return Least(network, not blockers, blockers, [], None)
    asked = Asked(network, assembled, mending(blockers), check, seconds)
    say("all limits at once")
    none = asked.elastic.least({})
    if none is not None or not asked.elastic.ended:
        proof = asked.prove(Relaxation(), none)
        if proof is not None:
            state = Way("repairs", "enough", True, None, {}, asked.base, proof)
            return Least(network, not blockers, blockers, [state] if blockers else [], None)
    ways = []
    for kind in ALONE:
        if kind in kinds and asked.has(kind):
            say(f"{kind} alone")
            ways.append(asked.alone(kind))
    if "dates" in kinds:
        say("dates alone")
        ways.append(asked.dates())
    if "together" in kinds and (together := asked.together(kinds)) is not None:
        ways.append(together)
    found = None
    if "clash" in kinds:
        say("the clash")
        found = clash(assembled, asked.groups, asked.elastic)
    return Least(network, False, blockers, ways, found)
