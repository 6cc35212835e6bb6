"""Connected components by whole columns."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearband.screening.merging.components import components

SIZE = 12
EDGES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=20)


def naive(edges: list[tuple[int, int]]) -> list[int]:
    label = list(range(SIZE))
    for _ in range(SIZE):
        for one, other in edges:
            label[one] = label[other] = min(label[one], label[other])
    return label


@given(EDGES)
def test_each_thing_is_named_by_the_smallest_that_it_hangs_together_with(
    edges: list[tuple[int, int]],
) -> None:
    one, other = (np.array([edge[end] for edge in edges], dtype=np.int64) for end in (0, 1))
    assert components(SIZE, one, other).tolist() == naive(edges)


def test_a_long_chain_in_any_order_is_one() -> None:
    size = 200_000
    order = np.random.default_rng(7).permutation(size)
    assert not components(size, order[:-1], order[1:]).any()
