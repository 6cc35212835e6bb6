"""Brands that sell hardware of others: the verdict says both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.register import load_register

Verdict = Callable[..., dict[str, Any]]

LABELS = [
    (label.brand.replace("(", "/").split("/")[0].strip(), organisation.id, label.as_of)
    for organisation in load_register().organisations.values()
    for label in organisation.white_label
]
OWN = {"hikvision": "44:19:b6:00:00:01", "dahua": "3c:ef:8c:00:00:01"}


def test_the_facts_hold_the_brands_that_are_known() -> None:
    assert {"Annke", "LTS", "Swann", "Amcrest", "Lorex", "Honeywell", "TruVision"} <= {
        one for one, _, _ in LABELS
    }


@pytest.mark.parametrize(("brand", "maker", "as_of"), LABELS)
def test_a_brand_is_the_brand_and_possibly_made_by_another(
    brand: str, maker: str, as_of: str | None, verdict: Verdict
) -> None:
    row = verdict(manufacturer=brand)
    if row["maker"] == maker:
        assert row["brand"] == brand
        return
    (told,) = (
        one for one in row["evidence"] if one["maker"] == maker and one["rule"].startswith("brand that sells")
    )
    assert as_of is None or told["note"].endswith(f"as of {as_of}")
    assert row["would_help"].startswith("some products of this brand are, or are said to be, made by")


@pytest.mark.parametrize(
    ("brand", "maker"), sorted({(brand, maker) for brand, maker, _ in LABELS if maker in OWN})
)
def test_an_address_of_the_maker_proves_it(brand: str, maker: str, verdict: Verdict) -> None:
    row = verdict(manufacturer=brand, macs=[OWN[maker]])
    assert row["maker"] == maker
    assert row["brand"].startswith(brand)


def test_another_brand_with_the_same_address_is_a_contradiction(verdict: Verdict) -> None:
    # Axis sells nobody's hardware under its name.
    row = verdict(manufacturer="Axis Communications", macs=[OWN["hikvision"]])
    assert row["contradiction"]
    assert row["would_help"]


def test_a_device_that_says_the_brand_and_has_the_number_of_the_maker_is_relabelled(verdict: Verdict) -> None:
    row = verdict(sys_object_id="1.3.6.1.4.1.1004849.2.1", sys_descr="Intelbras NVD")
    assert (row["maker"], row["brand"]) == ("dahua", "Intelbras")


def test_a_brand_with_addresses_of_its_own_may_have_made_the_box(verdict: Verdict) -> None:
    row = verdict(
        sys_object_id="1.3.6.1.4.1.1004849.2.1", sys_descr="Intelbras NVD", macs=["24:fd:0d:00:00:01"]
    )
    assert row["maker"] is None or row["contradiction"]


@pytest.mark.parametrize(
    ("brand", "model", "maker"),
    [
        ("TRENDnet", "TV-IP314PI", "hikvision"),
        ("ABUS", "IPCB42510A", "hikvision"),
        ("Bosch", "NBE-3502-AL", "dahua"),
        ("Toshiba", "IK-WB16A", "hikvision"),
        ("GE Security", "TruVision TVN-20 NVR", "hikvision"),
        ("Northern Video", "N4IP", "hikvision"),
        ("IC Realtime", "ICIP-B2000", "dahua"),
    ],
)
def test_a_brand_whose_cameras_are_said_to_be_another_s_is_asked_about(
    brand: str, model: str, maker: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=brand, model=model, category="camera")
    assert row["maker"] not in (None, maker)
    assert maker in {one["maker"] for one in row["evidence"] if one["source"] == "general knowledge"} | {
        row["runner_up"]
    }
    assert row["would_help"].startswith("some products of this brand are, or are said to be, made by")


@pytest.mark.parametrize(
    ("brand", "model", "category"),
    [
        ("TRENDnet", "TEG-30284", "switch"),
        ("Panasonic", "KX-NS700", "PBX"),
        ("Toshiba", "B-EX4T1", "printer"),
    ],
)
def test_other_things_of_such_a_brand_are_not(
    brand: str, model: str, category: str, verdict: Verdict
) -> None:
    assert verdict(manufacturer=brand, model=model, category=category)["would_help"] is None
