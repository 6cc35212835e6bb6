"""Which names of the list a query may mean, and what speaks for each: one pass of compiled code."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.alike import Alike
from clearband.matching.distance import common, differing, edits
from clearband.matching.index import Floats, Index, is_number
from clearband.matching.jit import compiled
from clearband.matching.lexicon import FUNCTION, GENERIC, KIND, LEGAL, PLACE, UNIT
from clearband.matching.names import Names, Words
from clearband.matching.tables import Ints, list_of
from clearband.matching.text import Bytes, Offsets
from clearband.matching.tokens import hash_of

FEATURES: Final = (
    "name_told",  # share of the listed name's information that the query tells
    "query_told",  # share of the query's information that the listed name tells
    "told",  # information in common, nats
    "query_left_most",  # most telling word of the query that is left over, nats
    "name_left_most",  # most telling word of the listed name that is left over, nats
    "query_left",  # information left over in the query, without places, trades and units, nats
    "name_left",  # the same in the listed name
    "query_left_all",
    "name_left_all",
    "least_alike",  # the worst likeness among telling words that were matched
    "exactly",  # share of the information in common that is spelt alike
    "letters_core",  # shared letter pairs without legal forms
    "letters_whole",  # shared letter pairs of everything
    "in_order",  # share of neighbouring matched words in the listed order
    "query_first",  # likeness of the query's first telling word
    "name_first",  # likeness of the listed name's first telling word
    "query_numbers_left",
    "name_numbers_left",
    "legal",  # 0 none, 1 alike, 2 one side only, 3 different
    "query_words",
    "name_words",
    "words_told",
    "rarest",  # most telling word in common, nats
    "joined",  # words that met only when written as one, or apart
    "shortened",  # words that met only as a beginning or an abbreviation
    "initials",  # the query, or a word of it, is the listed name's initials
    "query_places_left",
    "name_places_left",
    "query_kinds_left",  # words for equipment and model numbers that are left over
    "query_units_left",  # words for offices and departments that are left over
    "name_generic_left",
    "query_generic_left",
    "first_at",  # place in the query of the first word in common
    "length",  # letters of the query without legal forms
    "name_length",
    "ahead",  # how far the candidate is ahead of the best other organisation before all this, nats
    "name_telling",  # information of the whole listed name without trades and places, nats
    "told_telling",  # of that, what the query tells
    "reached",  # information in common over that of both, before all this
    "kin_told",  # share of the query's information told by any name of the organisation
    "kin_left_most",  # most telling word of the query that no name of the organisation has, nats
    "aliases",  # names of the organisation, at most 12
    "begins",  # share of the query's letters with which the listed name begins as well
    "begins_letters",  # their number
    "longest_told",  # letters of the longest word in common
    "letters_told",  # letters of all telling words in common
    "exact_telling",  # information in common that is spelt alike, without trades and places, nats
    "misspelt",  # words in common that are spelt otherwise
    "rarest_exact",  # most telling word in common that is spelt alike, nats
    "query_total",  # information of the whole query, nats
    "query_left_odds",  # what the words left over in the query say, learned log-odds
    "name_left_odds",  # the same in the listed name
)

MOST_CANDIDATES: Final = 8
_LEAST_REACHED: Final = 0.3
_SHARE_OF_BEST: Final = 0.6
_COMMON: Final = 600
_USUAL: Final = 150
_COMMON_ALIKE: Final = 60
_WIDE: Final = 32


class Scratch(NamedTuple):
    """Room that one thread works in; clean between queries."""

    reached: Floats
    touched: Ints
    by_word: Ints
    likeness: Floats
    marked: Ints
    last_place: Ints
    last_worth: Floats
    bits: npt.NDArray[np.uint64]
    pairs: npt.NDArray[np.int16]
    met: Ints
    like: Floats
    taken: Floats


def scratch_for(index: Index) -> Scratch:
    """Room for one thread."""
    names, words = len(index.entities), len(index.kinds)
    return Scratch(
        np.zeros(names, dtype=np.float32),
        np.empty(names, dtype=np.int32),
        np.full(words, -1, dtype=np.int32),
        np.zeros(words, dtype=np.float32),
        np.empty(words, dtype=np.int32),
        np.full(names, -1, dtype=np.int32),
        np.zeros(names, dtype=np.float32),
        np.zeros(256, dtype=np.uint64),
        np.zeros(1024, dtype=np.int16),
        np.empty(_WIDE, dtype=np.int32),
        np.empty(_WIDE, dtype=np.float32),
        np.empty(_WIDE + 1, dtype=np.float32),
    )


@compiled
def _reach(
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
            elif place >= 64:  # a join counts for what its words did not tell
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
        start, stop = firsts[query], firsts[query + 1]
        count = min(stop - start, _WIDE)
        touched, marked = 0, 0
        total, whole_total = np.float32(0.0), np.float32(0.0)
        for place in range(count):
            word = name_words[start + place]
            whole_total += info[word]
            if not classes[word] & KIND and not is_number(signs, ends[word], ends[word + 1]):
                total += info[word]  # but not what is said of the thing: "OLT MA5608T"
        for turn in range(3):  # words, neighbours as one word, then words that many names have
            for place in range(count):
                word = name_words[start + place] if turn != 1 else joins[start + place]
                if word < 0 or (turn == 1 and place == count - 1):
                    continue
                touched = _reach(
                    place + 64 if turn == 1 else place,
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
                        place + 64 if turn == 1 else place,
                        alike_starts[word],
                        alike_starts[word + 1],
                        alike_words,
                        alike_scores,
                        by_word,
                        likeness,
                        marked_words,
                        marked,
                    )
        row = list_of(by_whole, hash_of(names.whole, names.whole_ends[query], names.whole_ends[query + 1]))
        if row >= 0:  # written alike to the last letter: a candidate, however common its words are
            for at in range(whole_starts[row], whole_starts[row + 1]):
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
            if row >= 0:
                for same in range(whole_starts[row], whole_starts[row + 1]):
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
        top = np.float32(0.0)
        for at in range(kept):
            top = max(top, best_score[at])
        for at in range(kept):
            if best_score[at] < max(_LEAST_REACHED, _SHARE_OF_BEST * top):
                continue
            _describe(
                query,
                best[at],
                names,
                words,
                info,
                index,
                scratch,
                left_odds,
                start,
                count,
                features[pairs],
                left_over[pairs],
            )
            ahead = best_score[at]
            for other in range(kept):
                if entities[best[other]] != entities[best[at]]:
                    ahead = min(ahead, best_score[at] - best_score[other])
            features[pairs, 35] = ahead
            features[pairs, 38] = best_score[at]
            _describe_kin(
                best[at],
                names,
                words,
                info,
                index,
                scratch,
                start,
                count,
                features[pairs],
            )
            query_of[pairs] = query
            name_of[pairs] = best[at]
            pairs += 1
        for at in range(marked):
            by_word[marked_words[at]] = -1
            likeness[marked_words[at]] = 0.0
    return query_of[:pairs].copy(), name_of[:pairs].copy(), features[:pairs].copy(), left_over[:pairs].copy()


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


@compiled
def _describe(
    query: int,
    name: int,
    names: Names,
    words: Words,
    info: Floats,
    index: Index,
    scratch: Scratch,
    left_odds: Floats,
    start: int,
    count: int,
    out: Floats,
    left_over: npt.NDArray[np.uint32],
) -> None:
    asked = names.words
    signs, ends, folds, fold_ends = words.signs, words.ends, words.folds, words.fold_ends
    classes, letters = words.classes, words.letters
    listed, listed_joins = index.names.words, index.names.joins
    listed_signs, listed_ends = index.words.signs, index.words.ends
    listed_folds, listed_fold_ends = index.words.folds, index.words.fold_ends
    listed_classes, listed_letters, listed_info = index.words.classes, index.words.letters, index.info
    by_word, likeness, all_bits = scratch.by_word, scratch.likeness, scratch.bits
    begin = index.names.first[name]
    height = min(index.names.first[name + 1] - begin, _WIDE)
    met, like, taken = scratch.met, scratch.like, scratch.taken
    for at in range(height):
        met[at] = -1  # place in the query of each listed word
        like[at] = 0.0
    for place in range(count + 1):
        taken[place] = 0.0
    joined, shortened = 0, 0
    # words that tables brought together, the most alike first for each place of the query
    for at in range(height):
        word = listed[begin + at]
        place = by_word[word]
        if place < 0:
            continue
        score = likeness[word]
        if place >= 64:
            place -= 64
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
    # two listed words that the query writes as one
    for at in range(height - 1):
        if met[at] >= 0 and met[at + 1] >= 0 and like[at] > 0.9 and like[at + 1] > 0.9:
            continue
        word = listed_joins[begin + at]
        if word < 0:
            continue
        place = by_word[word]
        if place < 0 or place >= 64:
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
                all_bits,
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
    told, name_total, name_left, name_left_most, name_left_all = 0.0, 0.0, 0.0, 0.0, 0.0
    exact, rarest, least = 0.0, 0.0, 1.0
    name_numbers, name_places, name_generic, name_words, words_told = 0, 0, 0, 0, 0
    name_first, pending_first = -1.0, True
    telling, told_telling = 0.0, 0.0
    previous, neighbours, ordered = -1, 0, 0
    name_legal, query_legal = -1, -1
    name_odds, query_odds = 0.0, 0.0
    listed_odds = index.left_odds
    longest, letters_told, exact_telling, misspelt, rarest_exact = 0, 0, 0.0, 0, 0.0
    for at in range(height):
        word = listed[begin + at]
        bits = listed_classes[word]
        weight = listed_info[word]
        name_total += weight
        if bits & LEGAL:
            name_legal = word
        plain = not bits & (LEGAL | FUNCTION)
        if plain:
            name_words += 1
        content = plain and not bits & (GENERIC | PLACE)
        if content:
            telling += weight
        score = like[at] if met[at] >= 0 else 0.0
        if plain and pending_first:
            name_first = score
            pending_first = False
        if met[at] >= 0:
            told += weight * score
            if plain:
                words_told += 1
                if weight > 3.0:
                    least = min(least, score)
            if content:
                told_telling += weight * score
            size = listed_fold_ends[word + 1] - listed_fold_ends[word]
            if plain:
                longest = max(longest, size if score > 0.6 else 0)
                if content:
                    letters_told += size
                if score < 0.95:
                    misspelt += 1
            if score >= 0.95:
                exact += weight * score
                rarest_exact = max(rarest_exact, weight)
                if content:
                    exact_telling += weight
            rarest = max(rarest, weight * score)
            if previous >= 0:
                neighbours += 1
                if met[at] >= previous:
                    ordered += 1
            previous = met[at]
        else:
            left_over[1] |= np.uint32(1) << np.uint32(at)
            name_odds += listed_odds[word]
            name_left_all += weight
            name_left_most = max(name_left_most, weight)
            if content:
                name_left += weight
            if listed_signs[listed_ends[word]] <= 57:
                name_numbers += 1
            if bits & PLACE:
                name_places += 1
            elif bits & GENERIC:
                name_generic += 1
    query_total, query_told, query_left, query_left_most, query_left_all = 0.0, 0.0, 0.0, 0.0, 0.0
    query_numbers, query_places, query_kinds, query_units, query_generic, query_words = 0, 0, 0, 0, 0, 0
    query_first, first_at = -1.0, -1
    is_initials = 0.0
    for place in range(count):
        word = asked[start + place]
        bits = classes[word]
        weight = info[word]
        query_total += weight
        if bits & LEGAL:
            query_legal = word
        plain = not bits & (LEGAL | FUNCTION)
        if plain:
            query_words += 1
            if query_first < 0:
                query_first = taken[place]
        if index.initials[name] >= 0 and by_word[index.initials[name]] == place:
            is_initials = 1.0
            if taken[place] == 0:
                taken[place] = 0.5
        if taken[place] > 0:
            query_told += weight * taken[place]
            if plain and first_at < 0:
                first_at = place
            continue
        left_over[0] |= np.uint32(1) << np.uint32(place)
        query_odds += left_odds[word]
        query_left_all += weight
        figure = False
        for sign in range(ends[word], ends[word + 1]):
            if signs[sign] <= 57:
                figure = True
        if figure:
            query_numbers += 1
        if bits & KIND or (figure and ends[word + 1] - ends[word] >= 3):
            query_kinds += 1
        elif bits & PLACE:
            query_places += 1
        elif bits & UNIT:
            query_units += 1
        elif bits & GENERIC:
            query_generic += 1
        elif plain:
            query_left += weight
            query_left_most = max(query_left_most, weight)
    out[0] = told / max(name_total, 0.01)
    out[1] = query_told / max(query_total, 0.01)
    out[2] = told
    out[3] = query_left_most
    out[4] = name_left_most
    out[5] = query_left
    out[6] = name_left
    out[7] = query_left_all
    out[8] = name_left_all
    out[9] = least
    out[10] = exact / max(told, 0.01)
    out[11] = common(
        names.core,
        names.core_ends[query],
        names.core_ends[query + 1],
        index.names.core,
        index.names.core_ends[name],
        index.names.core_ends[name + 1],
        scratch.pairs,
    )
    out[12] = common(
        names.whole,
        names.whole_ends[query],
        names.whole_ends[query + 1],
        index.names.whole,
        index.names.whole_ends[name],
        index.names.whole_ends[name + 1],
        scratch.pairs,
    )
    out[13] = ordered / neighbours if neighbours else 1.0
    out[14] = query_first
    out[15] = name_first
    out[16] = query_numbers
    out[17] = name_numbers
    if name_legal < 0 and query_legal < 0:
        out[18] = 0
    elif name_legal < 0 or query_legal < 0:
        out[18] = 2
    elif words.fold_numbers[query_legal] == index.words.fold_numbers[name_legal]:
        out[18] = 1
    else:
        out[18] = 3
    out[19] = query_words
    out[20] = name_words
    out[21] = words_told
    out[22] = rarest
    out[23] = joined
    out[24] = shortened
    out[25] = is_initials
    out[26] = query_places
    out[27] = name_places
    out[28] = query_kinds
    out[29] = query_units
    out[30] = name_generic
    out[31] = query_generic
    out[32] = first_at
    out[33] = names.core_ends[query + 1] - names.core_ends[query]
    out[34] = index.names.core_ends[name + 1] - index.names.core_ends[name]
    same = 0
    query_letters = names.whole_ends[query + 1] - names.whole_ends[query]
    shortest = min(query_letters, index.names.whole_ends[name + 1] - index.names.whole_ends[name])
    while (
        same < shortest
        and names.whole[names.whole_ends[query] + same]
        == index.names.whole[index.names.whole_ends[name] + same]
    ):
        same += 1
    out[44] = longest
    out[45] = letters_told
    out[46] = exact_telling
    out[47] = misspelt
    out[48] = rarest_exact
    out[49] = query_total
    out[50] = query_odds
    out[51] = name_odds
    out[42] = same / max(query_letters, 1)
    out[43] = same
    out[36] = telling
    out[37] = told_telling


@compiled
def _describe_kin(
    name: int,
    names: Names,
    words: Words,
    info: Floats,
    index: Index,
    scratch: Scratch,
    start: int,
    count: int,
    out: Floats,
) -> None:
    """What all names of the candidate's organisation together tell of the query."""
    taken, by_word, likeness = scratch.taken, scratch.by_word, scratch.likeness
    listed, listed_first, listed_joins = index.names.words, index.names.first, index.names.joins
    entity_names, name_words = index.entity_names, names.words
    for place in range(count + 1):
        taken[place] = 0.0
    entity = index.entities[name]
    first = index.entity_starts[entity]
    last = min(index.entity_starts[entity + 1], first + 12)
    for at in range(first, last):
        other = entity_names[at]
        for word_at in range(listed_first[other], listed_first[other + 1]):
            word = listed[word_at]
            place = by_word[word]
            if place >= 64:
                taken[place - 64] = max(taken[place - 64], likeness[word])
                taken[place - 63] = max(taken[place - 63], likeness[word])
            elif place >= 0:
                taken[place] = max(taken[place], likeness[word])
            word = listed_joins[word_at]
            if word >= 0 and 0 <= by_word[word] < 64:
                place = by_word[word]
                taken[place] = max(taken[place], likeness[word])
    total, told, most = 0.0, 0.0, 0.0
    for place in range(count):
        weight = info[name_words[start + place]]
        total += weight
        told += weight * taken[place]
        if taken[place] < 0.6:
            most = max(most, weight)
    out[39] = told / max(total, 0.01)
    out[40] = most
    out[41] = last - first
