"""Signs of a text table are found and counted as bytes are one after the other."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.sources.marks import Marks
from clearband.sources.sign_bits import Counts, first_from, last_before
from clearband.sources.stray_quotes import StrayQuotes

TEXT = st.lists(
    st.sampled_from([b",", b'"', b"\n", b"\r", b"\r\n", b"word", b"\xc3\xa9" * 40, b"-" * 200])
).map(b"".join)
CELL = st.lists(st.sampled_from([",", ",,", '"', "\n", "\n\n", "word", "é" * 40]), max_size=6).map("".join)


@given(TEXT, st.data())
def test_signs_around_any_place(text: bytes, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), min_size=1))
    (commas,) = Marks(text).bits(",")
    at = np.array(places)
    assert Counts(commas).before(at).tolist() == [text[:place].count(b",") for place in places]
    assert last_before(commas, at).tolist() == [text.rfind(b",", 0, place) for place in places]
    found = [text.find(b",", place) for place in places]
    behind = 64 * len(commas) - 1
    assert first_from(commas, at).tolist() == [place if place >= 0 else behind for place in found]
    assert behind >= len(text)


@given(TEXT)
def test_quotes_and_line_ends(text: bytes) -> None:
    marks = Marks(text)
    assert marks.quotes.tolist() == [at for at, byte in enumerate(text) if byte == ord('"')]
    assert marks.line_ends_are_uniform() == (text.count(b"\r") == text.count(b"\r\n"))


def test_signs_of_a_text_larger_than_what_is_looked_at_at_once() -> None:
    text = b'a,"b,c"\n' * 100_001
    marks = Marks(text)
    commas, breaks = marks.bits(",\n")
    assert len(marks.quotes) == 200_002
    assert last_before(breaks, np.array([len(text)])).tolist() == [len(text) - 1]
    assert Counts(commas).before(np.array([len(text), 600_001])).tolist() == [200_002, 150_000]


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.integers(0, 3))
def test_cells_over_lines_are_judged_in_bulk_as_one_by_one(rows: list[list[str]], above: int) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    said: list[str] = []
    for one_by_one in (False, True):
        judge = StrayQuotes("inventory.csv", ",", 3)
        try:
            if one_by_one:
                _judge_one_by_one(judge, text, above)
            else:
                judge.judge_regular(Marks(text.encode()), above)
            said.append(str(judge.warnings()))
        except InputError as error:
            said.append(str(error))
    assert said[0] == said[1]


def _judge_one_by_one(judge: StrayQuotes, text: str, above: int) -> None:
    """Each quoted cell with a line feed, with the lines that it is in, whole."""
    for cell in re.finditer(r'"(?:[^"]|"")*"', text):
        if "\n" in cell.group():
            begin = text.rfind("\n", 0, cell.start()) + 1
            end = text.find("\n", cell.end())
            judge.judge(above + text.count("\n", 0, begin) + 1, text[begin:end].split("\n"))
