"""Whatever bytes claim to be a bill of materials: a table or one clear line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.sources import ReadOptions
from clearband.sources.bom import BOM_FORMATS, read_bom
from clearband.sources.bom.json_walk import JsonWalk

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "type", "components", "supplier", "properties", "value", "bom-ref"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
_KEYS = ("components", "metadata", "packages", "relationships", "files", "@graph", "compositions")
_DOCUMENTS = st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS, _VALUES))


@given(kind=st.sampled_from(sorted(BOM_FORMATS)), document=_DOCUMENTS, cut=st.integers(0, 400))
def test_a_document_of_any_shape_is_read_or_refused(kind: str, document: dict[str, Any], cut: int) -> None:
    text = json.dumps({"specVersion": "1.6", "spdxVersion": "SPDX-2.3", **document}).encode()
    for data in (text, text[:cut]):
        try:
            table = read_bom(kind, data, "b", ReadOptions())
        except InputError:
            continue
        assert table.cells.height == len(table.rows) > 0
        assert table.typed["record_id"].n_unique() == len(table.rows)


@given(kind=st.sampled_from(sorted(BOM_FORMATS)), data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    with pytest.raises(InputError):
        read_bom(kind, data, "b", ReadOptions())


@given(value=_VALUES)
def test_a_walk_takes_values_as_json_does(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    expected = json.loads(text, parse_int=str, parse_float=str)
    walk = JsonWalk(text, "b")
    assert walk.value() == expected
    walk.end()
