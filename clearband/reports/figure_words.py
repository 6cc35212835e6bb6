"""Figures in words: numbers with thousands, ranges with what is open, marks for what was not verified."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from clearband.facts.store import compiled
from clearband.impact.concentration import WHOLE

UNVERIFIED: Final = "(?)"
"""What marks a figure that was not read in a source."""


def number(value: Decimal | Fraction, places: int = 4) -> str:
    """A number with thousands set apart, at most so many decimal places, none that say nothing."""
    whole = Fraction(value)
    text = f"{Decimal(whole.numerator) / Decimal(whole.denominator):,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(low: Decimal | Fraction | None, high: Decimal | Fraction | None) -> str:
    """A number, a range, or a range with an open end, in words."""
    if low is None and high is None:
        return "-"
    if low is None:
        return f"up to {number(high or Decimal(0))}"
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def share_span(low: Fraction, high: Fraction) -> str:
    """A range of shares in percent; 0 and 100 are open ends."""
    return span(low or None, None if high == WHOLE else high)


def bounds(low: Fraction, high: Fraction) -> str:
    """A range in whole numbers, rounded outwards: what it bounds stays within."""
    return span(Fraction(math.floor(low)), Fraction(math.ceil(high)))


def told(figure: Mapping[str, Any]) -> str:
    """A compiled figure (value, or low and high) with its unit."""
    low, high = (figure.get("value", figure.get(end)) for end in ("low", "high"))
    ends = (None if low is None else Decimal(low), None if high is None else Decimal(high))
    return f"{span(*ends)} {figure['unit']}"


def mark(verified: bool) -> str:
    """Nothing, or the mark of what was not verified, with a blank before it."""
    return "" if verified else f" {UNVERIFIED}"


def cited(value: Any) -> dict[str, Any]:
    """Every packaged source that is cited under ``sources`` below a value, by id, in the order of ids."""
    sources: dict[str, Any] = compiled().read("sources")["sources"]
    return {name: sources[name] for name in sorted(set(_ids(value))) if name in sources}


def _ids(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "sources" and isinstance(one, list):
                yield from one
            else:
                yield from _ids(one)
    elif isinstance(value, list):
        for one in value:
            yield from _ids(one)
