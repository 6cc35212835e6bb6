"""Which word of a query stands for which word of a listed name, each word once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from clearband.matching.distance import differing, edits
from clearband.matching.index import Floats
from clearband.matching.jit import compiled, inlined
from clearband.matching.lexicon import FUNCTION, LEGAL
from clearband.matching.names import Words
from clearband.matching.scratch import JOINED, Scratch
from clearband.matching.tables import Ints
from clearband.matching.text import Bytes


@inlined
def pair_words(
    words: Words,
    listed_words: Words,
    scratch: Scratch,
    asked: Ints,
    start: int,
    count: int,
    listed: Ints,
    listed_joins: Ints,
    begin: int,
    height: int,
) -> tuple[int, int]:
    """Fill ``met``, ``like`` and ``taken``.

    Args:
        asked: Words of the queries; those of this one are ``asked[start:start + count]``.
        listed, begin, height: The words of the listed name, in the same way.

    Returns:
        How many words met only when written as one, or apart, and how many as a beginning or an abbreviation.
    """
    by_word, likeness = scratch.by_word, scratch.likeness
    met, like, taken = scratch.met, scratch.like, scratch.taken
    for at in range(height):
        met[at] = -1
        like[at] = 0.0
    for place in range(count + 1):
        taken[place] = 0.0
    joined = _by_tables(listed, begin, height, by_word, likeness, met, like, taken)
    joined += _by_listed_joins(listed_joins, begin, height, by_word, likeness, met, like, taken)
    shortened = _by_letters(words, listed_words, asked, start, count, listed, begin, height, scratch)
    return joined, shortened


@inlined
def _by_tables(
    listed: Ints,
    begin: int,
    height: int,
    by_word: Ints,
    likeness: Floats,
    met: Ints,
    like: Floats,
    taken: Floats,
) -> int:
    """Words that tables brought together, the most alike for each place of the query."""
    joined = 0
    for at in range(height):
        word = listed[begin + at]
        place = by_word[word]
        if place < 0:
            continue
        score = likeness[word]
        if place >= JOINED:
            place -= JOINED
            if taken[place] > 0 or taken[place + 1] > 0:
                continue
            joined += 1
            taken[place + 1] = score
        elif taken[place] > 0:
            if taken[place] >= score:
                continue
            for other in range(at):
                if met[other] == place:
                    met[other] = -1
                    like[other] = 0.0
        met[at] = place
        like[at] = score
        taken[place] = score
    return joined


@inlined
def _by_listed_joins(
    listed_joins: Ints,
    begin: int,
    height: int,
    by_word: Ints,
    likeness: Floats,
    met: Ints,
    like: Floats,
    taken: Floats,
) -> int:
    """Two listed words that the query writes as one."""
    joined = 0
    for at in range(height - 1):
        if met[at] >= 0 and met[at + 1] >= 0 and like[at] > 0.9 and like[at + 1] > 0.9:
            continue
        word = listed_joins[begin + at]
        if word < 0:
            continue
        place = by_word[word]
        if place < 0 or place >= JOINED:
            continue
        score = likeness[word]
        if taken[place] > score:
            continue
        for other in range(height):
            if met[other] == place:
                met[other] = -1
                like[other] = 0.0
        for other in range(at, at + 2):
            if met[other] >= 0:
                taken[met[other]] = 0.0
            met[other] = place
            like[other] = score
        taken[place] = score
        joined += 1
    return joined


@inlined
def _by_letters(
    words: Words,
    listed_words: Words,
    asked: Ints,
    start: int,
    count: int,
    listed: Ints,
    begin: int,
    height: int,
    scratch: Scratch,
) -> int:
    """Words that no table brought together, by their letters; how many of them are shortened."""
    signs, ends, folds, fold_ends = words.signs, words.ends, words.folds, words.fold_ends
    classes, letters = words.classes, words.letters
    listed_signs, listed_ends = listed_words.signs, listed_words.ends
    listed_folds, listed_fold_ends = listed_words.folds, listed_words.fold_ends
    listed_classes, listed_letters = listed_words.classes, listed_words.letters
    met, like, taken, bits = scratch.met, scratch.like, scratch.taken, scratch.bits
    shortened = 0
    for at in range(height):
        if met[at] >= 0:
            continue
        word = listed[begin + at]
        if listed_classes[word] & (LEGAL | FUNCTION):
            continue
        best, best_place = 0.0, -1
        for place in range(count):
            if taken[place] > 0 or classes[asked[start + place]] & (LEGAL | FUNCTION):
                continue
            left = asked[start + place]
            score = _near(
                folds,
                fold_ends[left],
                fold_ends[left + 1],
                listed_folds,
                listed_fold_ends[word],
                listed_fold_ends[word + 1],
                signs[ends[left]] <= 57 or listed_signs[listed_ends[word]] <= 57,
                differing(letters[left], listed_letters[word]),
                place == count - 1,
                bits,
            )
            if score < 0 and place == count - 1 and at > 0 and place > 0 and met[at - 1] == place - 1:
                score = min(score, -0.8)  # cut off in the middle of the word
            if abs(score) > abs(best):
                best, best_place = score, place
        if best_place >= 0:
            if best < 0:
                shortened += 1
            met[at] = best_place
            like[at] = abs(best)
            taken[best_place] = abs(best)
    return shortened


@compiled
def _near(
    folds: Bytes,
    a: int,
    b: int,
    listed_folds: Bytes,
    c: int,
    d: int,
    figure: bool,
    unlike: int,
    last: bool,
    bits: npt.NDArray[np.uint64],
) -> float:
    """Likeness of two words that no table brought together; negative for a beginning or abbreviation."""
    m, n = b - a, d - c
    if m == 0 or n == 0:
        return 0.0
    shortest = min(m, n)
    same = 0
    while same < shortest and folds[a + same] == listed_folds[c + same]:
        same += 1
    if same == shortest and m != n:
        if m < n and (m >= 3 or last):
            return -(0.45 + 0.5 * m / n)
        if n < m and n >= 4:
            return -(0.4 + 0.45 * n / m)
        if m == 1 or n == 1:
            return -0.3
        return 0.0
    if figure:
        return 0.0
    if shortest < 3 or abs(m - n) > 3:
        return 0.0
    most = 1 if shortest < 5 else (2 if shortest < 8 else 3)
    if unlike > 2 * most:
        return 0.0
    apart = edits(folds, a, b, listed_folds, c, d, most, bits)
    if apart > most:
        return 0.0
    return max(0.0, 1.0 - (apart + 0.15) / (0.5 * (m + n)))
