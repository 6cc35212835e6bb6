"""Which names of the list a query may mean, with the features of each pair: one pass of compiled code."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.alike import Alike
from clearband.matching.features import AT, FEATURES
from clearband.matching.index import Floats, Index
from clearband.matching.jit import compiled, inlined
from clearband.matching.kin import describe_kin
from clearband.matching.lexicon import KIND
from clearband.matching.names import Bits, Names, Words
from clearband.matching.pair_features import describe
from clearband.matching.postings import reach
from clearband.matching.scratch import WIDE, Scratch
from clearband.matching.tables import Ints, list_of
from clearband.matching.text import Bytes, Offsets
from clearband.matching.tokens import hash_of
from clearband.matching.word_keys import is_number

MOST_CANDIDATES: Final = 8
_LEAST_REACHED: Final = 0.3
_SHARE_OF_BEST: Final = 0.6


@compiled
def search(
    names: Names,
    words: Words,
    info: Floats,
    alike: Alike,
    index: Index,
    scratch: Scratch,
    left_odds: Floats,
    from_name: int,
    to_name: int,
) -> tuple[npt.NDArray[np.int32], Ints, Floats, npt.NDArray[np.uint32]]:
    """Candidates of queries ``from_name`` to ``to_name``, with their features.

    Returns:
        The query and the listed name of each pair, shape (pairs,) each, the features, shape
        (pairs, features), and the words left over in both, a bit for each place, shape (pairs, 2).
    """
    room = max(1, (to_name - from_name) * MOST_CANDIDATES)
    query_of = np.empty(room, dtype=np.int32)
    name_of = np.empty(room, dtype=np.int32)
    features = np.empty((room, len(FEATURES)), dtype=np.float32)
    left_over = np.zeros((room, 2), dtype=np.uint32)
    pairs = 0
    best = np.empty(MOST_CANDIDATES, dtype=np.int32)
    best_score = np.empty(MOST_CANDIDATES, dtype=np.float32)
    # local names: a compiled loop that takes arrays out of tuples counts references each time
    name_words, firsts, joins = names.words, names.first, names.joins
    classes, signs, ends = words.classes, words.signs, words.ends
    alike_starts, alike_words, alike_scores = alike.starts, alike.words, alike.scores
    posting_starts, postings, listed_info = index.posting_starts, index.postings, index.info
    reached, touched_names = scratch.reached, scratch.touched
    last_place, last_worth = scratch.last_place, scratch.last_worth
    by_word, likeness, marked_words = scratch.by_word, scratch.likeness, scratch.marked
    name_info, entities = index.name_info, index.entities
    by_whole, whole_starts, whole_rows = index.by_whole, index.by_whole.starts, index.by_whole.rows
    for query in range(from_name, to_name):
        start = firsts[query]
        count = min(firsts[query + 1] - start, WIDE)
        touched, marked = reach(
            start,
            count,
            name_words,
            joins,
            alike_starts,
            alike_words,
            alike_scores,
            posting_starts,
            postings,
            listed_info,
            reached,
            touched_names,
            last_place,
            last_worth,
            by_word,
            likeness,
            marked_words,
        )
        total, whole_total = _informations(start, count, name_words, classes, signs, ends, info)
        equal, equal_end = 0, 0
        row = list_of(by_whole, hash_of(names.whole, names.whole_ends[query], names.whole_ends[query + 1]))
        if row >= 0:  # written alike to the last letter
            equal, equal_end = whole_starts[row], whole_starts[row + 1]
        kept = _best(
            touched,
            touched_names,
            reached,
            name_info,
            total,
            whole_total,
            whole_rows,
            equal,
            equal_end,
            best,
            best_score,
        )
        top = np.float32(0.0)
        for at in range(kept):
            top = max(top, best_score[at])
        for at in range(kept):
            if best_score[at] < max(_LEAST_REACHED, _SHARE_OF_BEST * top):
                continue
            name, out = best[at], features[pairs]
            describe(
                query,
                name,
                names,
                words,
                info,
                index,
                scratch,
                left_odds,
                start,
                count,
                out,
                left_over[pairs],
            )
            ahead = best_score[at]
            for other in range(kept):
                if entities[best[other]] != entities[name]:
                    ahead = min(ahead, best_score[at] - best_score[other])
            out[AT.ahead] = ahead
            out[AT.reached] = best_score[at]
            describe_kin(name, names, info, index, scratch, start, count, out)
            query_of[pairs] = query
            name_of[pairs] = name
            pairs += 1
        for at in range(marked):
            by_word[marked_words[at]] = -1
            likeness[marked_words[at]] = 0.0
    return query_of[:pairs].copy(), name_of[:pairs].copy(), features[:pairs].copy(), left_over[:pairs].copy()


@inlined
def _informations(
    start: int,
    count: int,
    name_words: Ints,
    classes: Bits,
    signs: Bytes,
    ends: Offsets,
    info: Floats,
) -> tuple[np.float32, np.float32]:
    """Information of a query, nats: without what is said of the thing ("OLT MA5608T"), and all of it."""
    total, whole_total = np.float32(0.0), np.float32(0.0)
    for place in range(count):
        word = name_words[start + place]
        whole_total += info[word]
        if not classes[word] & KIND and not is_number(signs, ends[word], ends[word + 1]):
            total += info[word]
    return total, whole_total


@inlined
def _best(
    touched: int,
    touched_names: Ints,
    reached: Floats,
    name_info: Floats,
    total: np.float32,
    whole_total: np.float32,
    whole_rows: Ints,
    equal: int,
    equal_end: int,
    best: Ints,
    best_score: Floats,
) -> int:
    """The listed names of which most is told, in no order, and how many; leaves ``reached`` clean.

    Args:
        total, whole_total: `_informations` of the query.
        equal, equal_end: Where ``whole_rows`` has the listed names that are written as the query.
    """
    for at in range(equal, equal_end):  # a candidate, however common its words are
        name = whole_rows[at]
        if reached[name] == 0.0:
            touched_names[touched] = name
            touched += 1
            reached[name] = name_info[name]
    kept, worst = 0, 0
    least = np.float32(0.0)
    for at in range(touched):
        name = touched_names[at]
        score = reached[name]
        score = min(score, name_info[name], whole_total)  # a place may have told twice
        score = score / (0.35 * total + 0.65 * name_info[name])
        for same in range(equal, equal_end):
            if whole_rows[same] == name:
                score = np.float32(1.0)
        reached[name] = 0.0
        if score < _LEAST_REACHED:
            continue
        if kept < MOST_CANDIDATES:
            best[kept] = name
            best_score[kept] = score
            kept += 1
            if kept < MOST_CANDIDATES:
                continue
        elif score > least:
            best[worst] = name
            best_score[worst] = score
        else:
            continue
        worst = 0
        for other in range(1, MOST_CANDIDATES):
            if best_score[other] < best_score[worst]:
                worst = other
        least = max(best_score[worst], np.float32(_LEAST_REACHED))
    return kept
