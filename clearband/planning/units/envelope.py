"""Choices that could be the best at any prices, where what is bought for one need does not hang on another.

What an offer costs at given prices is its price, hours and yearly cost times three weights, never negative.
The best for each need is found need by need, so that of all combinations only those remain that are the best
for some weights: the triangle of weights is cut into the parts in which each offer is the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

Figures: TypeAlias = tuple[float, float, float]
_Point: TypeAlias = tuple[float, float, float]
_Part: TypeAlias = list[_Point]
"""A convex polygon of weights; the three weights of a point add up to 1."""

_WHOLE: Final[_Part] = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
_SMALLEST: Final = 1e-13
"""Area of a part that is none: on it, its neighbours cost the same."""


def best_of_any_prices(offers: Sequence[Sequence[Figures]]) -> Iterator[tuple[int, ...]]:
    """Combinations of offers, one for each need, that cost least for some weights.

    Args:
        offers: For each need, the figures of its offers, none of them twice.

    Yields:
        Places in the lists of offers.
    """
    scale = [max((one[i] for some in offers for one in some), default=0.0) or 1.0 for i in range(3)]
    scaled = [[(a / scale[0], b / scale[1], c / scale[2]) for a, b, c in some] for some in offers]
    yield from _parted(scaled, _WHOLE, ())


def _parted(
    offers: Sequence[Sequence[Figures]], part: _Part, before: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    if len(before) == len(offers):
        yield before
        return
    mine = offers[len(before)]
    for number, one in enumerate(mine):
        rest = part
        for other in mine:
            if other is not one:
                rest = _where_less(rest, one, other)
                if _area(rest) < _SMALLEST:
                    break
        else:
            yield from _parted(offers, rest, (*before, number))


def _where_less(part: _Part, one: Figures, other: Figures) -> _Part:
    """The part of a polygon in which an offer costs no more than another."""
    more = [sum(w * (a - b) for w, a, b in zip(point, one, other, strict=True)) for point in part]
    if max(more, default=0.0) <= 0.0:
        return part
    kept: _Part = []
    for i, point in enumerate(part):
        last, gone = part[i - 1], more[i - 1]
        if (gone > 0.0) != (more[i] > 0.0):
            share = gone / (gone - more[i])
            kept.append(tuple(a + share * (b - a) for a, b in zip(last, point, strict=True)))  # type: ignore[arg-type]
        if more[i] <= 0.0:
            kept.append(point)
    return kept


def _area(part: _Part) -> float:
    twice = 0.0
    for i, (x, y, _) in enumerate(part):
        left, low, _ = part[i - 1]
        twice += left * y - x * low
    return abs(twice) / 2
