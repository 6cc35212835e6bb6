"""The score of the whole: groups by their shares; anything where no group has one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from clearband.assess.profiles import shipped_profiles
from clearband.assess.scale import UNKNOWN, Range
from clearband.assess.whole import whole

HALF: Range = (Fraction(1, 2), Fraction(1, 2))
FULL: Range = (Fraction(1), Fraction(1))


def of(shares: dict[str, int], groups: dict[str, Range]) -> Range:
    profile = next(iter(shipped_profiles().values()))
    return whole(groups, replace(profile, group_weights=shares))


def test_groups_count_by_their_shares() -> None:
    assert of({"GOV": 1, "OWN": 3}, {"GOV": HALF, "OWN": FULL}) == (Fraction(7, 8), Fraction(7, 8))


def test_groups_without_a_share_decide_nothing() -> None:
    assert of({"GOV": 0, "OWN": 0}, {"GOV": FULL, "OWN": HALF}) == UNKNOWN
    assert of({"GOV": 1}, {}) == UNKNOWN
    assert of({"GOV": 0, "OWN": 2}, {"GOV": FULL, "OWN": HALF}) == HALF
