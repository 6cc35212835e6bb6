"""Names inside running text, and the phrases that make them no evidence."""

from __future__ import annotations

import pytest

from clearband.identify.spotting import spot_names
from clearband.register import Register


@pytest.mark.parametrize(
    "text",
    [
        "non-Huawei",
        "SFP-10G-LR Huawei-compatible",
        "bracket for Huawei AAU",
        "NVR compatible with Hikvision",
        "replacement for ZTE unit",
        "ex-ZTE site",
        "migrated from ZTE ZXA10",
        "Huawei removed, see ticket",
        "quote from Hytera rejected",
        "site Dahua Road",
        "customer: Hua Wei Restaurant",
        "大华路机房",
        "sits next to Cisco rack",
        "installed by Dahua Li",
    ],
)
def test_a_phrase_denies_the_name(text: str, register: Register) -> None:
    spots = spot_names(text, register)
    assert spots
    assert spots[0].trap


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("HIKVISION DS-2CD2032-I", "hikvision"),
        ("大华 SD49425XB-HNR", "dahua"),
        ("C320 Version V2.1 by ZTE Corporation", "zte"),
        ("HIK Vision camera", "hikvision"),
        ("Huawei Versatile Routing Platform", "huawei"),
    ],
)
def test_a_name_at_word_boundaries(text: str, maker: str, register: Register) -> None:
    spot = spot_names(text, register)[0]
    assert (spot.name.entry.org_id, spot.trap) == (maker, "")


@pytest.mark.parametrize(
    "text", ["Aztech modem", "aztezte", "extreme temperature", "honor roll", "mist sensor", "HW rev 2"]
)
def test_a_part_of_a_word_or_an_ordinary_word_is_no_name(text: str, register: Register) -> None:
    assert spot_names(text, register) == []


def test_every_phrase_of_the_facts_is_a_trap(register: Register) -> None:
    for trap in register.text_traps:
        for spot in spot_names(trap.example, register):
            if spot.name.entry.org_id in trap.resembles:
                assert spot.trap, trap.example
