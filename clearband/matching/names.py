"""Names as lists of numbered words, with all that is looked at once a distinct word."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.matching.jit import compiled
from clearband.matching.lexicon import kept_words, lexicon
from clearband.matching.tables import Ints, Numbers, Table, numbered
from clearband.matching.text import Bytes, Offsets, buffers, latin
from clearband.matching.tokens import folded, hashed, split

Bits = npt.NDArray[np.uint8]


class Words(NamedTuple):
    """Distinct words: as kept, folded, their class bits and the letters that they hold."""

    signs: Bytes
    ends: Offsets
    folds: Bytes
    fold_ends: Offsets
    numbers: Numbers
    fold_numbers: Numbers
    classes: Bits
    letters: npt.NDArray[np.uint32]


class Names(NamedTuple):
    """Names as words: ``words[first[i]:first[i + 1]]`` are those of name i, each once, in order.

    ``joins`` are the words of two neighbours written as one: ``joins[k]`` that of places k and k + 1 of
    ``words``, or -1 at the end of a name. ``whole`` and ``core`` are the folded letters of the name without
    spaces, with and without legal forms.
    """

    words: Ints
    first: Offsets
    joins: Ints
    whole: Bytes
    whole_ends: Offsets
    core: Bytes
    core_ends: Offsets
    written: Numbers


class Known(NamedTuple):
    """Folded words that are written so somewhere: in the list, and in names of companies at large."""

    listed: Table
    at_large: Table


def read(texts: pl.Series, known: Known | None = None) -> tuple[Names, Words]:
    """Take names apart.

    Args:
        texts: Shape (n,).
        known: With it, a word that nobody writes is read as the word of the lexicon that it misspells.
    """
    signs, ends, first = split(*buffers(latin(texts)))
    folds, fold_ends = folded(signs, ends)
    written = hashed(folds, fold_ends)
    numbers = written if known is None else lexicon().amended(folds, fold_ends, written, *known)
    whole, whole_ends = _glued(folds, fold_ends, first)
    signs, ends, first, _ = kept_words(signs, ends, first, numbers, lexicon().phrases)
    folds, fold_ends = folded(signs, ends)
    fold_numbers = hashed(folds, fold_ends)
    classes = lexicon().classes(fold_numbers)
    core, core_ends = _glued_without(folds, fold_ends, first, classes)
    keep, first = _once(hashed(signs, ends), first)
    signs, ends = _taken(signs, ends, keep)
    word_classes = lexicon().classes(hashed(*folded(signs, ends)))
    joined, joined_ends, has_next = _joined(signs, ends, first, word_classes)
    both, both_ends = _appended(signs, ends, joined, joined_ends)
    row, seen = numbered(hashed(both, both_ends))
    count = len(ends) - 1
    joins = np.full(count, -1, dtype=np.int32)
    joins[has_next] = row[count:]
    names = Names(row[:count], first, joins, whole, whole_ends, core, core_ends, np.unique(written))
    return names, words_of(*_taken(both, both_ends, seen))


def words_of(signs: Bytes, ends: Offsets) -> Words:
    """All that is known of distinct words."""
    folds, fold_ends = folded(signs, ends)
    fold_numbers = hashed(folds, fold_ends)
    return Words(
        signs,
        ends,
        folds,
        fold_ends,
        hashed(signs, ends),
        fold_numbers,
        lexicon().classes(fold_numbers),
        _letters(folds, fold_ends),
    )


@compiled
def _letters(folds: Bytes, ends: Offsets) -> npt.NDArray[np.uint32]:
    out = np.zeros(len(ends) - 1, dtype=np.uint32)
    for word in range(len(ends) - 1):
        bits = np.uint32(0)
        for at in range(ends[word], ends[word + 1]):
            bits |= np.uint32(1) << np.uint32(folds[at] & 31)
        out[word] = bits
    return out


@compiled
def _glued(folds: Bytes, ends: Offsets, first: Offsets) -> tuple[Bytes, Offsets]:
    to = np.empty(len(first), dtype=np.int64)
    for name in range(len(first)):
        to[name] = ends[first[name]]
    return folds, to


@compiled
def _glued_without(folds: Bytes, ends: Offsets, first: Offsets, classes: Bits) -> tuple[Bytes, Offsets]:
    out = np.empty(len(folds), dtype=np.uint8)
    to = np.zeros(len(first), dtype=np.int64)
    size = 0
    for name in range(len(first) - 1):
        for word in range(first[name], first[name + 1]):
            if classes[word] & 3:
                continue
            for at in range(ends[word], ends[word + 1]):
                out[size] = folds[at]
                size += 1
        to[name + 1] = size
    return out[:size].copy(), to


@compiled
def _once(numbers: Numbers, first: Offsets) -> tuple[Offsets, Offsets]:
    keep = np.empty(len(numbers), dtype=np.int64)
    to = np.zeros(len(first), dtype=np.int64)
    count = 0
    for name in range(len(first) - 1):
        begin = count
        for word in range(first[name], first[name + 1]):
            known = False
            for other in range(begin, count):
                if numbers[keep[other]] == numbers[word]:
                    known = True
                    break
            if not known:
                keep[count] = word
                count += 1
        to[name + 1] = count
    return keep[:count].copy(), to


@compiled
def _taken(signs: Bytes, ends: Offsets, rows: Offsets) -> tuple[Bytes, Offsets]:
    size = 0
    for row in rows:
        size += ends[row + 1] - ends[row]
    out = np.empty(size, dtype=np.uint8)
    to = np.zeros(len(rows) + 1, dtype=np.int64)
    size = 0
    for at in range(len(rows)):
        for sign in range(ends[rows[at]], ends[rows[at] + 1]):
            out[size] = signs[sign]
            size += 1
        to[at + 1] = size
    return out, to


@compiled
def _joined(
    signs: Bytes, ends: Offsets, first: Offsets, classes: Bits
) -> tuple[Bytes, Offsets, npt.NDArray[np.bool_]]:
    """Neighbours written as one word; legal forms and words like "of" are left apart."""
    out = np.empty(len(signs) * 2 + 1, dtype=np.uint8)
    to = np.zeros(len(ends), dtype=np.int64)
    has_next = np.zeros(len(ends) - 1, dtype=np.bool_)
    size, count = 0, 0
    for name in range(len(first) - 1):
        for word in range(first[name], first[name + 1] - 1):
            if (classes[word] | classes[word + 1]) & 3:
                continue
            for at in range(ends[word], ends[word + 2]):
                out[size] = signs[at]
                size += 1
            count += 1
            to[count] = size
            has_next[word] = True
    return out[:size].copy(), to[: count + 1].copy(), has_next


@compiled
def _appended(left: Bytes, a: Offsets, right: Bytes, b: Offsets) -> tuple[Bytes, Offsets]:
    return np.concatenate((left, right)), np.concatenate((a, b[1:] + a[-1]))
