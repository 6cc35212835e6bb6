"""A kind that running text hints at clears no device of a listed maker; a device goes before a part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify.categories import category_of_text

Verdict = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("maker", "description"),
    [
        ("Huawei", "TV box"),
        ("Huawei", "video conferencing system monitor"),
        ("Huawei", "IdeaHub digital signage"),
        ("ZTE", "scanner"),
        ("Hikvision", "robot"),
    ],
)
@pytest.mark.parametrize("column", ["description", "model"])
def test_a_weak_kind_of_a_listed_maker_is_none(
    maker: str, description: str, column: str, verdict: Verdict
) -> None:
    row = verdict(manufacturer=maker, **{column: description})
    assert (row["category"], row["category_basis"]) == (None, None)


def test_a_stated_kind_stays(verdict: Verdict) -> None:
    row = verdict(manufacturer="Huawei", category="monitor")
    assert (row["category"], row["category_basis"]) == ("display", "stated")


def test_a_kind_of_telecommunications_stays(verdict: Verdict) -> None:
    row = verdict(manufacturer="Huawei", description="access switch, third floor")
    assert (row["category"], row["category_basis"]) == ("switch", "description")


def test_another_maker_keeps_its_monitor(verdict: Verdict) -> None:
    assert verdict(manufacturer="Dell", description="24 inch monitor")["category"] == "display"


def test_what_a_listed_maker_is_known_to_make_stays(verdict: Verdict) -> None:
    assert verdict(manufacturer="Unitree", description="robot dog, grey")["category"] == "robot"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Router, cable included", "router"),
        ("cabinet, outdoor, with BBU inside", "bbu-du"),
        ("GPON splitter cabinet OLT", "olt"),
        ("rack with switch", "switch"),
        ("camera mount", "cabling"),
        ("cable for router", "cabling"),
        ("network cable, blue", "cabling"),
        ("patch panel, 24 ports", "cabling"),
    ],
)
def test_a_device_goes_before_a_passive_part(text: str, category: str) -> None:
    assert category_of_text(text) == category
