"""What deciders are told where they approve of more than the assessment says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clearband.errors import ClearbandError
from clearband.model.assessment import Outcome
from clearband.model.listing import State

_WITHIN: Final = {
    State.LISTED: {Outcome.LIST},
    State.CONDITIONAL: {Outcome.LIST, Outcome.CONDITIONAL},
    State.INTERIM: {Outcome.LIST, Outcome.CONDITIONAL},
}
"""Outcomes that a state does not go beyond. For an interim one it is enough that one of them is left."""


def beyond(assessment: str, state: State | None) -> str | None:
    """Why a state goes beyond an assessment; None where it does not, or where nobody can say.

    An authority decides for itself. But that an assessment is refused, or leaves that open, is nothing that
    its deciders should learn from somebody else. An interim listing is for what is open.

    Args:
        assessment: Its file; a hash alone tells nothing.
        state: What is proposed or decided.
    """
    if state not in _WITHIN or not Path(assessment).is_file():
        return None
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.profiles import shipped_profiles
    from clearband.assess.score import scoring_of

    held = read_assessment(Path(assessment))
    profile = shipped_profiles().get(held.profile)
    if profile is None:
        return f"{assessment}: whether it comes to {state} was not looked at: clearband assess score tells"
    try:
        left = scoring_of(held, profile, catalogue()).outcomes
    except ClearbandError as error:
        return f"{assessment}: what it comes to cannot be told: {error}"
    within = _WITHIN[state]
    if within & set(left) if state is State.INTERIM else set(left) <= within:
        return None
    comes_to = left[0] if len(left) == 1 else f"undetermined: {', '.join(left)}"
    return f"{assessment}: it comes to {comes_to}; {state} goes beyond that: give the reasons (--text)"
