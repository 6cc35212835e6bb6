"""Keys under which words of a list are found that are not spelt alike: letters left out, sound, beginning."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.distance import deletions_of
from clearband.matching.jit import compiled
from clearband.matching.names import Words
from clearband.matching.tables import Ints, Lists, Numbers, lists_of
from clearband.matching.text import Bytes
from clearband.matching.tokens import hash_of, skeleton_of

WORD, JOIN, WHOLE, INITIALS = 0, 1, 2, 3
"""A word as it stands, two neighbours as one, a whole name without spaces, and a name's initials."""

BEGINNING: Final = 4
"""First letters under which words are found by their beginning."""


@compiled
def most_edits(length: int, kind: int) -> int:
    """Most misspelt letters of a folded word of a length."""
    if kind == WORD:
        return 0 if length < 4 else (1 if length < 7 else 2)
    if kind == JOIN:
        return 0 if length < 6 else 1
    return 0 if length < 6 else (1 if length < 12 else 2)


@compiled
def is_number(signs: Bytes, start: int, stop: int) -> bool:
    """Whether a word is at least half figures: numbers and models are never misspelt into each other."""
    figures = 0
    for at in range(start, stop):
        if signs[at] <= 57:
            figures += 1
    return figures * 2 >= stop - start and figures > 0


@compiled
def _all_deletions(words: Words, kinds: npt.NDArray[np.uint8], keys: Numbers, rows: Ints) -> int:
    room = np.empty(64, dtype=np.uint64)
    size = 0
    for word in range(len(kinds)):
        if (
            kinds[word] == INITIALS
            or words.classes[word] & 3
            or is_number(words.signs, words.ends[word], words.ends[word + 1])
        ):
            continue
        start, stop = words.fold_ends[word], words.fold_ends[word + 1]
        made = deletions_of(words.folds, start, stop, most_edits(stop - start, kinds[word]), room)
        for at in range(made):
            known = False
            for other in range(at):
                if room[other] == room[at]:
                    known = True
                    break
            if not known:
                keys[size] = room[at]
                rows[size] = word
                size += 1
    return size


def deletions(words: Words, kinds: npt.NDArray[np.uint8]) -> Lists:
    """The words by what they are with letters left out (deletion neighbourhoods, as SymSpell)."""
    most = len(kinds) * 47
    keys = np.empty(most, dtype=np.uint64)
    rows = np.empty(most, dtype=np.int32)
    size = _all_deletions(words, kinds, keys, rows)
    return lists_of(keys[:size], rows[:size])


@compiled
def skeletons(words: Words, kinds: npt.NDArray[np.uint8]) -> Numbers:
    """Numbers of the words' consonants, shape (words,); 0 for words that are not found by them."""
    out = np.zeros(len(kinds), dtype=np.uint64)
    for word in range(len(kinds)):
        if (
            kinds[word] != WORD
            or words.classes[word] & 3
            or is_number(words.signs, words.ends[word], words.ends[word + 1])
        ):
            continue
        if words.fold_ends[word + 1] - words.fold_ends[word] >= 5:
            out[word] = skeleton_of(words.folds, words.fold_ends[word], words.fold_ends[word + 1])
    return out


def in_order(words: Words, kinds: npt.NDArray[np.uint8]) -> Ints:
    """The words as they stand, sorted by their folded letters."""
    plain = np.flatnonzero(kinds == WORD)
    folds = [bytes(words.folds[words.fold_ends[at] : words.fold_ends[at + 1]]) for at in plain.tolist()]
    return plain[np.array(sorted(range(len(folds)), key=folds.__getitem__), dtype=np.int64)].astype(np.int32)


@compiled
def beginnings(words: Words, rows: Ints) -> Numbers:
    """Numbers of the words' first letters; 0 for shorter words."""
    out = np.zeros(len(rows), dtype=np.uint64)
    for at in range(len(rows)):
        start = words.fold_ends[rows[at]]
        if words.fold_ends[rows[at] + 1] - start > BEGINNING:
            out[at] = hash_of(words.folds, start, start + BEGINNING)
    return out
