"""Kleene's laws hold, for single values and for columns alike."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearband.directives.truth import FALSE, TRUE, UNKNOWN, all_of, any_of, negate

truths = st.sampled_from([FALSE, UNKNOWN, TRUE])


@given(truths, truths, truths)
def test_and_and_or_are_commutative_associative_and_distribute(a: int, b: int, c: int) -> None:
    assert all_of([a, b]) == all_of([b, a])
    assert any_of([a, b]) == any_of([b, a])
    assert all_of([a, all_of([b, c])]) == all_of([all_of([a, b]), c]) == all_of([a, b, c])
    assert all_of([a, any_of([b, c])]) == any_of([all_of([a, b]), all_of([a, c])])


@given(truths, truths)
def test_de_morgan_holds_and_not_undoes_itself(a: int, b: int) -> None:
    assert negate(all_of([a, b])) == any_of([negate(a), negate(b)])
    assert negate(negate(a)) == a


def test_nothing_is_true_for_and_false_for_or_and_unknown_stays_unknown() -> None:
    assert all_of([]) == TRUE
    assert any_of([]) == FALSE
    assert negate(UNKNOWN) == UNKNOWN
    assert all_of([UNKNOWN, FALSE]) == FALSE
    assert any_of([UNKNOWN, TRUE]) == TRUE


@given(st.lists(st.tuples(truths, truths), min_size=1))
def test_the_minimum_of_columns_is_and_row_by_row(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, dtype=np.int8)
    assert np.minimum(columns[:, 0], columns[:, 1]).tolist() == [all_of(row) for row in rows]


@given(truths, truths)
def test_learning_more_never_contradicts_what_was_certain(a: int, b: int) -> None:
    """A certain result stays the same whichever way an unknown part turns out."""
    if all_of([a, UNKNOWN]) != UNKNOWN:
        assert all_of([a, b]) == all_of([a, UNKNOWN])
    if any_of([a, UNKNOWN]) != UNKNOWN:
        assert any_of([a, b]) == any_of([a, UNKNOWN])
