"""Shares from the facts, and the bounds of concentration that follow from them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.errors import UsageError
from clearband.impact.concentration import Block, Interval, concentration
from clearband.impact.market import share_tables, shares


def exactly(*percents: float | Fraction) -> list[Block]:
    return [Block(Interval(Fraction(one), Fraction(one))) for one in percents]


def index(percents: list[Fraction]) -> Fraction:
    return sum((one * one for one in percents), Fraction(0))


def test_the_world_market_of_2018_has_the_28_percent_of_one_maker() -> None:
    table = shares("all-equipment", 2018, period="nine-months")
    (huawei,) = table.shares
    assert huawei.makers == ("huawei",)
    assert (huawei.percent.low, huawei.percent.high) == (28, 28)
    assert huawei.sources == ("converge-digest-2018",)
    assert (table.top[0].largest, table.top[0].percent.low) == (5, 75)


def test_a_rounded_figure_may_have_been_rounded_either_way() -> None:
    table = {share.makers[0]: share for share in shares("all-equipment", 2020).shares}
    assert table["nokia"].possible == Interval(Fraction("14.5"), Fraction("15.5"))
    # "less than 3" is said of the figure itself
    assert table["samsung-networks"].possible == Interval(Fraction(0), Fraction(3))
    restated = shares("all-equipment", 2019).shares[0]
    assert restated.percent == Interval(Fraction(28), Fraction(29))
    assert restated.possible == Interval(Fraction("27.5"), Fraction("29.5"))


def test_a_year_without_shares_is_answered_with_those_that_are_published() -> None:
    with pytest.raises(
        UsageError, match=r"no shares of ran are published for 2025, world; published are: .*2020"
    ):
        shares("ran", 2025)
    with pytest.raises(UsageError, match='market "rans"; nearest: ran'):
        shares("rans", 2020)


def test_every_table_of_the_facts_adds_up_and_has_bounds() -> None:
    assert len(share_tables()) == 16
    for table in share_tables().values():
        bounds = table.concentration()
        assert 0 < bounds.low < bounds.high <= 10_000
        assert 0 <= table.rest.low <= table.rest.high < 100
        assert table.sources


def test_with_every_maker_named_the_index_is_one_number() -> None:
    bounds = concentration(exactly(50, 30, 20), Fraction(20))
    assert bounds == Interval(Fraction(3800), Fraction(3800))


def test_the_rest_is_spread_thin_below_and_held_by_makers_as_large_as_the_smallest_named_above() -> None:
    # 50 and 30 are named; 20 are left: nothing below, one maker of 20 above
    assert concentration(exactly(50, 30), Fraction(30)) == Interval(Fraction(3400), Fraction(3800))
    # 40 and 10 are named; 50 are left: five makers of 10 above
    assert concentration(exactly(40, 10), Fraction(10)) == Interval(Fraction(1700), Fraction(2200))
    # where nothing bounds an unnamed maker, it may hold all of the rest
    assert concentration(exactly(40, 10), None) == Interval(Fraction(1700), Fraction(4200))


def test_a_sum_of_two_makers_is_even_below_and_one_hand_above() -> None:
    table = shares("ran", 2019, "eu")
    assert table.largest_unnamed is None
    bounds = concentration([Block(Interval(Fraction(40), Fraction(40)), 2)], None)
    assert bounds == Interval(Fraction(800), Fraction(1600 + 3600))


def test_one_share_alone_does_not_bound_the_others() -> None:
    table = shares("all-equipment", 2015)
    assert len(table.shares) == 1
    assert table.largest_unnamed is None
    # 24 may be 23.5, and one maker more may have all of the rest
    assert table.concentration().high == Fraction("23.5") ** 2 + Fraction("76.5") ** 2


def test_shares_beyond_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 100"):
        concentration(exactly(60, 50), None)


def test_ranges_cannot_all_be_at_their_high_ends_when_these_pass_the_whole() -> None:
    open_shares = [Block(Interval(Fraction(40), Fraction(60))), Block(Interval(Fraction(40), Fraction(60)))]
    assert concentration(open_shares, Fraction(60)).high == 60**2 + 40**2


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
    st.lists(st.integers(1, 100), min_size=0, max_size=6),
    st.integers(0, 8),
)
def test_the_index_of_any_market_that_fits_the_shares_lies_within_the_bounds(
    weights: list[int], places: list[int], unnamed: list[int], width: int
) -> None:
    """A made-up market: named makers somewhere in their ranges, unnamed ones no larger than the smallest."""
    whole = sum(weights) + sum(unnamed)
    named = [Fraction(100 * one, whole) for one in weights]
    smallest = min(named)
    others = [min(Fraction(100 * one, whole), smallest) for one in unnamed]
    short = 100 - sum(named) - sum(others)
    while short > 0:  # what the cap took from them is held by more of them
        others.append(min(short, smallest))
        short -= others[-1]
    blocks = []
    for share, place in zip(named, places, strict=False):
        low = max(share - Fraction(width * place, 100), Fraction(0))
        blocks.append(Block(Interval(low, min(low + width, Fraction(100)))))
    bounds = concentration(blocks, min(block.share.high for block in blocks))
    assert bounds.low <= index([*named, *others]) <= bounds.high


def test_wider_ranges_never_give_narrower_bounds() -> None:
    widths = [Fraction(one, 2) for one in range(8)]
    found = [
        concentration([Block(Interval(share - width, share + width)) for share in (30, 20, 10)], 10 + width)
        for width in widths
    ]
    assert all(b.low <= a.low and a.high <= b.high for a, b in pairwise(found))
