"""Brands that sell hardware of others: which they are, and what is said of whom the law reaches."""

from __future__ import annotations

from datetime import date

from clearband.directives.labels import hardware_sold
from clearband.directives.law import Law
from clearband.directives.makers import Maker
from clearband.directives.reaching import measures_reaching
from clearband.directives.truth import FALSE, UNKNOWN
from clearband.model.directive import MakerRule, NamedMaker
from clearband.register import load_register

ON = date(2026, 1, 1)
DAHUA = MakerRule(named=(NamedMaker("dahua"),))


def test_a_brand_is_found_by_its_id_or_by_a_part_of_its_name() -> None:
    sold = hardware_sold(load_register())
    assert [one.maker for one in sold["honeywell-security"]] == ["dahua", "hikvision"]
    assert [one.maker for one in sold["flir"]] == ["dahua"]
    assert "dahua" not in sold


def test_whose_hardware_a_brand_sells_is_no_question_where_it_is_dealt_with_itself() -> None:
    rules = (MakerRule(named=DAHUA.named, dealings=True),)
    assert Maker("amcrest", "identified", load_register(), ON, None).match(rules).truth == FALSE


def test_a_brand_of_two_makers_is_asked_in_the_same_words_by_every_clause() -> None:
    maker = Maker("honeywell-security", "identified", load_register(), ON, None)
    hikvision = MakerRule(named=(NamedMaker("hikvision"),))
    matches = [maker.match((rule,)) for rule in (DAHUA, hikvision)]
    assert [match.truth for match in matches] == [UNKNOWN, UNKNOWN]
    assert matches[0].question == matches[1].question
    assert [len(match.notes) for match in matches] == [1, 1]


def test_who_shows_the_measures_that_may_reach_a_brand_as_open(law: Law) -> None:
    found = {measure.directive: measure for measure in measures_reaching("amcrest", load_register(), law, ON)}
    section = found["us-ndaa-fy2019-889-a1a"]
    assert not section.certain
    assert section.question == "who made this unit? Amcrest sells hardware of Dahua under its own name"
    assert "us-bis-entity-list-huawei" not in found
