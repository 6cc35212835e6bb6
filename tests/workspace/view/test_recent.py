"""What was worked out lately is kept, and no more of it than is allowed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clearband.workspace.view.recent import Recent


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40))), st.integers(1, 100))
def test_what_is_held_stays_within_its_bound(asked: list[tuple[int, int]], most: int) -> None:
    made: list[int] = []
    recent: Recent[bytes] = Recent(1_002 * most, lambda value: 1_000 * len(value))

    def make(key: int, size: int) -> bytes:
        made.append(key)
        return bytes([key]) * size

    for key, size in asked:
        value = recent.get(key, lambda key=key, size=size: make(key, size))  # type: ignore[misc]
        assert set(value) <= {key}
        assert recent.held <= max(1_002 * most, 1_000 * len(value) + 1_002)
        assert recent.held >= len(value)


def test_what_was_asked_last_is_not_made_again() -> None:
    recent: Recent[str] = Recent(3_100, len)
    calls: list[str] = []
    for key in ("a", "b", "a", "c", "d", "a", "b"):
        recent.get(key, lambda key=key: calls.append(key) or key)  # type: ignore[misc,func-returns-value]
    assert calls == ["a", "b", "c", "d", "b"]


def test_keys_count_too() -> None:
    # A question is a key: many long ones, each answered by a few bytes.
    recent: Recent[str] = Recent(100_000, len)
    for number in range(100):
        recent.get(("x" * 10_000, number), lambda: "")
    assert len(recent) < 6
