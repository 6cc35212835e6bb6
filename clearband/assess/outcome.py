"""The outcomes that gates and scores leave possible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.assess.scale import Range
from clearband.model.assessment import GateState, Outcome
from clearband.model.criterion import Effect, TierPolicy

_REFUSES: Final = (Effect.REFUSE, Effect.SUSPEND)
_BINDS: Final = (Effect.CONDITION, Effect.NO_NEW_PROCUREMENT)
"""What lists under conditions; that nothing new is bought is such a condition."""


def outcomes(
    gates: Iterable[tuple[Effect, GateState]], score: Range, policy: TierPolicy
) -> tuple[Outcome, ...]:
    """All outcomes still possible, the worst first.

    Gates and score are taken as free of each other, so that the set may hold an outcome more than the worlds
    that the unknowns allow, and never one less. An interim listing is a decision, and never among them.

    Args:
        gates: Effect and state of each gate.
        score: Least and greatest score.
        policy: Thresholds of the tier.
    """
    met: set[Effect] = set()
    open_ones: set[Effect] = set()
    for effect, state in gates:
        if state is GateState.MET:
            met.add(effect)
        elif state is GateState.OPEN:
            open_ones.add(effect)
    low, high = score
    refused = _any(met, _REFUSES) or high < policy.refuse_below
    incomplete, bound = Effect.INCOMPLETE in met, _any(met, _BINDS)
    possible = []
    if refused or _any(open_ones, _REFUSES) or low < policy.refuse_below:
        possible.append(Outcome.REFUSE)
    if not refused and (incomplete or Effect.INCOMPLETE in open_ones):
        possible.append(Outcome.INCOMPLETE)
    if not refused and not incomplete:
        if bound or _any(open_ones, _BINDS) or low < policy.list_at:
            possible.append(Outcome.CONDITIONAL)
        if not bound and high >= policy.list_at:
            possible.append(Outcome.LIST)
    return tuple(possible)


def _any(held: set[Effect], wanted: tuple[Effect, ...]) -> bool:
    return any(effect in held for effect in wanted)
