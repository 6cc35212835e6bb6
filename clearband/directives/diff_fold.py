"""Many situations as few lines: sets of situations written as products of sets, none too many or too few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import permutations
from typing import Final

Box = tuple[frozenset[int], ...]
"""A set of values a dimension: all their combinations are meant."""

_FEW: Final = 600
"""Up to so many rows every order of folding is tried and the shortest result kept."""


def boxes(rows: Iterable[tuple[int, ...]]) -> list[Box]:
    """Boxes that hold exactly the given rows, each once."""
    start = [tuple(frozenset((value,)) for value in row) for row in dict.fromkeys(rows)]
    if not start:
        return []
    size = len(start[0])
    orders = permutations(range(size)) if len(start) <= _FEW else [tuple(reversed(range(size)))]
    return min((_folded(start, order) for order in orders), key=len)


def _folded(start: Collection[Box], order: tuple[int, ...]) -> list[Box]:
    """Unite, one dimension after the other, boxes that are alike in all others."""
    held = list(start)
    for place in order:
        alike: dict[Box, set[int]] = defaultdict(set)
        for box in held:
            alike[(*box[:place], frozenset(), *box[place + 1 :])].update(box[place])
        held = [(*box[:place], frozenset(values), *box[place + 1 :]) for box, values in alike.items()]
    return held
