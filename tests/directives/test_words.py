"""Plain words: purposes, approvals and kinds of equipment."""

from __future__ import annotations

import pytest

from clearband.directives.law import Law
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.facts.equipment_words import category_ids, category_of


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("router", "router"),
        ("consumer router", "consumer-router"),
        ("Consumer-grade routers", "consumer-router"),
        ("5G RAN", "ran-5g"),
        ("5G core", "core-5g"),
        ("4G core", "mobile-core"),
        ("5G massive MIMO antenna", "aau"),
        ("base station", "ran"),
        ("handset", "handset"),
        ("server containing SMIC semiconductors", "server"),
        ("backhaul service", "backhaul-service"),
        ("backhaul radio", "microwave"),
        ("OLT", "olt"),
        ("LTE CPE", "cpe"),
        ("DMR portable", "dmr"),
        ("DMR repeater", "dmr"),
        ("door station", "intercom"),
        ("face terminal", "access-terminal"),
        ("thermal camera", "camera"),
        ("Core Switch", "switch"),
        ("Distribution Switch", "switch"),
        ("core router", "core-router"),
        ("core", "mobile-core"),
        ("PDU", "power"),
        ("E-band microwave", "microwave"),
        ("mobile hotspot", "hotspot"),
        ("home gateway", "cpe"),
        ("module", "module-card"),
        ("cellular module", "module"),
        ("semiconductors", "semiconductor"),
        ("gnb", "gnb"),
        ("AMF", "amf"),
    ],
)
def test_words_of_inventories_mean_a_category(text: str, category: str) -> None:
    match = category_of(text)
    assert match is not None
    assert match.category == category


@pytest.mark.parametrize(
    "text", ["replacement for Dahua unit", "replacement for Huawei switch", "", "misc", "USB hub", "??", None]
)
def test_what_tells_no_kind_is_not_guessed(text: str | None) -> None:
    assert category_of(text) is None


@pytest.mark.parametrize("category", sorted(category_ids() - {"module"}))
def test_the_id_of_a_category_means_itself(category: str) -> None:
    match = category_of(category)
    assert match is not None
    assert match.category == category


def test_a_stated_purpose_holds_and_rules_others_out(law: Law) -> None:
    farm = law.purposes.read("watching livestock in a private farm shed, own money")
    assert farm.stated == ("private-property", "own-money")
    assert farm.any_holds(["public-safety", "national-security"]) == FALSE
    assert farm.any_holds(["own-money"]) == TRUE
    assert farm.any_holds(["third-party-connection"]) == UNKNOWN


@pytest.mark.parametrize(
    "text", [None, "", "zebra counting", "not for public safety", "no public safety use"]
)
def test_nothing_said_nothing_understood_and_a_denial_are_unknown(text: str | None, law: Law) -> None:
    reading = law.purposes.read(text)
    assert not reading.understood
    assert reading.any_holds(["public-safety"]) == UNKNOWN


def test_a_denied_approval_is_its_own_entry(law: Law) -> None:
    reading = law.approvals.read("maker not designated a trusted source")
    assert reading.stated == ("not-trusted-source",)
    assert reading.any_holds(["trusted-source"]) == FALSE


def test_the_narrower_approval_implies_the_wider(law: Law) -> None:
    reading = law.approvals.read("dow-conditional-approval")
    assert reading.any_holds(["conditional-approval"]) == TRUE
    assert law.approvals.read("conditional-approval").any_holds(["dow-conditional-approval"]) == UNKNOWN


@pytest.mark.parametrize(
    ("category", "class_id", "truth"),
    [
        ("switch", "telecom", TRUE),
        ("dmr", "telecom", TRUE),
        ("server", "telecom", UNKNOWN),
        ("module-card", "telecom", UNKNOWN),
        ("telecom-service", "telecom", FALSE),
        ("camera", "video-surveillance", TRUE),
        ("cpe", "consumer-router", UNKNOWN),
        ("core-router", "consumer-router", FALSE),
        (None, "telecom", UNKNOWN),
        ("no-such-category", "telecom", UNKNOWN),
    ],
)
def test_a_class_has_a_category_may_have_it_or_has_it_not(
    category: str | None, class_id: str, truth: int, law: Law
) -> None:
    assert law.equipment.membership(category, class_id) == truth


def test_an_exception_does_not_rest_on_what_another_statement_rules_out(law: Law) -> None:
    both, one = (law.purposes.read(text) for text in ("own money and USF support", "own money"))
    assert (both.any_holds(["own-money"]), both.any_holds(["usf-support"])) == (TRUE, TRUE)
    assert (both.excuses(["own-money"]), one.excuses(["own-money"])) == (UNKNOWN, TRUE)
    assert one.excuses(["usf-support"]) == FALSE


@pytest.mark.parametrize(
    ("text", "subsidy", "excused"),
    [
        ("own money", FALSE, TRUE),
        ("partly own money", UNKNOWN, UNKNOWN),
        ("half our own money", UNKNOWN, UNKNOWN),
        ("mostly usf support", TRUE, UNKNOWN),
        ("own money and usf support", TRUE, UNKNOWN),
    ],
)
def test_what_is_said_of_a_part_rules_nothing_out(law: Law, text: str, subsidy: int, excused: int) -> None:
    reading = law.purposes.read(text)
    assert reading.any_holds(["usf-support"]) == subsidy
    assert reading.excuses(["own-money"]) == excused
