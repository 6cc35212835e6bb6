"""What holds of every list: what never matches alone, what always does, and what changes nothing."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.matching import Matcher, matcher
from tests.matching.conftest import classes, invented, matcher_of, two_letters

CLASSES = classes()
TELLS_LITTLE = sorted(
    {word for name in ("generic", "legal", "place") for word in CLASSES[name]} | set(two_letters())
)
EVERY_CLASS = {part for words in CLASSES.values() for word in words for part in word.split()}
ASKED = (
    "Kavelomi Telekom",
    "kavelomi",
    "Veka Radio Ltd",
    "Dru Sto",
    "Loka GmbH",
    "",
    "Nobody",
    "Kavelomi Telekom",
)


@pytest.fixture(scope="module")
def common_words() -> Matcher:
    """Every word that tells little, last in one name and first in another."""
    names = []
    for at, word in enumerate(TELLS_LITTLE):
        names += [f"{invented(2 * at)} {word}", f"{word} {invented(2 * at + 1)} Ltd"]
    return matcher_of(names)


@pytest.fixture(scope="module")
def small() -> Matcher:
    return matcher_of(
        ["Kavelomi Telecom", "Vekaradio Limited", "Drusto Networks", "Kavelomi Energy", "Loka AG"]
    )


def test_no_word_of_trade_law_or_place_and_no_two_letters_match_alone(common_words: Matcher) -> None:
    found = common_words.match(pl.Series(TELLS_LITTLE)).filter(pl.col("score") >= common_words.threshold)
    assert [(TELLS_LITTLE[row], common_words.listed[at]) for row, _, at, _ in found.rows()] == []


def test_nor_do_they_match_names_of_the_register(register_matcher: Matcher) -> None:
    found = register_matcher.match(pl.Series(TELLS_LITTLE)).filter(
        pl.col("score") >= register_matcher.threshold
    )
    assert [(TELLS_LITTLE[row], register_matcher.listed[at]) for row, _, at, _ in found.rows()] == []


def missed(against: Matcher, names: pl.DataFrame) -> list[str]:
    """Listed names that do not reach the threshold for their own organisation."""
    found = against.match(names["name"])
    right = against.entities.gather(found["entity"]) == names["entity_id"].gather(found["query"])
    reached = found.filter(right & (found["score"] >= against.threshold))["query"]
    return names["name"].gather(sorted(set(range(names.height)) - set(reached.to_list()))).to_list()


def tells_something(name: str) -> bool:
    """Whether a name is more than two letters and words of the lexicon."""
    words = re.findall(r"\w+", name.casefold())
    return len("".join(words)) > 2 and not set(words) <= EVERY_CLASS


def test_a_listed_name_as_it_stands_matches_its_organisation(common_words: Matcher) -> None:
    names = pl.DataFrame({"name": common_words.listed, "entity_id": common_words.entities})
    assert missed(common_words, names) == []


def test_a_name_of_the_register_matches_its_organisation(
    register_matcher: Matcher, register_names: pl.DataFrame
) -> None:
    wrong = [name for name in missed(register_matcher, register_names) if tells_something(name)]
    assert wrong in ([], ["OptiX"])  # which sounds like "optics", a word of trade


def test_candidates_are_told_apart_at_the_top(
    register_matcher: Matcher, register_names: pl.DataFrame
) -> None:
    found = register_matcher.match(register_names["name"], limit=2)
    pairs = (
        found.group_by("query", maintain_order=True)
        .agg("score", "listed")
        .filter(pl.col("score").list.len() == 2)
    )
    assert pairs.height > 500
    first, second = (pairs["score"].list.get(at) for at in (0, 1))
    assert (first > second).all()
    # Rank alone tells candidates apart by a billionth: so it may only where two bear the same name.
    alike = pairs.filter((first - second < 1e-6) & (first >= register_matcher.threshold))
    for listed in alike["listed"].to_list():
        one, other = (re.sub(r"\W", "", register_matcher.listed[at].casefold()) for at in listed)
        assert one == other


def rows_by_name(against: Matcher, names: list[str]) -> dict[str, list[tuple[int, int, float]]]:
    asked = pl.Series(names, dtype=pl.String)
    rows: dict[str, list[tuple[int, int, float]]] = {name: [] for name in names}
    done: dict[str, int] = {}
    for query, *rest in against.match(asked).iter_rows():
        if done.setdefault(names[query], query) == query:
            rows[names[query]].append(tuple(rest))
    return rows


@given(st.permutations(ASKED))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_names_asked_changes_nothing(small: Matcher, names: list[str]) -> None:
    assert rows_by_name(small, names) == {
        name: rows for name, rows in rows_by_name(small, list(ASKED)).items() if name in names
    }


@given(st.lists(st.text(max_size=30), max_size=6))
@settings(max_examples=30, deadline=None)
def test_other_names_asked_with_a_name_change_nothing_whatever_they_are(
    small: Matcher, others: list[str]
) -> None:
    alone = rows_by_name(small, list(ASKED))
    together = rows_by_name(small, [*others, *ASKED])
    assert {name: together[name] for name in alone} == alone


def test_how_many_are_looked_up_at_a_time_changes_nothing(
    register_matcher: Matcher, register_names: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = register_names["name"].gather_every(9)
    whole = register_matcher.match(names)
    monkeypatch.setattr(matcher, "CHUNK", 37)
    assert register_matcher.match(names).equals(whole)


def test_a_list_in_another_order_gives_the_same_organisations() -> None:
    names = [
        f"{invented(at)} {word}"
        for at, word in enumerate(("Radio", "Networks", "Optics", "Telecom", "Power"))
    ]
    asked = pl.Series([name.replace("a", "e", 1) for name in names])
    forward, back = matcher_of(names, names), matcher_of(names[::-1], names[::-1])
    told = []
    for one in (forward, back):
        found = one.match(asked)
        told.append(
            sorted(zip(found["query"], one.entities.gather(found["entity"]), found["score"], strict=True))
        )
    assert [row[:2] for row in told[0]] == [row[:2] for row in told[1]]
    assert [row[2] for row in told[0]] == pytest.approx([row[2] for row in told[1]], abs=1e-6)


def test_equal_names_get_equal_rows_and_blank_ones_none(small: Matcher) -> None:
    found = small.match(pl.Series(ASKED))
    by_query = {query: found.filter(pl.col("query") == query).drop("query") for query in range(len(ASKED))}
    assert by_query[0].equals(by_query[7])
    assert by_query[5].is_empty()
