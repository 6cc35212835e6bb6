"""Pairs that a person who screens has to see, in a list of a few names such as people keep."""

from __future__ import annotations

import polars as pl
import pytest

from clearband.matching import Matcher, at_large
from clearband.matching.matcher import HINT

LISTED = [
    "Huawei Technologies Co., Ltd.",
    "ZTE Corporation",
    "Hangzhou Hikvision Digital Technology Co., Ltd.",
    "Dahua Technology Co., Ltd.",
    "Nokia Corporation",
    "Cisco Systems Inc",
    "General Technology Co., Ltd.",
]
MATCHER = Matcher.of(pl.Series(LISTED), pl.Series(LISTED), at_large())


def best(name: str) -> tuple[str | None, float]:
    found = MATCHER.match(pl.Series([name]), limit=1)
    return (LISTED[found["listed"][0]], found["score"][0]) if found.height else (None, 0.0)


@pytest.mark.parametrize("name", ["ZTE", "ZTE Ltd", "zte corp."])
def test_a_name_that_differs_by_its_legal_form_only_is_a_match(name: str) -> None:
    listed, score = best(name)
    assert listed == "ZTE Corporation"
    assert score >= MATCHER.threshold


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("ZTE USA Inc", "ZTE Corporation"),
        ("ZTE Corp. (USA)", "ZTE Corporation"),
        ("Huawie Technolgies", "Huawei Technologies Co., Ltd."),
        ("Хуавей", "Huawei Technologies Co., Ltd."),
    ],
)
def test_a_rare_name_with_a_place_or_misspelt_twice_is_at_least_possible(name: str, listed: str) -> None:
    assert best(name)[0] == listed
    assert best(name)[1] >= HINT * MATCHER.threshold


@pytest.mark.parametrize("name", ["General Technology USA", "Systems Corporation", "USA Inc", "Technology"])
def test_common_words_are_still_no_match(name: str) -> None:
    assert best(name)[1] < MATCHER.threshold
