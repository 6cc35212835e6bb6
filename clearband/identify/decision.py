"""The verdict on one set of claims."""

from __future__ import annotations

from dataclasses import dataclass

from clearband.identify.observation import Evidence
from clearband.model.evidence import MakerStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one set of claims.

    Attributes:
        maker: Register id or slug; None when unidentified.
        confidence: Of the verdict; of the most likely maker when unidentified.
        runner_up: Next likely maker; the most likely one when unidentified.
        category_sure: Whether the category follows from a scheme that one maker alone has.
        carrier: Name of the carrier on a box that nobody was found to have made.
        names: Makers that the register does not know, each with its name as stated.
        extra: Evidence that arises only from the combination (white-label brands, the stated kind).
    """

    maker: str | None
    maker_name: str | None
    status: MakerStatus
    brand: str | None
    category: str | None
    confidence: float
    runner_up: str | None
    runner_up_confidence: float | None
    contradiction: bool
    category_sure: bool = False
    rivals: tuple[str, ...] = ()
    white_label_of: tuple[str, ...] = ()
    carrier: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    extra: tuple[Evidence, ...] = ()
