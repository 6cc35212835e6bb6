"""Numbers for the numbers of a column, in the order in which they first stand in it.

A run gives categories and cases numbers as they come up. What is written must not depend on what came before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.unsignedinteger]
_HEAD: Final = 1 << 14
"""Rows at the beginning in which most of few numbers come up."""
_FEW: Final = _HEAD // 4
_UNSEEN: Final = np.uint32(0xFFFF_FFFF)


@dataclass(frozen=True)
class Appearance:
    """Numbers given in the order in which others first stand in a column.

    Attributes:
        order: The other numbers, each once, shape (k,).
        numbers: For each row the place of its number in ``order``, shape (n,), in the smallest type.
    """

    order: NDArray[np.int64]
    numbers: Numbers


def by_appearance(codes: NDArray[np.uint32]) -> Appearance:
    """Number the codes of a column anew, so that nothing tells which codes there are beside them.

    Args:
        codes: Shape (n,), small enough for a table of them all.
    """
    known = int(codes.max()) + 1 if len(codes) else 0
    return _with_rest(codes, _distinct(codes[:_HEAD], known), known)


def few_by_appearance(codes: NDArray[np.uint32]) -> Appearance | None:
    """`by_appearance`; None where the first rows have many codes."""
    known = int(codes.max()) + 1 if len(codes) else 0
    order = _distinct(codes[:_HEAD], known)
    return _with_rest(codes, order, known) if len(order) <= _FEW else None


def smallest(numbers: NDArray[np.uint32], count: int) -> Numbers:
    """The same numbers in as few bytes as numbers below ``count`` need."""
    kind = np.uint8 if count <= 1 << 8 else np.uint16 if count <= 1 << 16 else np.uint32
    return numbers.astype(kind, copy=False)


def _with_rest(codes: NDArray[np.uint32], order: NDArray[np.int64], known: int) -> Appearance:
    """What the first rows have is known: most rows need but one look."""
    place = np.full(known, _UNSEEN, dtype=np.uint32)
    place[order] = np.arange(len(order), dtype=np.uint32)
    numbers = place.take(codes)
    late = np.flatnonzero(numbers == _UNSEEN)
    if len(late):
        rest = codes.take(late)
        more = _distinct(rest, known)
        place[more] = np.arange(len(order), len(order) + len(more), dtype=np.uint32)
        numbers[late] = place.take(rest)
        order = np.concatenate((order, more))
    return Appearance(order, smallest(numbers, len(order)))


def _distinct(codes: NDArray[np.uint32], known: int) -> NDArray[np.int64]:
    """The codes that some are, in the order in which they first stand there."""
    first = np.full(known, len(codes), dtype=np.int64)
    # Where a place is given several numbers, the last one stays: that of the first row.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    found = np.flatnonzero(first < len(codes))
    return found[np.argsort(first[found])]
