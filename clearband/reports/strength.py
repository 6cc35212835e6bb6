"""Confidences and weights in words."""

from __future__ import annotations

from typing import Final

_STRENGTHS: Final = ((5.0, "speaks strongly for"), (2.0, "speaks for"), (0.0, "speaks a little for"))


def percent(value: float | None) -> str:
    """A confidence as a percentage, never rounded up to certainty."""
    if value is None:
        return ""
    return "over 99%" if value > 0.99 else f"{value * 100:.0f}%"


def strength(weight: float | None) -> str:
    """The weight of a piece of evidence in words. Weights are log-likelihood ratios in nats."""
    if not weight:
        return "says nothing of"
    if weight < 0:
        return "speaks against"
    return next(words for least, words in _STRENGTHS if weight > least)
