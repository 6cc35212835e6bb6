"""Categories are those of the facts; what is stated and what a model implies, and which goes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.facts.equipment_words import category_ids
from clearband.identify.categories import (
    category_of_family,
    category_of_text,
    contradicts,
    is_finer,
)
from clearband.identify.families import family_index
from clearband.model.product_kinds import SEVERAL_CATEGORIES
from clearband.register import Register

Verdict = Callable[..., dict[str, Any]]


def test_every_category_that_a_model_implies_is_one_of_the_facts(register: Register) -> None:
    implied = {category_of_family(hit.family) for hit in family_index(register).hits}
    assert implied - {None} <= category_ids()


def test_every_kind_of_the_facts_is_a_category_or_said_to_be_several(register: Register) -> None:
    silent = {
        hit.family.kind for hit in family_index(register).hits if category_of_family(hit.family) is None
    }
    assert silent <= set(SEVERAL_CATEGORIES)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("LTE CPE", "cpe"),
        ("NVR", "video-recorder"),
        ("XVR", "video-recorder"),
        ("DVR", "video-recorder"),
        ("video recorder", "video-recorder"),
        ("bullet camera, white, no label", "camera"),
        ("UPS", "power"),
        ("rack PDU", "power"),
        ("battery string", "power"),
        ("patch panel", "cabling"),
        ("fan tray", "module-card"),
        ("PSU 750W", "module-card"),
        ("SFP 10G LR", "pluggable"),
        ("sector antenna", "antenna-passive"),
        ("antenna 18 dBi", "antenna-passive"),
        ("radio", "radio"),
        ("5G radio", "ran-5g"),
        ("microwave radio", "microwave"),
        ("radio tower", None),
        ("thing", None),
    ],
)
def test_plain_words_tell_a_category(text: str, category: str | None) -> None:
    assert category_of_text(text) == category


@pytest.mark.parametrize(
    ("model", "category"),
    [
        ("Rack UPS 1500", "power"),
        ("24 port patch panel", "cabling"),
        ("SFP-10G-LR", "pluggable"),
        ("NVR 8ch", "video-recorder"),
        ("fan tray", "module-card"),
        ("X1", None),
    ],
)
def test_words_of_the_model_tell_it_when_nothing_else_does(
    model: str, category: str | None, verdict: Verdict
) -> None:
    row = verdict(model=model)
    assert (row["category"], row["category_basis"]) == (category, "model words" if category else None)


def test_a_role_does_not_make_a_camera_of_a_server(verdict: Verdict) -> None:
    row = verdict(manufacturer="Dell", model="PowerEdge R640", category="Camera")
    assert row["category"] == "server"
    assert row["category_basis"] == "model family; the inventory says Camera"


@pytest.mark.parametrize(
    ("model", "stated", "category"),
    [
        ("DS-2CD2032-I", "NVR", "camera"),  # a camera, whatever the list is called
        ("SmartAX MA5800-X17", "line card", "module-card"),  # a part of it
        ("ZXSDR R8892", "RRU", "rru"),  # finer than the scheme
        ("NE40E-X8", "Core Router", "core-router"),
    ],
)
def test_a_finer_word_or_a_part_stays_as_stated(
    model: str, stated: str, category: str, verdict: Verdict
) -> None:
    assert verdict(model=model, category=stated)["category"] == category


def test_the_stated_kind_speaks_a_little_for_a_weak_scheme_of_that_kind(verdict: Verdict) -> None:
    without = verdict(model="M-200")
    row = verdict(model="M-200", category="firewall")
    camera = verdict(model="M-200", category="camera")
    assert row["confidence"] > without["confidence"] == camera["confidence"]
    assert row["maker_status"] == "unidentified"
    assert [piece["signal"] for piece in row["evidence"]] == ["model", "category"]


def test_a_radio_is_whatever_kind_of_radio_its_model_is() -> None:
    for kind in ("rru", "microwave", "dmr"):
        assert is_finer(kind, "radio")
        assert not contradicts("radio", kind)
    assert contradicts("radio", "camera")


@pytest.mark.parametrize(
    ("maker", "model", "kind", "expected"),
    [
        ("google", "Nexus 9300 case", "smartphone", "google"),
        ("Axis", "Nexus 5672 dome", "camera", "axis"),
    ],
)
def test_a_scheme_of_another_kind_does_not_contradict_the_stated_maker(
    maker: str, model: str, kind: str, expected: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=maker, model=model, category=kind)
    assert (row["maker"], row["contradiction"]) == (expected, False)


def test_a_listed_maker_s_scheme_contradicts_whatever_the_kind_is_called(verdict: Verdict) -> None:
    row = verdict(manufacturer="Dell", model="S5731-H48P4XC", category="server")
    assert (row["maker"], row["contradiction"]) == (None, True)


def test_a_phone_that_huawei_made_for_google_is_not_cleared_as_google_s(verdict: Verdict) -> None:
    row = verdict(manufacturer="Google", model="Nexus 6P H1511", category="smartphone")
    assert row["maker"] is None
    assert "Huawei" in row["would_help"]
    assert "Cisco" not in row["would_help"]


def test_the_line_that_was_sold_with_its_name_is_the_stated_owner_s(verdict: Verdict) -> None:
    for maker in ("xFusion", "Huawei"):
        row = verdict(manufacturer=maker, model="FusionServer 2288H V6", category="server")
        assert (row["maker"], row["contradiction"]) == (maker.lower(), False)
