"""Concentration of a market as an interval: the Herfindahl-Hirschman index of shares known within ranges.

The index is the sum of the squares of the shares in percent, from near 0 to 10,000 for one maker alone.
Shares of small makers are never published, so it is bounded, not computed:

- **Below.** Named makers at the low end of their shares, and the rest spread over so many that it adds
  nothing. A sum told of several makers together is least concentrated when they share it evenly.
- **Above.** Over all shares within their ranges that add up to at most 100, the greatest sum of squares, plus
  the most that the rest can add. In one hand a rest r adds r x r. Where the source names the largest makers,
  nobody unnamed is larger than the smallest that is named, c: parts of r that are each at most c add at most
  c x r, since each part squared is at most c times that part. The smaller of the two bounds counts.

The sum of squares with either bound of the rest is convex in the shares, so its greatest value lies at a
corner of the region of possible shares: every share at an end of its range, but for at most one that fills up
to 100. Those corners are tried one by one. Numbers are fractions: a bound that was rounded would be none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

WHOLE: Final = Fraction(100)
_MOST_OPEN: Final = 14
"""Shares that are ranges; more have too many corners. Published tables name fewer than ten makers."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is known within two ends.

    Attributes:
        low, high: In the unit of its place; low is at most high.
    """

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Block:
    """The share of one maker, or of several told as one sum, in percent.

    Attributes:
        makers: How many makers it is the share of.
    """

    share: Interval
    makers: int = 1


def rest_of(blocks: Sequence[Block]) -> Interval:
    """What the named makers leave to the others, in percent."""
    low = WHOLE - sum((block.share.high for block in blocks), Fraction(0))
    high = WHOLE - sum((block.share.low for block in blocks), Fraction(0))
    return Interval(max(low, Fraction(0)), max(high, Fraction(0)))


def concentration(blocks: Sequence[Block], largest_unnamed: Fraction | None) -> Interval:
    """The bounds of the index.

    Args:
        blocks: The shares known.
        largest_unnamed: The most that a maker without a published share can have, in percent; None where
            nothing bounds it.

    Returns:
        Bounds within 0 to 10,000.

    Raises:
        ValueError: The shares add up to more than 100 whatever they are within their ranges, or too many
            are ranges.
    """
    if sum(block.share.low != block.share.high for block in blocks) > _MOST_OPEN:
        raise ValueError(f"more than {_MOST_OPEN} shares are ranges")
    if sum((block.share.low for block in blocks), Fraction(0)) > WHOLE:
        raise ValueError("the shares add up to more than 100 percent")
    low = sum((block.share.low**2 / block.makers for block in blocks), Fraction(0))
    bounds: list[Callable[[Fraction], Fraction]] = [lambda rest: rest * rest]
    if largest_unnamed is not None:
        most = largest_unnamed
        bounds.append(lambda rest: most * rest)
    corners = list(_corners([block.share for block in blocks]))
    high = min(
        max(
            sum((share * share for share in corner), Fraction(0))
            + bound(max(WHOLE - sum(corner), Fraction(0)))
            for corner in corners
        )
        for bound in bounds
    )
    return Interval(low, min(high, WHOLE * WHOLE))


def _corners(shares: Sequence[Interval]) -> Iterator[tuple[Fraction, ...]]:
    """The corners of all shares within their ranges whose sum is at most 100."""
    ends = [(share.low,) if share.low == share.high else (share.low, share.high) for share in shares]
    for corner in product(*ends):
        over = sum(corner, Fraction(0)) - WHOLE
        if over <= 0:
            yield corner
            continue
        for at, share in enumerate(shares):
            # The one share that is not at an end gives back what is too much.
            filled = corner[at] - over
            if corner[at] == share.high and filled >= share.low:
                yield (*corner[:at], filled, *corner[at + 1 :])
