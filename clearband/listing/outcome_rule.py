"""What an assessment comes to, and which states it allows: a decision against it says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from clearband.listing.refused import StepRefusedError
from clearband.listing.table import Table
from clearband.model.assessment import Outcome
from clearband.model.listing import Ground, State

UNDETERMINED: Final = "undetermined"
_APPROVED: Final[Collection[Outcome]] = (Outcome.LIST, Outcome.CONDITIONAL)


def outcome_word(left: Sequence[Outcome]) -> str:
    """What an assessment comes to in one word.

    Args:
        left: The outcomes still possible, the worst first. Several without an approval are the best.
    """
    if len(left) > 1 and any(one in left for one in _APPROVED):
        return UNDETERMINED
    return left[-1].value


def require_allowed(state: State, ground: Ground, outcome: str | None, table: Table) -> None:
    """Refuse a state that the outcome of its assessment does not allow, unless the authority says why.

    Args:
        state: Proposed or decided.
        ground: Of the step.
        outcome: What its assessment comes to; None: nobody recorded it.

    Raises:
        StepRefusedError: It is such a state, and no reason is given.
    """
    allowed = table.allowed_by.get(state)
    if outcome is None or not allowed or outcome in allowed or ground.against_outcome:
        return
    raise StepRefusedError(
        f"its assessment comes to {outcome}, which does not allow {state}",
        "give the authority's reason with --against-outcome",
    )
