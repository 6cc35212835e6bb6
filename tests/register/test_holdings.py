"""How much of a company do some others hold on a date, at least and at most?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.model.control import Indirect, ShareTest
from clearband.model.organisation import ControlLink
from clearband.register.holdings import Holdings, Share

DAY = date(2025, 10, 1)


def held(
    owned: str, owner: str, share: str | None = None, kind: str = "minority", **more: object
) -> ControlLink:
    settings = {"verified": True, **more}
    return ControlLink(owner, owned, kind, "holder", share_pct=share, **settings)  # type: ignore[arg-type]


def threshold(
    pct: int = 50, indirect: Indirect = "cascade", *, inclusive: bool = True, aggregate: bool = True
) -> ShareTest:
    return ShareTest(("owner",), Fraction(pct), inclusive, "equity", indirect, aggregate)


def together(links: list[ControlLink], listed: str, of: str = "x", test: ShareTest | None = None) -> Share:
    return Holdings(links).share_of_those(lambda org: org in listed.split(), of, test or threshold(), DAY)


def bounds(share: Share) -> tuple[float, float]:
    return float(share.low), float(share.high)


@pytest.mark.parametrize(
    ("share", "inclusive", "pct", "met"),
    [
        ("10", False, 10, False),
        ("10.01", False, 10, True),
        ("10", True, 10, True),
        ("50", True, 50, True),
        ("50", False, 50, False),
        (">50", False, 50, True),
        ("49.99", True, 50, False),
        ("<50", True, 50, False),
        ("40-60", True, 50, None),
        (None, True, 50, None),
    ],
)
def test_the_threshold_itself_is_enough_or_not_as_the_law_says(
    share: str | None, inclusive: bool, pct: int, met: bool | None
) -> None:
    test = threshold(pct, "none", inclusive=inclusive, aggregate=False)
    assert Holdings([held("x", "a", share)]).share("a", "x", test, DAY).meets(test) is met


def test_control_without_a_share_proves_no_share_and_excludes_none() -> None:
    assert bounds(together([held("x", "a", kind="controlled")], "a")) == (0, 100)


def test_a_share_that_was_not_read_in_a_source_proves_nothing() -> None:
    assert bounds(together([held("x", "a", "80", verified=False)], "a")) == (0, 100)
    assert bounds(together([held("x", "a", "80", share_verified=False)], "a")) == (0, 100)


def test_minority_shares_of_several_listed_owners_add_up() -> None:
    links = [held("x", "a", "30"), held("x", "b", "25"), held("x", "c", "45")]
    assert bounds(together(links, "a b")) == (55, 55)
    assert together(links, "a b").meets(threshold()) is True
    assert together(links, "a").meets(threshold()) is False


def test_whoever_is_held_enough_counts_as_an_owner_itself() -> None:
    links = [held("mid", "a", "50"), held("x", "mid", "50")]
    assert together(links, "a").meets(threshold()) is True
    assert Holdings(links).share("a", "x", threshold(indirect="multiplied"), DAY).low == 25


def test_below_the_threshold_nothing_passes_down_the_cascade() -> None:
    assert bounds(together([held("mid", "a", "49"), held("x", "mid", "100")], "a")) == (0, 0)


def test_what_others_hold_is_left_for_nobody_else() -> None:
    links = [held("x", "a", kind="controlled"), held("x", "b", "60")]
    assert bounds(together(links, "a")) == (0, 40)


def test_shares_that_nobody_reported_are_not_presumed() -> None:
    assert bounds(together([held("x", "b", "40")], "a")) == (0, 0)


def test_of_a_share_that_changed_within_a_year_both_are_possible_in_that_year() -> None:
    links = [held("x", "a", "30", begins="2017", ends="2025"), held("x", "a", "20", begins="2025")]
    assert bounds(Holdings(links).direct("x", DAY)["a"]) == (20, 30)
    assert bounds(Holdings(links).direct("x", date(2024, 12, 31))["a"]) == (30, 30)
    assert bounds(Holdings(links).direct("x", date(2026, 1, 1))["a"]) == (20, 20)


def test_a_sale_is_not_known_before_it_was_announced() -> None:
    sold = held("x", "a", "60", begins="2020-01-01", ends="2025-09-01")
    announced = held("x", "a", "60", begins="2020-01-01", ends="2025-09-01", end_known_from="2025-03-01")
    before = date(2025, 6, 1)
    assert "a" not in Holdings([sold]).direct("x", DAY)
    assert "a" in Holdings([sold]).direct("x", DAY, before)
    assert "a" not in Holdings([announced]).direct("x", DAY, before)


NAMES = st.sampled_from("abcdx")
SHARES = st.one_of(st.none(), st.integers(0, 100).map(str))
LINKS = st.lists(st.builds(held, NAMES, NAMES, SHARES), max_size=8)
LISTED = st.sets(st.sampled_from("abcd")).map(" ".join)


@given(LINKS, LISTED, st.randoms())
def test_the_order_of_the_links_changes_nothing_and_circles_end(
    links: list[ControlLink], listed: str, random: object
) -> None:
    shuffled = list(links)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert bounds(together(links, listed)) == bounds(together(shuffled, listed))
    for indirect in ("none", "multiplied", "cascade"):
        test = threshold(indirect=indirect)
        assert bounds(Holdings(links).share("a", "x", test, DAY)) == bounds(
            Holdings(shuffled).share("a", "x", test, DAY)
        )


@given(LINKS, st.sampled_from("abcd"), LISTED)
def test_several_together_never_hold_less_than_one_of_them(
    links: list[ControlLink], one: str, others: str
) -> None:
    alone, more = together(links, one), together(links, f"{one} {others}")
    assert alone.low <= more.low
    assert alone.high <= more.high


@given(LINKS, LISTED)
def test_a_share_lies_between_nothing_and_the_whole(links: list[ControlLink], listed: str) -> None:
    share = together(links, listed)
    assert 0 <= share.low <= share.high <= 100


@given(LINKS, LISTED, st.integers(0, 99), st.booleans())
def test_a_higher_threshold_is_never_easier_to_meet(
    links: list[ControlLink], listed: str, pct: int, inclusive: bool
) -> None:
    order = [False, None, True]
    lower, higher = (threshold(at, inclusive=inclusive) for at in (pct, pct + 1))
    met = [together(links, listed, test=test).meets(test) for test in (lower, higher)]
    assert order.index(met[1]) <= order.index(met[0])


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 25)), unique_by=lambda pair: pair[0]), LISTED
)
def test_a_bigger_share_is_never_counted_for_less(pairs: list[tuple[str, int]], listed: str) -> None:
    fewer = together([held("x", owner, str(pct)) for owner, pct in pairs], listed)
    bigger = together([held("x", owner, str(pct + (owner in listed))) for owner, pct in pairs], listed)
    assert fewer.low <= bigger.low
