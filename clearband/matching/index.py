"""The names of a list, ready to be looked up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from clearband.matching.jit import compiled
from clearband.matching.lexicon import FUNCTION, LEGAL, lexicon
from clearband.matching.names import Names, Words, _appended, read, words_of
from clearband.matching.odds import looked_up, odds
from clearband.matching.tables import Ints, Lists, Numbers, Table, lists_of, row_of, table_of
from clearband.matching.text import Bytes, Offsets
from clearband.matching.tokens import hashed
from clearband.matching.word_keys import (
    INITIALS,
    JOIN,
    WHOLE,
    WORD,
    beginnings,
    deletions,
    in_order,
    skeletons,
)

Floats = npt.NDArray[np.float32]


class Background(NamedTuple):
    """How often folded words occur in the names of companies at large."""

    table: Table
    counts: Ints
    names: int
    written: Table


class Index(NamedTuple):
    """The vocabulary of a list and where each word occurs.

    Beside words it holds what neighbours make as one word (joins), whole names without spaces, and initials.
    """

    names: Names
    words: Words
    entities: Ints
    entity_starts: npt.NDArray[np.int64]
    entity_names: Ints
    kinds: npt.NDArray[np.uint8]
    info: Floats
    posting_starts: npt.NDArray[np.int64]
    postings: Ints
    initials: Ints
    name_info: Floats
    by_number: Table
    by_fold: Lists
    by_letters: Lists
    letter_lengths: npt.NDArray[np.uint8]
    by_skeleton: Lists
    in_order: Ints
    by_beginning: Lists
    background: Background
    total: float
    written: Table
    left_odds: Floats
    by_whole: Lists


def index_of(texts: pl.Series, entities: Ints, background: Background) -> Index:
    """Index names.

    Args:
        texts: The listed names, shape (n,).
        entities: Number of the organisation that each name belongs to, shape (n,).
    """
    names, words = read(texts)
    count = len(words.ends) - 1
    occurring = np.zeros(count, dtype=bool)
    occurring[names.words] = True
    kinds = np.where(occurring, WORD, JOIN).astype(np.uint8)
    initials, initial_ends, initial_names = _initials(names, words)
    wholes, whole_ends, whole_names = _wholes(names)
    signs, ends = _appended(words.signs, words.ends, initials, initial_ends)
    signs, ends = _appended(signs, ends, wholes, whole_ends)
    every = words_of(signs, ends)
    kinds = np.concatenate(
        (
            kinds,
            np.full(len(initial_names), INITIALS, dtype=np.uint8),
            np.full(len(whole_names), WHOLE, dtype=np.uint8),
        )
    )
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(names.first))
    pairs = np.unique(names.words.astype(np.int64) * (int(entities.max(initial=0)) + 1) + entities[rows])
    df = np.zeros(len(kinds), dtype=np.float64)
    np.add.at(df, pairs // (int(entities.max(initial=0)) + 1), 1.0)
    listed = len(np.unique(entities))
    total = float(np.log(listed + background.names + 1.0))
    df += _background_counts(every.fold_numbers, background)
    info = (total - np.log(df + 0.5)).astype(np.float32)
    info[(every.classes & (LEGAL | FUNCTION)) > 0] *= 0.1
    joined = names.joins >= 0
    left = np.flatnonzero(joined)
    made = names.joins[left]
    info[kinds == JOIN] = 0.0
    only_joins = kinds[made] == JOIN
    np.maximum.at(
        info, made[only_joins], info[names.words[left[only_joins]]] + info[names.words[left[only_joins] + 1]]
    )
    name_info = np.zeros(len(texts), dtype=np.float32)
    np.add.at(name_info, rows, info[names.words])
    info[count : count + len(initial_names)] = 0.6 * name_info[initial_names]
    info[count + len(initial_names) :] = name_info[whole_names]
    posting_words = np.concatenate(
        (names.words, made[only_joins], np.arange(count, len(kinds), dtype=np.int32))
    )
    posting_names = np.concatenate((rows, rows[left[only_joins]], initial_names, whole_names))
    order = np.lexsort((posting_names, posting_words))
    starts = np.zeros(len(kinds) + 1, dtype=np.int64)
    np.add.at(starts, posting_words.astype(np.int64) + 1, 1)
    of_name = np.full(len(texts), -1, dtype=np.int32)
    of_name[initial_names] = np.arange(count, count + len(initial_names), dtype=np.int32)
    plain = kinds != INITIALS
    by_letters = deletions(every, kinds)
    ordered = in_order(every, kinds)
    by_entity = np.argsort(entities, kind="stable")
    sounds = skeletons(every, kinds)
    known = np.flatnonzero(sounds).astype(np.int32)
    return Index(
        names,
        every,
        entities,
        np.searchsorted(entities[by_entity], np.arange(int(entities.max(initial=-1)) + 2)).astype(np.int64),
        by_entity.astype(np.int32),
        kinds,
        info,
        np.cumsum(starts),
        posting_names[order].astype(np.int32),
        of_name,
        name_info,
        table_of(every.numbers),
        lists_of(every.fold_numbers[plain], np.flatnonzero(plain).astype(np.int32)),
        by_letters,
        np.minimum(np.diff(every.fold_ends)[by_letters.rows], 255).astype(np.uint8),
        lists_of(sounds[known], known),
        ordered,
        lists_of(beginnings(every, ordered), np.arange(len(ordered), dtype=np.int32)),
        background,
        total,
        table_of(names.written),
        looked_up(every.fold_numbers, odds().table, odds().in_name),
        lists_of(hashed(names.whole, names.whole_ends), np.arange(len(texts), dtype=np.int32)),
    )


def background_of(texts: pl.Series) -> Background:
    """Count the words of companies' names at large; a word that only one name has counts as none."""
    names, words = read(texts)
    counts = np.bincount(names.words, minlength=len(words.ends) - 1)
    known = counts > 1
    slips = lexicon().slips(words.folds, words.fold_ends, words.fold_numbers, counts)
    return Background(
        table_of(words.fold_numbers[known]),
        (counts[known] - 1).astype(np.int32),
        len(texts),
        table_of(np.setdiff1d(names.written, slips)),
    )


