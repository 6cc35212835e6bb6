"""Which words of a list a word of a query may stand for, once a distinct word."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.distance import deletions_of, differing, edits
from clearband.matching.index import Floats, Index
from clearband.matching.jit import compiled
from clearband.matching.names import Words
from clearband.matching.tables import Ints, list_of, row_of
from clearband.matching.text import Bytes
from clearband.matching.tokens import FNV_START, fnv_step, hash_of, mixed, skeleton_of
from clearband.matching.word_keys import BEGINNING, JOIN, WORD, is_number, most_edits

MOST_ALIKE: Final = 40
"""Most words of the list that one word may stand for."""


class Alike(NamedTuple):
    """For each word of queries: words of the list and how like they are, in (0, 1]."""

    starts: npt.NDArray[np.int64]
    words: Ints
    scores: Floats


@compiled
def _put(words: Ints, scores: Floats, begin: int, size: int, word: int, score: float) -> int:
    for at in range(begin, size):
        if words[at] == word:
            scores[at] = max(scores[at], np.float32(score))
            return size
    if size - begin < MOST_ALIKE:
        words[size] = word
        scores[size] = score
        return size + 1
    least = begin
    for at in range(begin + 1, size):
        if scores[at] < scores[least]:
            least = at
    if scores[least] < score:
        words[least] = word
        scores[least] = score
    return size


@compiled
def alike(queries: Words, is_join: npt.NDArray[np.bool_], index: Index) -> Alike:
    """Look every distinct word of queries up."""
    # local names: a compiled loop that takes arrays out of tuples counts references each time
    signs, ends, folds, fold_ends = queries.signs, queries.ends, queries.folds, queries.fold_ends
    numbers, fold_numbers, classes, letters = (
        queries.numbers,
        queries.fold_numbers,
        queries.classes,
        queries.letters,
    )
    listed_signs, listed_ends = index.words.signs, index.words.ends
    listed_folds, listed_fold_ends = index.words.folds, index.words.fold_ends
    listed_letters, listed_classes, kinds = index.words.letters, index.words.classes, index.kinds
    by_number, by_fold, by_letters, by_skeleton = (
        index.by_number,
        index.by_fold,
        index.by_letters,
        index.by_skeleton,
    )
    fold_starts, fold_rows = by_fold.starts, by_fold.rows
    letter_starts, letter_rows, letter_lengths = by_letters.starts, by_letters.rows, index.letter_lengths
    seen = np.full(len(kinds), -1, dtype=np.int32)
    skeleton_starts, skeleton_rows = by_skeleton.starts, by_skeleton.rows
    in_order, beginning_starts, beginning_rows = (
        index.in_order,
        index.by_beginning.starts,
        index.by_beginning.rows,
    )
    by_beginning = index.by_beginning
    count = len(ends) - 1
    starts = np.zeros(count + 1, dtype=np.int64)
    words = np.empty(count * 8 + 1024, dtype=np.int32)
    scores = np.empty(count * 8 + 1024, dtype=np.float32)
    room = np.empty(64, dtype=np.uint64)
    bits = np.zeros(256, dtype=np.uint64)
    size = 0
    for word in range(count):
        if size + MOST_ALIKE + 2 >= len(words):
            more_words = np.empty(len(words) * 2, dtype=np.int32)
            more_words[:size] = words[:size]
            words = more_words
            more_scores = np.empty(len(scores) * 2, dtype=np.float32)
            more_scores[:size] = scores[:size]
            scores = more_scores
        begin = size
        row = row_of(by_number, numbers[word])
        if row >= 0:
            size = _put(words, scores, begin, size, row, 1.0)
        if classes[word] & 3:
            starts[word + 1] = size
            continue
        start, stop = fold_ends[word], fold_ends[word + 1]
        length = stop - start
        row = list_of(by_fold, fold_numbers[word])
        if row >= 0:
            for at in range(fold_starts[row], fold_starts[row + 1]):
                size = _put(words, scores, begin, size, fold_rows[at], 0.96)
        if is_number(signs, ends[word], ends[word + 1]) or length > 60:
            starts[word + 1] = size
            continue
        kind = JOIN if is_join[word] else WORD
        most = most_edits(length, kind) if kind == WORD else 0
        if row >= 0:  # a word of the list: hardly another one with two mistakes
            most = min(most, 1)
        made = deletions_of(folds, start, stop, most, room)
        for number in range(made):
            row = list_of(by_letters, room[number])
            if row < 0:
                continue
            for at in range(letter_starts[row], letter_starts[row + 1]):
                between = np.int64(letter_lengths[at]) - length
                if between > most or -between > most:
                    continue
                other = letter_rows[at]
                if seen[other] == word or (kind == JOIN and kinds[other] == JOIN):
                    continue
                seen[other] = word
                from_, to = listed_fold_ends[other], listed_fold_ends[other + 1]
                allowed = min(most, most_edits(to - from_, kinds[other]))
                if abs((to - from_) - length) > allowed:
                    continue
                if differing(letters[word], listed_letters[other]) > 2 * allowed:
                    continue
                apart = edits(folds, start, stop, listed_folds, from_, to, allowed, bits)
                if apart > 1 and kinds[other] == WORD and kind == WORD:
                    apart = min(
                        apart,
                        edits(
                            signs,
                            ends[word],
                            ends[word + 1],
                            listed_signs,
                            listed_ends[other],
                            listed_ends[other + 1],
                            allowed,
                            bits,
                        ),
                    )
                if apart <= allowed and apart > 0:
                    like = 1.0 - (apart + 0.15) / (0.5 * (length + to - from_))
                    size = _put(words, scores, begin, size, other, like)
        if is_join[word]:
            starts[word + 1] = size
            continue
        if length >= 5:
            skeleton = skeleton_of(folds, start, stop)
            if skeleton:
                row = list_of(by_skeleton, skeleton)
                if row >= 0:
                    last = min(skeleton_starts[row + 1], skeleton_starts[row] + 24)
                    for at in range(skeleton_starts[row], last):
                        size = _put(words, scores, begin, size, skeleton_rows[at], 0.62)
        if length >= BEGINNING:  # words of the list that begin as this one
            row = list_of(by_beginning, hash_of(folds, start, start + BEGINNING))
            if row >= 0:
                low, end = beginning_starts[row], beginning_starts[row + 1]
                high = end
                while low < high:
                    middle = (low + high) // 2
                    other = in_order[beginning_rows[middle]]
                    if before(
                        listed_folds, listed_fold_ends[other], listed_fold_ends[other + 1], folds, start, stop
                    ):
                        low = middle + 1
                    else:
                        high = middle
                for at in range(low, min(low + 30, end)):
                    other = in_order[beginning_rows[at]]
                    from_, to = listed_fold_ends[other], listed_fold_ends[other + 1]
                    if to - from_ < length:
                        break
                    same = True
                    for sign in range(length):
                        if listed_folds[from_ + sign] != folds[start + sign]:
                            same = False
                            break
                    if not same:
                        break
                    if to - from_ > length:
                        size = _put(words, scores, begin, size, other, 0.45 + 0.5 * length / (to - from_))
        value = FNV_START
        for sign in range(start, min(start + 4, stop)):
            value = fnv_step(value, folds[sign])
        for cut in range(5, length):  # words of the list that this one begins with
            value = fnv_step(value, folds[start + cut - 1])
            row = list_of(by_fold, mixed(value))
            if row >= 0:
                for at in range(fold_starts[row], fold_starts[row + 1]):
                    other = fold_rows[at]
                    if kinds[other] == WORD and not listed_classes[other] & 3:
                        size = _put(words, scores, begin, size, other, 0.4 + 0.45 * cut / length)
        starts[word + 1] = size
    return Alike(starts, words[:size].copy(), scores[:size].copy())


@compiled
def before(left: Bytes, a: int, b: int, right: Bytes, c: int, d: int) -> bool:
    """Whether ``left[a:b]`` sorts before ``right[c:d]``."""
    for at in range(min(b - a, d - c)):
        if left[a + at] != right[c + at]:
            return bool(left[a + at] < right[c + at])
    return b - a < d - c
