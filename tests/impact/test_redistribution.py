"""Banned makers lose their shares: who has to grow, and what becomes of the concentration."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.errors import UsageError
from clearband.impact.concentration import Interval
from clearband.impact.market import Share, ShareTable, shares
from clearband.impact.redistribution import OTHERS, TAKERS, Grown, Redistribution, Takers, redistribute


def made_up(**percents: float) -> ShareTable:
    """A market with exact shares, which fractions of a percent cannot blur."""
    told = [
        Share(
            (maker,),
            Interval(Fraction(one), Fraction(one)),
            Interval(Fraction(one), Fraction(one)),
            ("test",),
            True,
        )
        for maker, one in percents.items()
    ]
    return ShareTable("ran", 2030, "year", "world", tuple(told), ())


def of(result: Redistribution, maker: str) -> Grown:
    return next(one for one in result.grown if one.makers == (maker,))


MARKET = made_up(banned=40, first=30, second=20)


def test_all_others_grow_by_one_factor() -> None:
    result = redistribute(MARKET, ["banned"], "proportional")
    assert result.freed == Interval(Fraction(40), Fraction(40))
    assert {(one.factor_low, one.factor_high) for one in result.grown} == {(Fraction(5, 3), Fraction(5, 3))}
    assert of(result, "first").after.low == 50
    assert of(result, OTHERS).after.high == Fraction(50, 3)
    assert result.hhi_before == Interval(Fraction(2900), Fraction(3000))
    assert result.hhi_after.low == 50**2 + Fraction(100, 3) ** 2


def test_the_largest_may_take_all() -> None:
    result = redistribute(MARKET, ["banned"], "largest")
    assert of(result, "first").after.low == 70
    assert of(result, "first").factor_low == Fraction(7, 3)
    assert of(result, "second").factor_high == 1
    assert result.hhi_after == Interval(Fraction(70**2 + 20**2), Fraction(70**2 + 20**2 + 10**2))


def test_newcomers_may_take_all() -> None:
    result = redistribute(MARKET, ["banned"], "newcomers")
    assert of(result, OTHERS).after == Interval(Fraction(50), Fraction(50))
    assert of(result, OTHERS).factor_high == 5
    # least: many small ones; most: one that held the whole rest takes the lost share, too
    assert result.hhi_after == Interval(Fraction(30**2 + 20**2), Fraction(30**2 + 20**2 + 50**2))


def test_whoever_takes_over_lies_within_the_bounds_of_any() -> None:
    bounds = redistribute(MARKET, ["banned"], "any").hhi_after
    for takers in TAKERS:
        after = redistribute(MARKET, ["banned"], takers).hhi_after
        assert bounds.low <= after.low <= after.high <= bounds.high


def test_half_an_erosion_frees_half_and_leaves_the_banned_the_rest() -> None:
    result = redistribute(MARKET, ["banned"], "largest", erosion=Fraction(1, 2))
    assert result.freed.low == 20
    assert result.hhi_after.low == 50**2 + 20**2 + 20**2


def test_the_rest_of_radio_access_would_have_to_supply_two_thirds_more() -> None:
    """Radio access of 2019 (Dell'Oro, quoted by Mobile World Live): Huawei 32 and ZTE 8 of 100."""
    result = redistribute(shares("ran", 2019), ["huawei", "zte"], "proportional")
    nokia = of(result, "nokia")
    assert nokia.factor_high is not None
    assert nokia.factor_low < Fraction(5, 3) < nokia.factor_high
    assert (result.freed.low, result.freed.high) == (39, 41)
    assert result.sources == ("mobile-world-live-2021-ran",)
    assert result.hhi_after.low > result.hhi_before.high


def test_who_may_have_had_nothing_has_no_upper_factor() -> None:
    result = redistribute(shares("all-equipment", 2020), ["huawei"], "any")
    assert of(result, "samsung-networks").factor_high is None
    assert of(result, "samsung-networks").factor_low == 1


@pytest.mark.parametrize(
    ("banned", "takers", "erosion", "message"),
    [
        (
            ["nobody"],
            "any",
            Fraction(1),
            'no share of "nobody" is published for ran 2030 world; named are: banned',
        ),
        ([], "any", Fraction(1), "nobody is banned; name one or more of: banned, first, second"),
        (["banned"], "any", Fraction(0), "an erosion of 0 is none"),
        (["banned", "first", "second"], "largest", Fraction(1), "no named maker is left to take over"),
    ],
)
def test_what_cannot_be_answered_is_said(
    banned: list[str], takers: Takers, erosion: Fraction, message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        redistribute(MARKET, banned, takers, erosion=erosion)
    assert message in str(refused.value)


def test_one_of_two_makers_told_as_one_sum_cannot_be_banned_alone() -> None:
    with pytest.raises(UsageError, match="huawei and zte is published as one sum"):
        redistribute(shares("ran", 2019, "eu"), ["huawei"], "any")
    both = redistribute(shares("ran", 2019, "eu"), ["huawei", "zte"], "newcomers")
    assert both.freed == Interval(Fraction("39.5"), Fraction("40.5"))


def test_a_market_of_the_banned_alone_leaves_nobody_to_grow_in_proportion() -> None:
    with pytest.raises(UsageError, match="nobody is left to take over"):
        redistribute(made_up(banned=100), ["banned"], "proportional")


@given(
    st.lists(st.integers(1, 50), min_size=2, max_size=5),
    st.lists(st.integers(0, 20), min_size=1, max_size=4),
    st.data(),
)
def test_however_the_freed_share_is_divided_the_index_lies_within_the_bounds_of_any(
    named: list[int], unnamed: list[int], data: st.DataObject
) -> None:
    smallest = min(named)
    unnamed = [min(one, smallest) for one in unnamed]
    whole = sum(named) + sum(unnamed)
    percents = [Fraction(100 * one, whole) for one in named]
    others = [Fraction(100 * one, whole) for one in unnamed]
    table = made_up(**{f"m{at}": one for at, one in enumerate(percents)})
    bounds = redistribute(table, ["m0"], "any").hhi_after
    parts = data.draw(st.lists(st.integers(0, 9), min_size=len(percents) + len(others), max_size=20))
    freed, total = percents[0], sum(parts)
    gains = [freed * part / total for part in parts] if total else [freed, *[Fraction(0)] * (len(parts) - 1)]
    remaining = [*percents[1:], *others, *[Fraction(0)] * len(gains)]
    after = [share + gain for share, gain in zip(remaining, gains, strict=False)]
    assert bounds.low <= sum(share * share for share in after) <= bounds.high
