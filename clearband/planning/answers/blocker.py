"""One thing that keeps any plan from being, and the smallest change that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clearband.planning.answers.relaxation import Relaxation

SURE: Final = ("no-product", "no-pair", "cap-broken")
"""Kinds that block any plan, whatever choices of products are left out."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps any plan from being.

    Attributes:
        fix: What is done about it in ``relaxation``; ``other`` is what could be done instead.
    """

    kind: str
    what: str
    fix: str
    other: str
    relaxation: Relaxation
