"""Where the law says subsidiaries, and the register only calls the maker an affiliate."""

from __future__ import annotations

from datetime import date

from clearband.directives.makers import Maker
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.model.directive import MakerRule, NamedMaker
from clearband.model.organisation import Designation

from .conftest import SmallRegister, related

DAY = date(2026, 12, 1)
REGISTER = SmallRegister(
    paths={
        "imou": (related("imou", "dahua", "affiliate", kind="affiliate"),),
        "ezviz": (related("ezviz", "hikvision", "controlled"),),
        "stranger": (),
    },
    lists={"dahua": (Designation("a-list", "Dahua", True, "source", begins="2020-01-01"),)},
)


def named(maker: str, *reach: str) -> tuple[int, str | None]:
    rule = MakerRule(named=(NamedMaker("dahua", frozenset(reach)), NamedMaker("hikvision", frozenset(reach))))
    match = Maker(maker, "identified", REGISTER, DAY, None).match((rule,))
    return match.truth, match.question


def listed(maker: str, *reach: str) -> tuple[int, str | None]:
    rule = MakerRule(list_id="a-list", list_reach=frozenset(reach))
    match = Maker(maker, "identified", REGISTER, DAY, None).match((rule,))
    return match.truth, match.question


def test_who_is_called_an_affiliate_may_be_a_subsidiary() -> None:
    asked = "does dahua control imou? It is called an affiliate"
    assert named("imou", "subsidiaries") == (UNKNOWN, asked)
    assert listed("imou", "subsidiaries") == (UNKNOWN, asked)


def test_a_subsidiary_is_both_and_an_affiliate_is_one() -> None:
    assert named("ezviz", "subsidiaries")[0] == named("ezviz", "affiliates")[0] == TRUE
    assert named("imou", "affiliates")[0] == listed("imou", "affiliates")[0] == TRUE


def test_who_is_no_relative_is_not_asked_about() -> None:
    assert named("stranger", "subsidiaries")[0] == listed("stranger", "subsidiaries")[0] == FALSE
    assert named("imou")[0] == listed("imou")[0] == FALSE
