"""Texts that a Parquet file keeps as a dictionary are read by way of it, and are the same texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.parquet.as_categories import by_dictionary, read_as_categories
from clearband.parquet.compact import I32, LIST, Fields, Listed
from clearband.parquet.footer import ColumnChunk, Footer, RowGroup, read_footer

TEXTS = st.lists(st.sampled_from([None, "", "Huawei", "华为", "ZTE ", "x" * 300]), min_size=1, max_size=60)
PLAIN, DELTA_BYTE_ARRAY = 0, 7


def categories() -> pl.Categorical:
    return pl.Categorical(pl.Categories.random("test", pl.UInt32))


@given(TEXTS, TEXTS, st.booleans(), st.sampled_from(["zstd", "snappy", "uncompressed"]))
def test_columns_read_as_the_texts_that_they_are(
    tmp_path_factory: pytest.TempPathFactory,
    one: list[str | None],
    other: list[str | None],
    split: bool,
    compression: Any,
) -> None:
    rows = min(len(one), len(other))
    table = pl.DataFrame({"a": one[:rows], "n": range(rows), "b": other[:rows]}, schema_overrides=TEXT)
    path = tmp_path_factory.mktemp("texts") / "texts.parquet"
    # Polars keeps categories as a dictionary always, and texts where that is smaller.
    table.cast({"a": pl.Categorical, "b": pl.Categorical}).write_parquet(
        path, row_group_size=7 if split else None, compression=compression
    )
    footer = read_footer(path)
    groups = range(len(footer.groups))
    assert by_dictionary(footer, groups, "a")
    kinds = {"b": categories(), "a": categories()}
    found = read_as_categories(path, footer, groups, kinds)
    assert dict(found.schema) == kinds
    assert found.cast(pl.String).equals(table.select("b", "a"))
    last = read_as_categories(path, footer, groups[-1:], kinds)
    assert last.cast(pl.String).equals(table.select("b", "a").tail(footer.groups[-1].rows))


TEXT = {"a": pl.String, "b": pl.String}


def test_only_texts_that_are_kept_as_a_dictionary_are_read_so(tmp_path: Path) -> None:
    path = tmp_path / "texts.parquet"
    rows = 1000
    pl.DataFrame(
        {
            "same": ["Huawei"] * rows,
            "differing": [f"serial {row}" for row in range(rows)],
            "number": [1] * rows,
            "list": [["Huawei"]] * rows,
            "struct": [{"a": "Huawei", "b": "ZTE"}] * rows,
        }
    ).write_parquet(path)
    footer = read_footer(path)
    found = {name for name in footer.names if by_dictionary(footer, [0], name)}
    assert "same" in found
    assert not found & {"differing", "number", "struct"}


def with_encodings(footer: Footer, encodings: list[int]) -> Footer:
    """The footer with other encodings of its first column."""
    group = footer.groups[0]
    first, *rest = group.chunks
    meta: Fields = {**first.meta, 2: (LIST, Listed(I32, encodings))}
    chunks = (ColumnChunk(first.begin, first.end, meta), *rest)
    return Footer(footer.version, footer.columns, footer.leaves, (RowGroup(group.rows, chunks),))


def test_other_encodings_beside_a_dictionary_are_left_to_texts(tmp_path: Path) -> None:
    path = tmp_path / "texts.parquet"
    pl.DataFrame({"a": ["x", "x"]}).write_parquet(path)
    footer = read_footer(path)
    assert by_dictionary(with_encodings(footer, [PLAIN, 3, 8]), [0], "a")
    assert by_dictionary(with_encodings(footer, [PLAIN, 2]), [0], "a")
    assert not by_dictionary(with_encodings(footer, [PLAIN, 3, 8, DELTA_BYTE_ARRAY]), [0], "a")
    assert not by_dictionary(with_encodings(footer, [PLAIN, 3]), [0], "a")
    assert not by_dictionary(with_encodings(footer, []), [0], "a")
