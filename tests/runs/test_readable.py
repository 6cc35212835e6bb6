"""What a run says of itself is JSON, in lines that a person can compare."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clearband.runs.readable import readable_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), VALUES))
def test_it_reads_as_what_was_written(content: dict[str, Any]) -> None:
    assert json.loads(readable_json(content)) == content


def test_a_member_a_line_and_an_object_a_line() -> None:
    content = {"rows": 2, "parts": [{"part": "a", "rows": 1}, {"part": "b", "rows": 1}], "warnings": []}
    assert readable_json(content).decode().splitlines() == [
        "{",
        '  "rows": 2,',
        '  "parts": [',
        '    {"part": "a", "rows": 1},',
        '    {"part": "b", "rows": 1}',
        "  ],",
        '  "warnings": []',
        "}",
    ]
