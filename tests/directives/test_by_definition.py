"""Who is a subsidiary or an affiliate in the words of one law."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clearband.directives.definitions import Definitions
from clearband.directives.maker_match import MakerMatch
from clearband.directives.makers import Maker
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.errors import FactsError
from clearband.facts.store import compiled
from clearband.model.directive import MakerRule, NamedMaker
from clearband.model.organisation import ControlLink, ControlPath, Designation, Organisation
from clearband.register.ownership import OwnershipGraph

from .conftest import SmallRegister

DEFINITIONS = Definitions.from_facts(compiled().read("control_definitions"))
ALL = frozenset({"subsidiaries", "affiliates"})
DAY = date(2025, 10, 1)


def held(
    owned: str, owner: str, share: str | None = None, kind: str = "controlled", **more: Any
) -> ControlLink:
    return ControlLink(owner, owned, kind, "holder", more.pop("verified", True), share_pct=share, **more)  # type: ignore[arg-type]


class Owned(SmallRegister):
    """A register of some holdings; ``a`` and ``b`` stand on the Entity List."""

    def __init__(self, *links: ControlLink) -> None:
        self._graph = OwnershipGraph(links)
        listed: dict[str, tuple[Designation, ...]] = {
            org: (Designation("bis-entity-list", org, True, "csl", "2019-05-21"),) for org in "ab"
        }
        super().__init__({"links": (ControlPath("links", "self", links, verified=True),)}, listed)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        return self._graph.relations(maker, on, known_on)


def matched(definition: str, *links: ControlLink, maker: str = "x", named: str = "n") -> MakerMatch:
    rule = MakerRule(named=(NamedMaker(named, ALL),), definition=DEFINITIONS.by_id[definition])
    return Maker(maker, "identified", Owned(*links), DAY, None).match((rule,))


def listed(
    *links: ControlLink, on: date = DAY, country: str = "HK", country_verified: bool = True
) -> MakerMatch:
    """How ``x`` stands to the list by the 50 % rule; it is an entity of ``country``."""
    rule = MakerRule(list_id="bis-entity-list", list_reach=ALL, definition=DEFINITIONS.by_id["bis-50"])
    register = Owned(*links)
    register.organisations["x"] = organisation("x", country, country_verified=country_verified)
    return Maker("x", "identified", register, on, None).match((rule,))


def organisation(org: str, country: str, *, country_verified: bool) -> Organisation:
    return Organisation(org, org, "affiliate", country, country_verified, (), (), (), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("links", "truth"),
    [
        ((held("x", "n"),), TRUE),
        ((held("n", "x"),), TRUE),
        ((held("x", "third"), held("n", "third")), TRUE),
        ((held("x", "mid"), held("mid", "n")), TRUE),
        ((held("x", "n", "49", "minority"),), UNKNOWN),
        ((held("n", "x", "49", "minority"),), UNKNOWN),
        ((held("x", "n", kind="joint-venture"),), UNKNOWN),
        ((held("x", "n", verified=False),), UNKNOWN),
        ((held("x", "state", kind="state-holding"), held("n", "state", kind="state-holding")), UNKNOWN),
        ((held("x", "third"), held("m", "third")), FALSE),
        ((), FALSE),
    ],
)
def test_by_the_far_control_makes_affiliates_either_way_and_under_a_third(
    links: tuple[ControlLink, ...], truth: int
) -> None:
    assert matched("far-2.101", *links).truth == truth


def test_a_state_that_holds_both_is_a_question_that_names_it() -> None:
    match = matched(
        "far-2.101", held("x", "state", kind="state-holding"), held("n", "state", kind="state-holding")
    )
    assert match.question == "does state control both x and n in the sense of FAR 2.101?"


def test_a_state_above_a_mere_part_is_too_far() -> None:
    links = (
        held("x", "fund", "5", "minority"),
        held("fund", "state", kind="state-holding"),
        held("n", "state", kind="state-holding"),
    )
    assert matched("far-2.101", *links).truth == FALSE


@pytest.mark.parametrize(
    ("share", "truth"), [("10", FALSE), ("10.01", TRUE), (">10", TRUE), ("9-11", UNKNOWN), (None, UNKNOWN)]
)
def test_by_the_fcc_more_than_a_tenth_makes_an_affiliate_and_a_tenth_does_not(
    share: str | None, truth: int
) -> None:
    owned = matched("fcc-2.903", held("x", "n", share, "minority"))
    owner = matched("fcc-2.903", held("n", "x", share, "minority"))
    sisters = matched("fcc-2.903", held("x", "t", share, "minority"), held("n", "t", "100"))
    # What a part below the threshold makes of control stays open.
    assert [match.truth for match in (owned, owner, sisters)] == [max(truth, UNKNOWN)] * 3


def test_a_share_through_others_is_multiplied_by_the_fcc() -> None:
    through = matched("fcc-2.903", held("x", "m", "40", "minority"), held("m", "n", "30", "minority"))
    assert through.truth == TRUE
    assert through.control is not None
    assert (
        "(affiliate by 47 CFR 2.903(c): more than 10 % of the equity, directly or indirectly)"
        in through.control
    )


def test_the_question_about_a_share_says_whose_and_how_much() -> None:
    match = matched("fcc-2.903", held("x", "n", None, "minority"))
    assert match.question == (
        "what share does n hold in x on that day? Caught is more than 10 % of the equity, directly or"
        " indirectly (47 CFR 2.903(c))"
    )


@pytest.mark.parametrize(
    ("links", "truth"),
    [
        ((held("x", "a", "50"),), TRUE),
        ((held("x", "a", "49.99"),), FALSE),
        ((held("x", "a", "30"), held("x", "b", "25")), TRUE),
        ((held("x", "a", "30"), held("x", "c", "25")), FALSE),
        ((held("x", "m", "50"), held("m", "a", "50")), TRUE),
        ((held("x", "a"),), UNKNOWN),
        ((held("x", "a", "60", verified=False),), UNKNOWN),
        ((held("a", "x", "100"),), FALSE),
        ((held("x", "third", "100"), held("a", "third", "100")), FALSE),
    ],
)
def test_by_the_bis_rule_shares_of_listed_owners_add_up_and_control_alone_is_not_enough(
    links: tuple[ControlLink, ...], truth: int
) -> None:
    assert listed(*links).truth == truth


def test_owners_that_were_not_listed_yet_do_not_count() -> None:
    links = (held("x", "a", "30"), held("x", "b", "25"))
    assert listed(*links, on=date(2019, 5, 20)).truth == FALSE
    assert listed(*links, on=date(2019, 5, 21)).truth == TRUE


def test_the_fifty_per_cent_rule_reaches_only_entities_of_other_countries() -> None:
    """A company of the United States is a US person, whoever owns it; where it sits must be known."""
    assert listed(held("x", "a", "100")).truth == TRUE
    assert listed(held("x", "a", "100"), country="US").truth == FALSE
    match = listed(held("x", "a", "100"), country="US", country_verified=False)
    assert match.truth == UNKNOWN
    assert match.question == "is x organised outside US?"


def test_the_shares_are_told_with_their_owners() -> None:
    match = listed(held("x", "a", "30"), held("x", "b", "25"))
    assert match.control == (
        "x is held 55 % by a and b [x <- a (holder 30 %); x <- b (holder 25 %)],"
        " on the list or held so themselves (subsidiary by 15 CFR part 744, supplement no. 8:"
        " 50 % or more of the equity, directly or indirectly, alone or together)"
    )


def test_of_a_chain_the_open_link_is_asked_for_and_every_link_is_told() -> None:
    known = listed(held("x", "m", "60"), held("m", "a", "70"))
    assert (known.truth, known.question) == (TRUE, None)
    assert known.control is not None
    assert "x <- m (holder 60 %)]; m is held 70 % by a [m <- a (holder 70 %)], on the list" in known.control
    open_link = listed(held("x", "m", "60"), held("m", "a"))
    assert open_link.truth == UNKNOWN
    assert (open_link.question or "").startswith(
        "what share does a hold in m on that day? Caught is 50 % or more"
    )


def test_owners_that_hold_each_other_are_no_trap() -> None:
    circle = (held("x", "m", "60"), held("m", "k", "60"), held("k", "m", "30"))
    assert listed(*circle).truth == FALSE
    assert listed(*circle, held("k", "a")).truth == UNKNOWN
    assert listed(*circle, held("k", "a", "50")).truth == TRUE


def test_where_only_the_named_ones_are_meant_no_tie_matters() -> None:
    assert matched("listed-by-name", held("x", "n", "100")).truth == FALSE
    assert matched("listed-by-name", maker="n").truth == TRUE


def test_an_unknown_definition_is_refused_with_what_to_do() -> None:
    with pytest.raises(FactsError, match='"far" is no definition'):
        DEFINITIONS.of({"affiliates_by": "far"}, {"id": "some-measure"})


def test_a_definition_that_looks_beside_the_members_of_a_list_is_refused() -> None:
    makers = {"affiliates_by": "far-2.101", "member_of": {"list": "ndaa-1260h", "reach": ["affiliates"]}}
    with pytest.raises(FactsError, match="beside the members of a list"):
        DEFINITIONS.of(makers, {"id": "some-measure"})


def test_a_definition_of_other_words_than_those_reached_is_refused() -> None:
    makers = {"affiliates_by": "far-2.101", "named": [{"org": "huawei", "reach": ["subsidiaries"]}]}
    with pytest.raises(FactsError, match="does not say what subsidiaries are"):
        DEFINITIONS.of(makers, {"id": "some-measure"})


def test_the_makers_own_definition_goes_before_the_measures_and_that_before_the_lists() -> None:
    measure, holder = (
        {"id": "rule", "affiliates_by": "fcc-2.903"},
        {"id": "list", "affiliates_by": "far-2.101"},
    )
    found = (
        DEFINITIONS.of({"affiliates_by": "section-805"}, measure, holder),
        DEFINITIONS.of({}, measure, holder),
        DEFINITIONS.of({}, {"id": "x"}, holder),
    )
    assert [one and one.id for one in found] == ["section-805", "fcc-2.903", "far-2.101"]
    assert DEFINITIONS.of({}, {"id": "x"}, {"id": "y"}) is None


def test_half_or_more_is_the_same_everywhere() -> None:
    register = Owned(held("x", "n", "50"))
    register.organisations["x"] = organisation("x", "US", country_verified=True)
    rule = MakerRule(named=(NamedMaker("n", ALL),), definition=DEFINITIONS.by_id["half-or-more"])
    assert Maker("x", "identified", register, DAY, None).match((rule,)).truth == TRUE
    assert matched("half-or-more", held("x", "n", "49.9")).truth == FALSE
    assert matched("half-or-more", held("x", "n")).truth == UNKNOWN
