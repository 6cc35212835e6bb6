"""The smallest relaxations that make a network plannable: each kind alone, all together, and the clash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from clearband.planning.answers.asked import Asked, Need
from clearband.planning.answers.blocker import SURE, Blocker
from clearband.planning.answers.clash import Clash, clash
from clearband.planning.answers.later import dates
from clearband.planning.answers.offer import Offers
from clearband.planning.answers.proof import Check, Proof, Trials
from clearband.planning.answers.question import Question
from clearband.planning.answers.relaxation import Relaxation
from clearband.planning.answers.repair import mending, repaired
from clearband.planning.answers.start import Start, start_of
from clearband.planning.answers.together import together
from clearband.planning.answers.ways import ALONE, KINDS, Way
from clearband.planning.network.network import Network
from clearband.planning.optimise.found import Clock

State = Literal["plan", "impossible", "not-found"]


@dataclass(frozen=True, slots=True)
class Least:
    """How a network becomes plannable.

    Attributes:
        state: ``plan``: a plan was found. ``impossible``: it is proved that there is none. ``not-found``:
            neither.
        start: Option and quarter of each unit in the plan that was found, where a search does not find it.
        clash: Limits that cannot hold together; None where none was proved.
        ended: Whether there was time for everything that was asked.
    """

    network: Network
    state: State
    blockers: list[Blocker]
    ways: list[Way]
    clash: Clash | None
    start: Start | None = None
    ended: bool = True

    @property
    def feasible(self) -> bool:
        """Whether a plan was found."""
        return self.state == "plan"


def least(
    network: Network, *, kinds: Collection[str] = KINDS, check: Check | None = None,
    seconds: float | None = None, searched: bool = False, say: Callable[[str], None] = lambda _: None,
) -> Least:  # fmt: skip
    """The smallest relaxations of a network without a plan.

    Args:
        kinds: Which are looked at: of :data:`ALONE`, ``dates``, ``together``, ``clash``.
        check: Holds each plan that proves a relaxation against all rules.
        seconds: Ends after about so long; what was not looked at by then is not found. None: no end.
        searched: Whether a plan was searched already, and none found.
        say: Told what is looked at.
    """
    clock = Clock(seconds)
    say("what can be bought, and dates")
    assembled, blockers = repaired(network)
    base = mending(blockers)
    # A date is too soon for the products that are planned with; where some were left out, others may do.
    blocked = any(assembled.complete or one.kind in SURE for one in blockers)
    if not len(assembled.problem.unit_class):
        empty: State = "plan" if not blockers else "impossible" if blocked else "not-found"
        return Least(network, empty, blockers, [], None)
    say("all limits at once")
    asked = Asked(assembled, clock)
    offers = Offers(network, asked, base, Trials(network, check, clock))
    impossible = asked.impossible(Question(), whole=True)
    if not impossible:
        proof, start = _any_plan(asked, offers, searched=searched and not blockers)
        if proof is not None:
            if not blockers:
                return Least(network, "plan", [], [], None, start)
            enough = Way("repairs", "enough", True, None, {}, base, proof)
            return Least(network, "impossible" if blocked else "not-found", blockers, [enough], None)
    ways = list(_ways(asked, offers, kinds, say))
    found = None
    if "clash" in kinds and clock.left():
        say("the clash")
        found = clash(asked)
    # Where nothing blocks for sure, mending only gives more: what has no plan with it has none without.
    state: State = "impossible" if impossible or blocked or found is not None else "not-found"
    return Least(network, state, blockers, ways, found, ended=clock.left())


def _any_plan(asked: Asked, offers: Offers, *, searched: bool) -> tuple[Proof | None, Start | None]:
    """A plan of the network as it is, and where its units are if a search alone does not find it."""
    proof = None if searched else offers.prove(Relaxation())
    if proof is not None or not asked.whole:
        return proof, None
    excess = asked.least_whole(Question())
    start = None if excess is None else start_of(asked.assembled.problem, excess)
    if start is None:
        return None, None
    return offers.prove(Relaxation(), start), start


def _ways(asked: Asked, offers: Offers, kinds: Collection[str], say: Callable[[str], None]) -> Iterator[Way]:
    """Each kind alone, that of the smallest share first; dates; together, where none is enough alone."""
    needs: dict[str, Need] = {}
    for kind in ALONE:
        if kind in kinds and asked.has(kind):
            say(f"{kind} alone")
            needs[kind] = asked.need([kind])
    found: dict[str, Way] = {}
    for kind in sorted(needs, key=lambda kind: needs[kind].at_least):
        if needs[kind].excess is not None:
            say(f"a plan with other {kind}")
        found[kind] = offers.of(kind, [kind], needs[kind])
    if "makers" in found and found["makers"].state != "enough":
        fewer = offers.of("makers", ["fewer"], asked.need(["fewer"]))
        if fewer.state == "enough" or found["makers"].state == "cannot":
            found["makers"] = fewer
    yield from (found[kind] for kind in needs)
    if "dates" in kinds:
        say("dates alone")
        found["dates"] = dates(asked, offers)
        yield found["dates"]
    if "together" in kinds and all(way.state != "enough" for way in found.values()):
        say("together")
        yield from together(asked, offers)
