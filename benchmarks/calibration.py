"""How far confidences are shares: expected calibration error and the bins of a reliability diagram.

Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI
2015: bins of equal width, the mean distance of confidence and share weighted by the bin's size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

BINS: Final = 10


@dataclass(frozen=True)
class Bin:
    """Verdicts of nearly one confidence.

    Attributes:
        low: The least confidence, the bin is as wide as 1 / `BINS`.
        count: Verdicts.
        confidence: Their mean confidence.
        right: Share of them that is right.
    """

    low: float
    count: int
    confidence: float
    right: float


def reliability(verdicts: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The bins that hold verdicts, rising.

    Args:
        verdicts: Confidence in [0, 1] and whether it was right.
    """
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in verdicts:
        held.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [
        Bin(
            number / BINS,
            len(bin_),
            sum(confidence for confidence, _ in bin_) / len(bin_),
            sum(right for _, right in bin_) / len(bin_),
        )
        for number, bin_ in sorted(held.items())
    ]


def calibration_error(verdicts: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error, in [0, 1]; 0 of no verdicts."""
    bins = reliability(verdicts)
    total = sum(bin_.count for bin_ in bins)
    return sum(bin_.count * abs(bin_.confidence - bin_.right) for bin_ in bins) / total if total else 0.0
