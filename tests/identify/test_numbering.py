"""Distinct rows have numbers that stay; a hash never decides."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.identify.numbering import Hashing, Numbering, row_hashes

SCHEMA = {"text": pl.String, "number": pl.UInt32}
ROWS = st.lists(
    st.tuples(st.sampled_from([None, "", "a", "b", "ab", "Huawei"]), st.sampled_from([None, 0, 1, 7])),
    max_size=12,
)


def weak(rows: pl.DataFrame) -> pl.Series:
    """Two hashes for all rows there are."""
    return row_hashes(rows) % 2


@pytest.mark.parametrize("hashing", [row_hashes, weak], ids=["hashes", "nearly all hashes alike"])
@given(batches=st.lists(ROWS, max_size=4))
def test_each_distinct_row_has_one_number_in_every_batch(
    hashing: Hashing, batches: list[list[tuple[str | None, int | None]]]
) -> None:
    numbering = Numbering(SCHEMA, hashing)
    for batch in batches:
        rows = pl.DataFrame(batch, schema=SCHEMA, orient="row")
        numbers = numbering.numbers(rows)
        assert numbering.rows[numbers].equals(rows)
    seen = {row for batch in batches for row in batch}
    assert len(numbering) == len(seen) == numbering.rows.n_unique()
