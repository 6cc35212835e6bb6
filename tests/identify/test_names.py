"""Who is meant by a name as people write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify import resolve_name, resolve_names
from clearband.register import Register


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("ZTE", "zte"),
        ("zte corp", "zte"),
        ("Z.T.E.", "zte"),
        ("Z T E", "zte"),
        ("HUAWEI TECH CO LTD", "huawei"),
        ("hua-wei", "huawei"),
        ("华为", "huawei"),
        ("华为技术有限公司", "huawei"),
        ("Хуавей", "huawei"),
        ("ХУАВЭЙ", "huawei"),
        ("ファーウェイ", "huawei"),
        ("هواوي", "huawei"),
        ("हुआवेई", "huawei"),
        ("HIK Vision", "hikvision"),
        ("海康威视", "hikvision"),
        ("杭州海康威视数字技术股份有限公司", "hikvision"),
        ("Dahua Tech USA", "dahua"),
        ("Zhejiang Dahua", "dahua"),
        ("大华股份", "dahua"),
        ("Hytera America", "hytera"),
        ("海能达", "hytera"),
        ("Cisco Systems, Inc", "cisco"),
        ("UBNT", "ubiquiti"),
        ("Super Micro", "supermicro"),
        ("Mellanox", "nvidia-mellanox"),
        ("АО Лаборатория Касперского", "kaspersky"),
    ],
)
def test_a_name_in_any_case_punctuation_legal_form_and_script(
    text: str, maker: str, register: Register
) -> None:
    match = resolve_name(text, register)
    assert match is not None
    assert match.org_id == maker


@pytest.mark.parametrize(
    ("typed", "maker"),
    [
        ("Huawai", "huawei"),
        ("Ciscso", "cisco"),
        ("ubiquity", "ubiquiti"),
        ("Hikvison", "hikvision"),
        ("Dahau", "dahua"),
        ("Palo Alto Netwokrs", "palo-alto-networks"),
    ],
)
def test_a_misspelt_name(typed: str, maker: str, register: Register) -> None:
    match = resolve_name(typed, register)
    assert match is not None
    assert (match.org_id, match.kind) == (maker, "fuzzy")


@pytest.mark.parametrize(
    "typed", ["ZTA", "ZTF", "XTE", "Nokta", "Crisco", "Cesco", "Dehua", "Huafei", "Huawei Restaurants"]
)
def test_another_name_is_no_misspelling(typed: str, register: Register) -> None:
    match = resolve_name(typed, register)
    assert match is not None
    assert match.org_id not in {"zte", "nokia", "cisco", "dahua"}
    assert match.org_id != "huawei" or match.score < 0.7


@pytest.mark.parametrize(
    "text", ["Aztech", "Aztec Radiomedia", "ZTEC Instruments", "ZTEC", "Naztec", "Z-Tec", "Hivision"]
)
def test_a_look_alike_is_somebody_else(text: str, register: Register) -> None:
    match = resolve_name(text, register)
    assert match is not None
    assert not match.known
    assert match.kind == "lookalike"


def test_no_look_alike_of_the_facts_becomes_what_it_resembles(register: Register) -> None:
    for lookalike in register.lookalikes:
        match = resolve_name(lookalike.name, register)
        assert match is not None, lookalike.name
        assert match.org_id not in lookalike.resembles, lookalike.name


def test_every_name_of_the_register_resolves_to_its_organisation_or_one_called_so(register: Register) -> None:
    for entry in register.names:
        match = resolve_name(entry.text, register)
        assert match is not None, entry
        assert match.known, entry


@pytest.mark.parametrize(
    "text",
    [
        "n/a",
        "N.A.",
        "Unknown",
        "?",
        "-",
        "Generic",
        "Imported",
        "OEM",
        "None",
        "TBD",
        "misc",
        "no name",
        "未知",
        "  ",
    ],
)
def test_a_placeholder_names_nobody(text: str, register: Register) -> None:
    assert resolve_name(text, register) is None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Camille Bauer", "camille-bauer"),
        ("Quillbrook Contact", "quillbrook-contact"),
        ("Endress & Hauser GmbH", "endress-hauser"),
        ("Q9", "q9"),
    ],
)
def test_an_unknown_maker_gets_a_slug_without_its_legal_form(
    text: str, slug: str, register: Register
) -> None:
    match = resolve_name(text, register)
    assert match is not None
    assert (match.maker, match.known) == (slug, False)


@pytest.mark.parametrize(
    "text",
    ["Suzhou Aquila Solutions Inc.", "Xiamen Aquila IoT Co., Ltd.", "Tianjin Hualai Technology", "Suzhou"],
)
def test_a_place_in_brackets_of_a_long_name_is_no_short_name(text: str, register: Register) -> None:
    # "Huawei Digital Technologies (Suzhou) Co., Ltd." is not called Suzhou.
    match = resolve_name(text, register)
    assert match is None or not match.known


def test_a_name_in_brackets_at_the_end_is_one(register: Register) -> None:
    # "Aruba Networks (HPE)", "Hirschmann Automation and Control GmbH (Belden)"
    match = resolve_name("Belden", register)
    assert match is not None
    assert match.org_id == "hirschmann"


def test_a_short_shared_abbreviation_says_so(register: Register) -> None:
    match = resolve_name("HW", register)
    assert match is not None
    assert match.abbreviation


def test_characters_that_only_sound_like_a_name_are_weak(register: Register) -> None:
    match = resolve_name("达华", register)
    assert match is not None
    assert match.kind == "homophone"


def test_former_parts_are_organisations_of_their_own(register: Register) -> None:
    found = resolve_names(["Honor", "H3C", "xFusion", "Huawei Marine"], register)
    assert [match and match.org_id for match in found.values()] == [
        "honor-device",
        "h3c",
        "xfusion",
        "huawei-marine",
    ]


def test_a_name_that_passed_on_tells_until_when(register: Register) -> None:
    match = resolve_name("FusionServer", register)
    assert match is not None
    assert match.until == "2021-11"
    assert "xfusion" in match.others


@pytest.mark.parametrize("word", ["Vertex", "Neat", "Essential", "Four Mobile", "Carrier HVAC"])
def test_a_name_that_happens_to_be_an_id_of_the_register_is_not_known_for_it(
    word: str, register: Register
) -> None:
    match = resolve_name(word, register)
    assert match is not None
    assert not match.known
    assert match.maker not in register.organisations


def test_no_id_of_the_register_is_a_name_that_it_does_not_know(register: Register) -> None:
    matches = resolve_names([name.replace("-", " ") for name in register.organisations], register)
    clashes = [m.maker for m in matches.values() if m and not m.known and m.maker in register.organisations]
    assert clashes == []


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("海能達", "hytera"),
        ("Caltta", "caltta"),
        ("Netas", "netas"),
        ("Netaş", "netas"),
        ("iRAYPLE", "huaray"),
        ("Whale Cloud", "ztesoft"),
    ],
)
def test_companies_around_listed_makers_are_known(
    name: str, maker: str, verdict: Callable[..., dict[str, Any]]
) -> None:
    assert verdict(manufacturer=name)["maker"] == maker


@pytest.mark.parametrize(
    "name",
    ["Cricket", "MetroPCS", "C Spire", "Consumer Cellular", "Straight Talk", "TracFone", "Bell", "TalkTalk"],
)
def test_a_carrier_s_name_alone_makes_nothing(name: str, verdict: Callable[..., dict[str, Any]]) -> None:
    row = verdict(manufacturer=name, category="handset")
    assert (row["maker"], row["brand"]) == (None, name)
    assert "is a carrier" in row["would_help"]
