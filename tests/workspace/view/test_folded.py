"""A search finds words however their letters are written."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.workspace.view.folded import folded, folded_text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("POP-12 North", "pop-12 n"),
        ("Hauptstraße 5", "STRASSE"),
        ("HAUPTSTRASSE 5", "straße"),
        ("HAUPTSTRAẞE 5", "Straße"),
        ("Hauptstrasse 5", "STRAẞE"),
        ("ΟΔΟΣ ΕΡΜΟΥ", "οδος"),
        ("Οδοσήμανση", "ΟΔΟΣ"),
        ("ПОДСТАНЦИЯ", "  подстанция "),
        ("华为 S5720", "华为"),
    ],
)
def test_a_word_is_found_without_regard_to_case(word: str, text: str) -> None:
    assert folded_text(text) in folded(pl.Series([word]))[0]


@given(st.text(), st.text(min_size=1))
def test_what_stands_in_a_word_as_it_is_written_is_found(before: str, text: str) -> None:
    # Blanks at an end are not looked for.
    assert folded_text(text) in folded(pl.Series([f"{before} {text}"]))[0]


def test_each_letter_is_found_by_each_case_of_it() -> None:
    letters = pl.Series([one for one in map(chr, range(0x30000)) if one.casefold() != one])
    for case in (str.casefold, str.lower, str.upper, str.title):
        assert folded(letters.map_elements(case, pl.String)).to_list() == folded(letters).to_list()


def test_gaps_stay_gaps() -> None:
    assert folded(pl.Series(["A", None], dtype=pl.String)).to_list() == ["a", None]
