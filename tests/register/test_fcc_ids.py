"""FCC IDs in any notation, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.facts.store import compiled
from clearband.identify.identifiers import observe_fcc_id
from clearband.register import load_register
from clearband.register.fcc_ids import FccId, read_fcc_ids

REGISTER = load_register()


@pytest.mark.parametrize(
    ("text", "code", "product"),
    [
        ("FCC ID: QIS-B618", "QIS", "B618"),
        ("FCC ID:QISB618S-22D", "QIS", "B618S-22D"),
        ("fccid qis b618", "QIS", "B618"),
        ("FCC-ID#QIS-B618", "QIS", "B618"),
        ("2AHKM-RT5350", "2AHKM", "RT5350"),
        ("2ahkmrt5350", "2AHKM", "RT5350"),
        ("  SRQ-MF296C ", "SRQ", "MF296C"),
        ("XMR201606EC21A", "XMR", "201606EC21A"),
        ("QIS", "QIS", ""),
    ],
)
def test_a_code_has_three_characters_or_five_when_it_begins_with_a_digit(text, code, product):
    assert read_fcc_ids(text) == (FccId(code, product),)


@pytest.mark.parametrize("text", ["", "-", "1AB-123", "Q", "FCC ID:", "siehe Etikett!", "0ABCD1", "华为"])
def test_what_is_no_fcc_id_is_passed_over(text):
    assert read_fcc_ids(text) == ()


def test_a_module_inside_is_told_apart():
    text = "FCC ID: PY3-18300429, Contains FCC ID: XMR201606EC21A"
    assert [(one.code, one.inside) for one in read_fcc_ids(text)] == [("PY3", False), ("XMR", True)]


@given(st.text(max_size=60))
def test_any_text_is_read_or_passed_over(text):
    for one in read_fcc_ids(text):
        assert len(one.code) == (5 if one.code[0].isdigit() else 3)


@pytest.mark.parametrize(
    ("text", "maker", "known"),
    [
        ("FCC ID: QIS-B618", "huawei", True),
        ("2ADTD-5604SD", "hikvision", True),
        ("TE7A9V6", "tp-link", True),
        ("B32V200CP", "verifone", False),
    ],
)
def test_the_holder_of_a_code_is_the_maker(text, maker, known):
    (piece,) = observe_fcc_id(text, REGISTER).evidence
    assert piece.maker.startswith(maker)
    assert piece.known or not known
    assert piece.weight > 6


@pytest.mark.parametrize("text", ["XMR201606EC21A", "2AC7Z-ESPWROOM32", "SVN-IPC2", "Q78-ZXSDR"])
def test_a_module_maker_or_a_code_that_nobody_confirmed_is_a_hint(text):
    (piece,) = observe_fcc_id(text, REGISTER).evidence
    assert piece.weight < 4
    assert piece.note


def test_a_module_that_a_device_contains_is_a_mention():
    observed = observe_fcc_id("Contains FCC ID: QISME909S", REGISTER)
    assert observed.evidence == ()
    assert [(one.maker, one.why) for one in observed.mentions] == [("huawei", "a module inside the device")]


def test_whose_a_code_is_said_to_be_is_an_organisation_of_the_register():
    facts = compiled().read("fcc_grantees")["fcc_grantees"]
    assert {one["organisation"] for one in facts if "organisation" in one} <= REGISTER.organisations.keys()
