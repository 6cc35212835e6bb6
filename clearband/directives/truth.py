"""Three-valued logic (Kleene's strong logic): false, unknown, true.

The values are small integers so that the same rule works on one value and on a NumPy ``int8`` column: *and*
is the minimum, *or* the maximum, *not* is ``TRUE - x``.

Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FALSE: Final = 0
UNKNOWN: Final = 1
TRUE: Final = 2


def all_of(values: Iterable[int]) -> int:
    """Kleene *and*; true of nothing."""
    return min(values, default=TRUE)


def any_of(values: Iterable[int]) -> int:
    """Kleene *or*; false of nothing."""
    return max(values, default=FALSE)


def negate(value: int) -> int:
    """Kleene *not*."""
    return TRUE - value
