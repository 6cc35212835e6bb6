"""One way to make a network plannable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from clearband.planning.answers.proof import Proof
from clearband.planning.answers.relaxation import Relaxation

ALONE: Final = ("money", "crews", "supply", "service", "caps", "makers")
KINDS: Final = (*ALONE, "dates", "together", "clash")
State = Literal["enough", "cannot", "not-found"]


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of limit relaxed, or several together.

    Attributes:
        kind: Of :data:`ALONE`, ``dates``, ``together`` or ``repairs``.
        state: ``enough``: a plan was found with it. ``cannot``: proved that no amount of it is enough.
            ``not-found``: neither.
        smallest: Whether it is proved that two hundredths less of it are not enough.
        at_least: Share of all there is that is proved to be needed; None where that is not known.
        share: Of all there is, by kind; what is added.
        relaxation: With what mends the blockers; None unless ``enough``.
    """

    kind: str
    state: State
    smallest: bool
    at_least: float | None
    share: dict[str, float]
    relaxation: Relaxation | None
    proof: Proof | None
