"""Rows of a large table that are worth a second look: found quickly, and none is missed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.sources.rows_to_look_at import may_be_no_equipment
from clearband.sources.rows_to_skip import TOTAL

_SPACE = st.sampled_from(["", " ", "\t", "\u00a0", "\u3000 "])
_TEXTS = st.sampled_from(
    ["Total", "GRAND TOTAL", "Zwischensumme", "łącznie", "ИТОГО", "всего", "合計", "총계", "Sub-total: 12",
     "Tag", "ſum", "A-001", "totally new", "1", "Total radios", "Sheet total 4", "", "Razem"]
)  # fmt: skip


def _looked_at(cells: list[str | None], header: str = "Asset") -> list[bool]:
    table = pl.DataFrame(
        {"0": cells, "1": ["x"] * len(cells), "2": ["y"] * len(cells), "3": ["z"] * len(cells)}
    )
    return may_be_no_equipment(table, (header, "Model", "Site", "Owner")).to_list()


@pytest.mark.parametrize("text", ["Total", " total ", "ИТОГО:", "合计", "Gesamtsumme 12", "sub total"])
def test_a_word_for_a_total_is_looked_at(text: str) -> None:
    assert _looked_at([text, "A-001"]) == [True, False]


@pytest.mark.parametrize("text", ["Asset", " Asset", "Asset\u00a0"])
def test_a_repeated_header_is_looked_at(text: str) -> None:
    assert _looked_at([text, "Assets", "A-001"]) == [True, False, False]


@given(
    st.lists(st.builds(lambda a, b, c: a + b + c, _SPACE, _TEXTS | st.text(max_size=9), _SPACE), min_size=1)
)
def test_no_total_is_missed(texts: list[str]) -> None:
    said = pl.Series(texts, dtype=pl.String).str.strip_chars()
    assert _looked_at([*texts]) == (said.str.contains(TOTAL) | (said == "Asset")).to_list()


@given(
    st.sampled_from(["A-", "As", "Asset", "Asset ", "T", "S-", "ſ", "\u00a0", "総"]),
    st.lists(st.sampled_from(["", "1", "set", "otal", "um", "計", " "]), min_size=1),
)
def test_no_total_is_missed_among_cells_that_begin_alike(begin: str, rest: list[str]) -> None:
    said = pl.Series([begin + text for text in rest], dtype=pl.String).str.strip_chars()
    assert (
        _looked_at([begin + text for text in rest])
        == (said.str.contains(TOTAL) | (said == "Asset")).to_list()
    )
