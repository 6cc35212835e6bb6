"""Signs of a text table are found and counted as bytes are one after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearband.sources.marks import Marks

TEXT = st.lists(st.sampled_from([b",", b'"', b"\n", b"\r", b"\r\n", b"word", b"\xc3\xa9" * 40])).map(b"".join)


@given(TEXT, st.data())
def test_signs_before_any_place(text: bytes, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), min_size=1))
    (found,) = Marks(text).counts_before(",", np.array(places))
    assert found.tolist() == [text[:place].count(b",") for place in places]


@given(TEXT)
def test_places_and_line_ends(text: bytes) -> None:
    marks = Marks(text)
    assert marks.quotes.tolist() == [at for at, byte in enumerate(text) if byte == ord('"')]
    assert marks.breaks.tolist() == [at for at, byte in enumerate(text) if byte == ord("\n")]
    assert marks.line_ends_are_uniform() == (text.count(b"\r") == text.count(b"\r\n"))


def test_signs_of_a_text_larger_than_what_is_looked_at_at_once() -> None:
    text = b'a,"b,c"\n' * 100_001
    marks = Marks(text)
    assert len(marks.quotes) == 200_002
    assert marks.breaks[-1] == len(text) - 1
    assert marks.counts_before(",", np.array([len(text), 600_001]))[0].tolist() == [200_002, 150_000]
