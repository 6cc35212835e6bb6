"""Untrusted text: what hides is shown, what is written stays."""

from __future__ import annotations

import pytest

from clearband.reports.plain_text import count, visible
from clearband.reports.strength import percent, strength


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Huawei\u202eabc", "Huawei[U+202E]abc"),
        ("\x1b[2J", "[U+001B][2J"),
        ("Hua\u200bwei", "Hua[U+200B]wei"),
        ("two\r\nlines\tand tabs", "two lines and tabs"),
        ("a\u2028b\x85c", "a b c"),
        ("\U000e0041", "[U+E0041]"),
        ("华为技术 Ελλάδα 日本 👩\u200d🔧", "华为技术 Ελλάδα 日本 👩\u200d🔧"),
        ("<b>&amp;", "<b>&amp;"),
        (None, ""),
        (7, "7"),
    ],
)
def test_hidden_characters_are_shown_and_others_stay(text: object, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_is_cut_and_counted_and_a_little_too_long_one_is_not() -> None:
    assert visible("x" * 1_234, 10) == "x" * 10 + " … (1,224 more characters)"
    assert visible("x" * 30, 10) == "x" * 30


def test_numbers_have_their_noun() -> None:
    assert [count(1, "record"), count(1_200, "record"), count(2, "class", "classes")] == [
        "1 record", "1,200 records", "2 classes",
    ]  # fmt: skip


def test_a_confidence_is_never_shown_as_certainty() -> None:
    assert [percent(1.0), percent(0.994), percent(0.9), percent(None)] == [
        "over 99%",
        "over 99%",
        "90%",
        "",
    ]


def test_weights_are_told_in_words() -> None:
    assert [strength(weight) for weight in (7.0, 3.0, 0.5, 0.0, -2.0, None)] == [
        "speaks strongly for", "speaks for", "speaks a little for", "says nothing of", "speaks against",
        "says nothing of",
    ]  # fmt: skip
