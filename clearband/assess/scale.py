"""From a value to a range of scores in 0..1, 1 being good."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Final

from clearband.model.assessment import Interval, Value
from clearband.model.criterion import Criterion, Scale

Range = tuple[Fraction, Fraction]
"""Least and greatest, both included."""

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
UNKNOWN: Final[Range] = (ZERO, ONE)
_PLACES: Final = 1_000_000
_MOST_MATURE: Final = 4


def score_range(value: Value, criterion: Criterion, scale: Scale) -> Range:
    """The scores that a value can mean.

    Args:
        value: Any but *not applicable*, which has no score.
        criterion: Gives the polarity.
        scale: Its scale, or the one that a profile puts in its place.
    """
    if value.word == "unknown":
        return UNKNOWN
    if scale.kind == "yes-no":
        good = (value.word == "yes") == (criterion.polarity == "positive")
        return (ONE, ONE) if good else (ZERO, ZERO)
    if scale.kind == "maturity":
        fail, target = Fraction(0), Fraction(_MOST_MATURE)
        if criterion.polarity == "negative":
            fail, target = target, fail
    else:
        assert scale.fail is not None
        assert scale.target is not None
        fail, target = Fraction(scale.fail), Fraction(scale.target)
    rising = target > fail
    # An end that is not known can be anything, and so the worst or the best there is.
    low = (ZERO if rising else ONE) if value.low is None else _linear(Fraction(value.low), fail, target)
    high = (ONE if rising else ZERO) if value.high is None else _linear(Fraction(value.high), fail, target)
    return min(low, high), max(low, high)


def _linear(number: Fraction, fail: Fraction, target: Fraction) -> Fraction:
    return min(max((number - fail) / (target - fail), ZERO), ONE)


def interval(ends: Range) -> Interval:
    """A range as it is shown: to six places, the low end rounded down and the high end up.

    Rounding outwards keeps the law that a range from more answers lies within the one from fewer.
    """
    low, high = ends
    return Interval(_shown(low, ROUND_FLOOR), _shown(high, ROUND_CEILING))


def _shown(number: Fraction, rounding: str) -> Decimal:
    whole = number * _PLACES
    parts = (
        whole.numerator // whole.denominator
        if rounding == ROUND_FLOOR
        else -(-whole.numerator // whole.denominator)
    )
    return Decimal(parts).scaleb(-6, Context(prec=30)).normalize(Context(prec=30))