@compiled
def _counts(numbers: Numbers, table: Table, counts: Ints) -> npt.NDArray[np.float64]:
    out = np.zeros(len(numbers), dtype=np.float64)
    for word in range(len(numbers)):
        row = row_of(table, numbers[word])
        if row >= 0:
            out[word] = counts[row]
    return out


def _background_counts(fold_numbers: Numbers, background: Background) -> npt.NDArray[np.float64]:
    return _counts(fold_numbers, background.table, background.counts)


def informations(words: Words, index: Index) -> Floats:
    """How telling the words of queries are, in nats; a word seen nowhere tells most. Shape (w,)."""
    df = _background_counts(words.fold_numbers, index.background)
    info = (index.total - np.log(df + 0.5)).astype(np.float32)
    info[(words.classes & (LEGAL | FUNCTION)) > 0] *= 0.1
    _as_listed(words.numbers, index.by_number, index.kinds, index.info, info)
    return info


@compiled
def _as_listed(
    numbers: Numbers, by_number: Table, kinds: npt.NDArray[np.uint8], listed: Floats, info: Floats
) -> None:
    for word in range(len(numbers)):
        row = row_of(by_number, numbers[word])
        if row >= 0 and kinds[row] == WORD:
            info[word] = listed[row]


@compiled
def _initials(names: Names, words: Words) -> tuple[Bytes, Offsets, Ints]:
    count = len(names.first) - 1
    out = np.empty(len(names.words) + 1, dtype=np.uint8)
    ends = np.zeros(count + 1, dtype=np.int64)
    which = np.empty(count, dtype=np.int32)
    size, made = 0, 0
    for name in range(count):
        begin = size
        for at in range(names.first[name], names.first[name + 1]):
            word = names.words[at]
            if words.classes[word] & 3:
                continue
            out[size] = words.signs[words.ends[word]]
            size += 1
        if 3 <= size - begin <= 8:
            which[made] = name
            made += 1
            ends[made] = size
        else:
            size = begin
    return out[:size].copy(), ends[: made + 1].copy(), which[:made].copy()


@compiled
def _wholes(names: Names) -> tuple[Bytes, Offsets, Ints]:
    count = len(names.first) - 1
    out = np.empty(len(names.core) + len(names.whole) + 1, dtype=np.uint8)
    ends = np.zeros(2 * count + 1, dtype=np.int64)
    which = np.empty(2 * count, dtype=np.int32)
    size, made = 0, 0
    for name in range(count):
        start, stop = names.core_ends[name], names.core_ends[name + 1]
        if names.first[name + 1] - names.first[name] < 2 or stop - start < 6 or stop - start > 60:
            continue
        for at in range(start, stop):
            out[size] = names.core[at]
            size += 1
        which[made] = name
        made += 1
        ends[made] = size
    for name in range(count):
        start, stop = names.whole_ends[name], names.whole_ends[name + 1]
        if stop - start == names.core_ends[name + 1] - names.core_ends[name] or not 6 <= stop - start <= 40:
            continue
        for at in range(start, stop):
            out[size] = names.whole[at]
            size += 1
        which[made] = name
        made += 1
        ends[made] = size
    return out[:size].copy(), ends[: made + 1].copy(), which[:made].copy()
