"""Cells as people type them: the best of those that were once read wrong, or could be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify.stated_names import is_doubtful

Verdict = Callable[..., dict[str, Any]]

STATED = [
    # Cell of the manufacturer column, status, maker or most likely one, mentions
    ("LTS (Hikvision OEM)", "unidentified", "hikvision", {"hikvision"}),
    ("Amcrest (Dahua OEM)", "identified", "dahua", set()),
    ("Lorex", "identified", "lorex", set()),
    ("HiWatch", "identified", "hikvision", set()),
    ("Ezviz", "identified", "ezviz", set()),
    ("Uniview (UNV)", "identified", "uniview", set()),
    ("Hytera Mobilfunk", "identified", "hytera-mobilfunk", set()),
    ("HMF", "unidentified", "hytera-mobilfunk", set()),
    ("Zhone", "identified", "dzs", set()),
    ("ZTEWelink", "identified", "ztewelink", set()),
    ("ZTEBright", "named", "ztebright", {"zte"}),
    ("Huafeng", "named", "huafeng", set()),
    ("Dahua Lighting Co", "unidentified", "dahua", {"dahua"}),
    ("Hikvision clone", "unidentified", None, {"hikvision"}),
    ("Generic (Huawei chipset)", "unidentified", None, {"huawei"}),
    ("T-Mobile (ZTE)", "identified", "zte", set()),
    ("made by Huawei", "identified", "huawei", set()),
    ("refurb Huawei", "identified", "huawei", set()),
    ("Ciena (OEM)", "identified", "ciena", set()),
    ("HUAWEI 华为", "identified", "huawei", set()),
    ("Huaweitech", "identified", "huawei", set()),
    ("하이크비전", "identified", "hikvision", set()),
    ("Aruba (HPE)", "identified", "aruba", set()),
    ("Made in China", "unidentified", None, set()),
    ("Axon", "unidentified", "zte", set()),
    ("Blade Dynamics Group", "named", "blade-dynamics-group", {"zte"}),
    ("Ascend Learning Networks", "named", "ascend-learning-networks", {"huawei"}),
    ("UK", "unidentified", None, set()),
    ("Shenzhen", "unidentified", None, set()),
    ("Endress & Hauser", "named", "endress-hauser", set()),
    ("Nokia / Foobar", "unidentified", "nokia", set()),
]


@pytest.mark.parametrize(("text", "status", "maker", "mentioned"), STATED)
def test_a_stated_cell(
    text: str, status: str, maker: str | None, mentioned: set[str], verdict: Verdict
) -> None:
    row = verdict(manufacturer=text)
    assert row["maker_status"] == status
    assert (row["maker"] or row["runner_up"]) == maker
    assert {mention["maker"] for mention in row["mentions"]} == mentioned


@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("Huawei/Ericsson", ("Huawei", "Ericsson")),
        ("ZTE or Nokia?", ("ZTE", "Nokia")),
        ("Hikvision / Dahua", ("Hikvision", "Dahua")),
        ("Huawei & ZTE", ("Huawei", "ZTE")),
        ("Nokia, Huawei", ("Nokia", "Huawei")),
        ("华为/中兴", ("Huawei", "ZTE")),
        ("华为中兴", ("Huawei", "ZTE")),
        ("Хуавей или Нокиа", ("Huawei", "Nokia")),
        ("Ericsson → Huawei", ("Ericsson", "Huawei")),
    ],
)
def test_several_makers_stay_open_and_are_both_told(
    text: str, makers: tuple[str, str], verdict: Verdict
) -> None:
    row = verdict(manufacturer=text)
    assert (row["maker_status"], row["contradiction"]) == ("unidentified", True)
    assert row["runner_up"] in ("huawei", "zte", "dahua", "hikvision")
    assert all(maker in row["would_help"] for maker in makers)


def test_one_address_does_not_clear_what_may_be_huawei_and_two_signals_settle_it(verdict: Verdict) -> None:
    one = verdict(manufacturer="Nokia / Huawei", macs=["14:55:b9:00:00:01"])
    two = verdict(manufacturer="Nokia / Huawei", macs=["14:55:b9:00:00:01"], model="7750 SR-7")
    other = verdict(manufacturer="Nokia / Huawei", macs=["04:ca:ed:cf:aa:08"])
    assert (one["maker_status"], one["contradiction"]) == ("unidentified", True)
    assert (two["maker"], two["contradiction"]) == ("nokia", True)
    assert (other["maker"], other["contradiction"]) == ("huawei", True)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Nokia (ex Huawei)", "huawei"),
        ("formerly Huawei now Nokia", "huawei"),
        ("Nokia not Huawei", "huawei"),
        ("Nokia (replaces ZTE)", "zte"),
    ],
)
def test_what_a_phrase_denies_is_a_mention_and_the_maker_stays(
    text: str, denied: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=text)
    assert (row["maker"], row["contradiction"]) == ("nokia", False)
    assert [mention["maker"] for mention in row["mentions"]] == [denied]


@pytest.mark.parametrize("text", ["was ZTE", "not ZTE", "ZTE compatible", "non-ZTE"])
def test_a_cell_that_only_denies_names_nobody(text: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=text)
    assert row["maker_status"] == "unidentified"
    assert [mention["maker"] for mention in row["mentions"]] == ["zte"]


@pytest.mark.parametrize("text", ["Huawei?", "maybe Huawei", "prob. Huawei", "Huawei (tbc)", "疑似华为"])
def test_doubt_needs_a_second_cue(text: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=text)
    assert (row["maker_status"], row["runner_up"]) == ("unidentified", "huawei")
    assert verdict(manufacturer=text, macs=["04:ca:ed:cf:aa:08"])["maker"] == "huawei"


@pytest.mark.parametrize("text", ["May be X", "to be confirmed: X", "peut-être X", "Quizás X", "X？"])
def test_doubt_is_understood_in_other_words_and_languages(text: str) -> None:
    assert is_doubtful(text)


@pytest.mark.parametrize("text", ["Huawei", "Motorola", "orbit", "May Technologies", "To Be"])
def test_a_word_that_opens_a_phrase_of_doubt_is_no_doubt(text: str) -> None:
    assert not is_doubtful(text)


@pytest.mark.parametrize(
    "text", ["Nokia 7750 (or Huawei NE40?)", "Huawei B618 / ZTE MF286", "Huawei/Ericsson RRU"]
)
def test_a_model_that_names_several_stays_open(text: str, verdict: Verdict) -> None:
    row = verdict(model=text)
    assert (row["maker_status"], row["contradiction"]) == ("unidentified", True)


@pytest.mark.parametrize(
    "text",
    [
        "Hikvision-compatible mount",
        "Mount for Hikvision DS-2CD2032",
        "Dahua-style dome",
        "UPS for Huawei BTS",
    ],
)
def test_an_accessory_is_not_the_makers(text: str, verdict: Verdict) -> None:
    row = verdict(model=text)
    assert row["maker_status"] == "unidentified"
    assert row["mentions"]


@pytest.mark.parametrize("text", ["Titan 300", "Aspire 300", "Foobar 300", "Sentinel 12", "Spectrum"])
def test_a_product_line_becomes_no_maker(text: str, verdict: Verdict) -> None:
    row = verdict(model=text)
    assert row["maker_status"] == "unidentified"
    assert row["runner_up"] is None


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("\u041du\u0430w\u0435i", "huawei"),  # Cyrillic Н, а, е
        ("\u0397ikvision", "hikvision"),  # Greek Η
        ("Dahu\u0430", "dahua"),
        ("Z\u0422\u0415", "zte"),
    ],
)
def test_letters_of_other_alphabets_are_read_as_they_look(text: str, maker: str, verdict: Verdict) -> None:
    assert verdict(manufacturer=text)["maker"] == maker


@pytest.mark.parametrize("text", ["Хуавей", "Хуавэй"])
def test_a_word_that_does_not_look_latin_is_read_by_its_sound(text: str, verdict: Verdict) -> None:
    assert verdict(manufacturer=text)["maker"] == "huawei"


@pytest.mark.parametrize(
    ("text", "maker"),
    [("HuaweiNE40E", "huawei"), ("HikvisionDS-2CD2032-I", "hikvision"), ("ZTEMF286", "zte")],
)
def test_a_name_glued_to_a_model_number_is_seen(text: str, maker: str, verdict: Verdict) -> None:
    alone, beside = verdict(model=text), verdict(manufacturer="Cisco", model=text)
    assert alone["maker"] == maker
    assert [mention["maker"] for mention in alone["mentions"]] == [maker]
    assert (beside["maker_status"], beside["contradiction"]) == ("unidentified", True)


@pytest.mark.parametrize("text", ["Huaweitech", "Dahuan", "DJIbox", "Aztec12"])
def test_a_word_that_only_begins_as_a_name_has_no_number_behind_it(text: str, verdict: Verdict) -> None:
    row = verdict(model=text)
    assert (row["runner_up"], row["mentions"]) == (None, [])


@pytest.mark.parametrize(
    ("maker", "brand"), [("Cisco", "Huawei"), ("Foxconn", "Huawei"), ("Bosch", "Dahua"), ("Nokia", "ZTE")]
)
def test_a_brand_that_a_list_may_forbid_is_not_cleared_by_the_makers_column(
    maker: str, brand: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=maker, brand=brand)
    assert (row["maker_status"], row["contradiction"]) == ("unidentified", True)
    assert brand in row["would_help"]


def test_two_signals_that_nobody_typed_settle_it_and_the_brand_still_contradicts(verdict: Verdict) -> None:
    row = verdict(manufacturer="Cisco", brand="Huawei", model="C9300-48P", macs=["00:0b:46:00:00:01"])
    assert (row["maker"], row["contradiction"]) == ("cisco", True)


@pytest.mark.parametrize(
    ("maker", "brand", "found"),
    [("Huawei", "Cisco", "huawei"), ("Dahua", "Lorex", "dahua"), ("HiSilicon", "Huawei", "hisilicon")],
)
def test_another_brand_on_a_box_that_a_list_may_forbid_changes_nothing(
    maker: str, brand: str, found: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=maker, brand=brand)
    assert (row["maker"], row["contradiction"]) == (found, False)


def test_a_denied_brand_contradicts_nothing(verdict: Verdict) -> None:
    row = verdict(manufacturer="Nokia", brand="was ZTE")
    assert (row["maker"], row["contradiction"]) == ("nokia", False)
