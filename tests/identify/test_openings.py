"""Only patterns that a text's beginning allows are tried, and none that would match is left out."""

from __future__ import annotations

import re
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.identify.families import FamilyHit, FamilyIndex, family_index, user_agent_index
from clearband.identify.model_forms import number_forms
from clearband.identify.openings import LONGEST, opening_of, openings
from clearband.register import load_register

INDEXES = (family_index(load_register()), user_agent_index(load_register()))
NUMBERS = sorted(
    {
        text
        for index in INDEXES
        for hit in index.hits
        for text in (hit.family.example, hit.family.counter_example)
        if text
    }
)
SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "-_ /.0aAkKsSiI\u212a\u017f\u0130\u0131µΜ华Я५"
)


@st.composite
def damaged_numbers(draw: st.DrawFn) -> str:
    """A number of the facts with a few signs put in, left out or written in the other case."""
    text = draw(st.sampled_from(NUMBERS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, min(len(text), LONGEST + 1)))
        kept = draw(st.integers(at, at + 2))
        text = text[:at] + draw(st.text(SIGNS, max_size=2)) + text[kept:]
    return draw(st.sampled_from([text, text.swapcase(), text.title()]))


def every_pattern_tried(index: FamilyIndex, forms: tuple[str, ...]) -> tuple[FamilyHit, ...]:
    return tuple(hit for hit in index.hits if any(compiled(hit.family.pattern).match(form) for form in forms))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@pytest.mark.parametrize("index", INDEXES, ids=["anywhere", "user agents"])
def test_every_example_meets_what_it_meets_when_every_pattern_is_tried(index: FamilyIndex) -> None:
    for text in NUMBERS:
        assert index.match(number_forms(text)) == every_pattern_tried(index, number_forms(text)), text


@given(st.sampled_from(INDEXES), damaged_numbers() | st.text(SIGNS, max_size=6))
@settings(max_examples=150, deadline=None)
def test_so_does_any_other_text(index: FamilyIndex, text: str) -> None:
    forms = (text, *number_forms(text))
    assert index.match(forms) == every_pattern_tried(index, forms)


def test_few_patterns_are_worth_trying_on_a_number() -> None:
    index = INDEXES[0]
    assert len(index.worth_trying("DS-")) < len(index.hits) / 20


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("AR1200", {"ar1"}),
        ("(?:DS|HK-?)2", {"ds2", "hk-", "hk2"}),
        ("A[12]{2,3}", {"a11", "a12", "a21", "a22"}),
        ("X?Y$", {"xy", "y"}),
        ("^(?!AB)(?:A|B)", {"a", "b"}),
        (r"(?:a?){9}b", {"b", "ab", "aab", "aaa"}),
        (r"\d", set("0123456789") | {opening_of("५")}),
        ("华为", {opening_of("华为")}),
        ("[^A]B", {""}),
        (".*", {""}),
        (r"(A)\1", {"a"}),
        ("(?>AB)", {""}),
        ("", {""}),
    ],
)
def test_how_a_text_must_begin(pattern: str, expected: set[str]) -> None:
    assert openings(pattern) == expected


def test_signs_that_are_equal_to_an_ascii_sign_without_regard_to_case_open_alike() -> None:
    others = "".join(chr(code) for code in range(128, sys.maxunicode + 1))
    for sign in map(chr, range(128)):
        equal = re.findall(re.escape(sign), others, re.IGNORECASE)
        assert {opening_of(other) for other in equal} <= {opening_of(sign)}
