"""What a person who screens must at least see: bare brands, slips of the hand, other scripts."""

from __future__ import annotations

import polars as pl
import pytest

from clearband.matching import Matcher
from clearband.matching.answers import Asking, answers
from clearband.register import load_register
from tests.matching.conftest import classes, invented, matcher_of

LISTED = [
    ("huawei", "Huawei Technologies Co., Ltd."),
    ("huawei", "华为"),
    ("zte", "ZTE Corporation"),
    ("hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ("dahua", "Dahua Technology Co., Ltd"),
    ("hytera", "Hytera Communications Corporation Limited"),
    ("pacific", "Pacific Networks Corp"),
    ("mobile", "China Mobile International USA Inc."),
    ("id", "ID Systems Ltd"),
]
SEEN = ("match", "possible")


@pytest.fixture(scope="module")
def listed() -> Matcher:
    ids, names = zip(*LISTED, strict=True)
    return matcher_of(list(names), list(ids))


def first(against: Matcher, name: str) -> tuple[str | None, str]:
    """The best organisation for a name, and the verdict."""
    asking = Asking(1, against.threshold, everything=True)
    rows, _ = answers(pl.DataFrame({"id": ["1"], "name": [name]}), against, asking)
    return rows["entity_id"][0], rows["verdict"][0]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ZTE USA Inc", "zte"),
        ("ZTE Corp. (USA)", "zte"),
        ("ZTE Deutschland GmbH", "zte"),
        ("Hikvision USA Inc", "hikvision"),
        ("HUAWEI MA5608T OLT", "huawei"),
        ("Huawie Technolgies", "huawei"),
        ("Dahau Technolgy", "dahua"),
        ("华为技术有限公司", "huawei"),
        ("华为（深圳）科技有限公司", "huawei"),
        ("大华股份", "dahua"),
        ("Хуавей", "huawei"),
    ],
)
def test_a_rare_listed_brand_is_seen_with_places_trades_and_slips_beside_it(
    listed: Matcher, name: str, meant: str
) -> None:
    organisation, verdict = first(listed, name)
    assert (organisation, verdict in SEEN) == (meant, True)


def test_names_that_are_possible_by_their_brand_are_counted_so(listed: Matcher) -> None:
    queries = pl.DataFrame({"id": ["1", "2"], "name": ["ZTE USA Inc", "Nobody & Sons"]})
    _, counts = answers(queries, listed, Asking(1, listed.threshold))
    assert (counts.possible, counts.none) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "China Technology Co Ltd",
        "USA Inc",
        "Technologies International Corporation",
        "Digital Technology",
        "Pacific Technologies",
        "ID Networks",
        "ZTT Corporation",
        "Haier Technologies",
        "Hawaii Technologies",
        "ZTE Bakery Equipment Rossini",
        "技术有限公司",
        "深圳市科技股份有限公司",
    ],
)
def test_trades_places_two_letters_and_other_brands_are_not(listed: Matcher, name: str) -> None:
    assert first(listed, name)[1] not in SEEN


def test_no_two_words_of_trade_place_or_law_match_a_name_that_has_one_of_them() -> None:
    lexicon = classes()
    words = sorted({word for name in ("generic", "legal", "place") for word in lexicon[name]})
    against = matcher_of([f"{invented(at)} {word}" for at, word in enumerate(words)])
    pairs = [f"{word} {words[(at * 7 + 3) % len(words)]}" for at, word in enumerate(words)]
    found = against.match(pl.Series(pairs))
    assert [pairs[row] for row in found.filter(pl.col("score") >= against.threshold)["query"]] == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("EZVIZ Inc", "ezviz"),
        ("EZVIZ", "ezviz"),
        ("Imou", "imou"),
        ("Hiksemi", "hikstorage"),
        ("Kaspersky Labs Limited", "kaspersky-labs-limited"),
    ],
)
def test_a_brand_of_a_subsidiary_is_the_subsidiary(register_matcher: Matcher, name: str, meant: str) -> None:
    assert first(register_matcher, name) == (meant, "match")


def test_no_name_of_the_register_is_lost_to_another(register_names: pl.DataFrame) -> None:
    told = set(map(_plain, register_names["name"]))
    register = load_register()
    assert [one.text for one in register.names if not one.ambiguous and _plain(one.text) not in told] == []
    assert set(register.organisations) == set(register_names["entity_id"])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
