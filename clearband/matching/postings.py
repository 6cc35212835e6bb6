"""Which listed names the words of a query reach, by the lists of names that have each word."""

from __future__ import annotations

from typing import Final

from clearband.matching.index import Floats
from clearband.matching.jit import compiled, inlined
from clearband.matching.scratch import JOINED
from clearband.matching.tables import Ints
from clearband.matching.text import Offsets

_COMMON: Final = 600
"""Most names with a word that is looked at at all."""
_USUAL: Final = 150
"""Most names with a word that makes candidates; a more common one only adds to them."""
_COMMON_ALIKE: Final = 60
"""The same for a word that is spelt otherwise."""


@inlined
def reach(
    start: int,
    count: int,
    name_words: Ints,
    joins: Ints,
    alike_starts: Offsets,
    alike_words: Ints,
    alike_scores: Floats,
    posting_starts: Offsets,
    postings: Ints,
    listed_info: Floats,
    reached: Floats,
    touched_names: Ints,
    last_place: Ints,
    last_worth: Floats,
    by_word: Ints,
    likeness: Floats,
    marked_words: Ints,
) -> tuple[int, int]:
    """Fill ``reached`` and ``by_word`` by the words of a query, ``name_words[start:start + count]``.

    Returns:
        How many names are touched, and how many words marked.
    """
    touched, marked = 0, 0
    for turn in range(3):  # words, neighbours as one word, then words that many names have
        for place in range(count):
            word = name_words[start + place] if turn != 1 else joins[start + place]
            if word < 0 or (turn == 1 and place == count - 1):
                continue
            touched = _add(
                place + JOINED if turn == 1 else place,
                alike_starts[word],
                alike_starts[word + 1],
                alike_words,
                alike_scores,
                posting_starts,
                postings,
                listed_info,
                reached,
                touched_names,
                last_place,
                last_worth,
                touched,
                0 if turn < 2 else _USUAL,
                _USUAL if turn < 2 else _COMMON,
                turn < 2 or touched == 0,
            )
            if turn < 2:
                marked = _mark(
                    place + JOINED if turn == 1 else place,
                    alike_starts[word],
                    alike_starts[word + 1],
                    alike_words,
                    alike_scores,
                    by_word,
                    likeness,
                    marked_words,
                    marked,
                )
    return touched, marked


@compiled
def _add(
    place: int,
    start: int,
    stop: int,
    words: Ints,
    scores: Floats,
    posting_starts: Offsets,
    postings: Ints,
    listed_info: Floats,
    reached: Floats,
    touched_names: Ints,
    last_place: Ints,
    last_worth: Floats,
    touched: int,
    least: int,
    most: int,
    new: bool,
) -> int:
    """Add what one word of the query tells to the names that have it; new names only where wanted."""
    for at in range(start, stop):
        other = words[at]
        first, last = posting_starts[other], posting_starts[other + 1]
        if (
            last - first > most
            or last - first <= least
            or (scores[at] < 0.9 and last - first > _COMMON_ALIKE)
        ):
            continue
        worth = listed_info[other] * scores[at] * scores[at]
        for posting in range(first, last):
            name = postings[posting]
            before = reached[name]
            if before == 0.0:
                if not new:
                    continue
                touched_names[touched] = name
                touched += 1
                reached[name] = worth
                last_place[name] = place
                last_worth[name] = worth
            elif place >= JOINED:  # a join counts for what its words did not tell
                reached[name] = max(before, worth)
            elif last_place[name] != place:
                reached[name] = before + worth
                last_place[name] = place
                last_worth[name] = worth
            elif worth > last_worth[name]:
                reached[name] = before + worth - last_worth[name]
                last_worth[name] = worth
    return touched


@compiled
def _mark(
    place: int,
    start: int,
    stop: int,
    words: Ints,
    scores: Floats,
    by_word: Ints,
    likeness: Floats,
    marked_words: Ints,
    marked: int,
) -> int:
    """Note which place of the query each listed word stands for, the most alike."""
    for at in range(start, stop):
        other = words[at]
        if by_word[other] < 0:
            marked_words[marked] = other
            marked += 1
            by_word[other] = place
            likeness[other] = scores[at]
        elif scores[at] > likeness[other]:
            by_word[other] = place
            likeness[other] = scores[at]
    return marked
