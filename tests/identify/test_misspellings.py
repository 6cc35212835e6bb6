"""What was typed is held against few names, and no name within its limit is passed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from clearband.identify.misspelling import Misspellings

WORDS = st.text("abc", min_size=4, max_size=18)
EDITS = st.lists(st.tuples(st.sampled_from(["drop", "add", "swap"]), st.integers(0, 17)), max_size=2)


def edited(word: str, edits: list[tuple[str, int]]) -> str:
    for kind, place in edits:
        at = place % max(len(word) - 1, 1)
        if kind == "drop":
            word = word[:at] + word[at + 1 :]
        elif kind == "add":
            word = word[:at] + "c" + word[at:]
        else:
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word


@given(st.lists(WORDS, min_size=1, max_size=30), st.data(), EDITS)
def test_the_nearest_of_all_names_are_found(
    names: list[str], data: st.DataObject, edits: list[tuple[str, int]]
) -> None:
    typed = edited(data.draw(st.sampled_from(names)), edits)
    limits = {name: 1 if len(name) < 9 else 2 for name in set(names) if 5 < len(name) <= 16}
    near = {
        name: OSA.distance(typed, name)
        for name, limit in limits.items()
        if len(typed) >= 5
        and (typed[0] == name[0] or typed[:2] == name[1::-1])
        and 0 < OSA.distance(typed, name) <= limit
    }
    wanted = {name for name, distance in near.items() if distance == min(near.values())}
    assert set(Misspellings(limits).nearest(typed)) == wanted
