"""What is seen of a query and one listed name: words in common and left over, letters, order, legal forms."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from clearband.matching.features import AT
from clearband.matching.index import Floats, Index
from clearband.matching.jit import inlined
from clearband.matching.letters import ALIKE, letters_in_common, swapped_words
from clearband.matching.lexicon import FUNCTION, GENERIC, KIND, LEGAL, PLACE, UNIT
from clearband.matching.names import Names, Words
from clearband.matching.pairing import pair_words
from clearband.matching.scratch import WIDE, Scratch
from clearband.matching.tables import Ints


@inlined
def describe(
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
    """Write the features of a pair, but those of other candidates and of the organisation's other names.

    Args:
        start, count: The words of the query.
        out: The features, shape (features,).
        left_over: The words left over in the query and in the listed name, a bit for each place, shape (2,).
    """
    begin = index.names.first[name]
    height = min(index.names.first[name + 1] - begin, WIDE)
    asked, listed, listed_words = names.words, index.names.words, index.words
    joined, shortened = pair_words(
        words, listed_words, scratch, asked, start, count, listed, index.names.joins, begin, height
    )
    out[AT.joined] = joined
    out[AT.shortened] = shortened
    name_legal = _of_name(
        listed,
        begin,
        height,
        listed_words,
        index.info,
        index.left_odds,
        scratch.met,
        scratch.like,
        out,
        left_over,
    )
    out[AT.swapped] = swapped_words(
        asked, start, words, listed, begin, height, listed_words, scratch.met, scratch.like
    )
    initials_at = scratch.by_word[index.initials[name]] if index.initials[name] >= 0 else -1
    query_legal = _of_query(
        asked,
        start,
        count,
        words,
        info,
        left_odds,
        scratch.taken,
        initials_at,
        out,
        left_over,
    )
    if name_legal < 0 and query_legal < 0:
        out[AT.legal] = 0
    elif name_legal < 0 or query_legal < 0:
        out[AT.legal] = 2
    elif words.fold_numbers[query_legal] == index.words.fold_numbers[name_legal]:
        out[AT.legal] = 1
    else:
        out[AT.legal] = 3
    letters_in_common(query, name, names, index.names, scratch.pairs, out)


@inlined
def _of_name(
    listed: Ints,
    begin: int,
    height: int,
    words: Words,
    info: Floats,
    left_odds: Floats,
    met: Ints,
    like: Floats,
    out: Floats,
    left_over: npt.NDArray[np.uint32],
) -> int:
    """Features of the listed name's words; its legal form, or -1."""
    classes, signs, ends, fold_ends = words.classes, words.signs, words.ends, words.fold_ends
    told, total, left, left_most, left_all = 0.0, 0.0, 0.0, 0.0, 0.0
    exact, rarest, least = 0.0, 0.0, 1.0
    numbers, places, generic, plain_words, words_told = 0, 0, 0, 0, 0
    first, pending_first = -1.0, True
    telling, told_telling = 0.0, 0.0
    previous, neighbours, ordered = -1, 0, 0
    legal, odds = -1, 0.0
    longest, letters_told, exact_telling, misspelt, rarest_exact = 0, 0, 0.0, 0, 0.0
    for at in range(height):
        word = listed[begin + at]
        bits = classes[word]
        weight = info[word]
        total += weight
        if bits & LEGAL:
            legal = word
        plain = not bits & (LEGAL | FUNCTION)
        if plain:
            plain_words += 1
        content = plain and not bits & (GENERIC | PLACE)
        if content:
            telling += weight
        score = like[at] if met[at] >= 0 else 0.0
        if plain and pending_first:
            first = score
            pending_first = False
        if met[at] >= 0:
            told += weight * score
            if plain:
                words_told += 1
                if weight > 3.0:
                    least = min(least, score)
            if content:
                told_telling += weight * score
            size = fold_ends[word + 1] - fold_ends[word]
            if plain:
                longest = max(longest, size if score > 0.6 else 0)
                if content:
                    letters_told += size
                if score < ALIKE:
                    misspelt += 1
            if score >= ALIKE:
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
            odds += left_odds[word]
            left_all += weight
            left_most = max(left_most, weight)
            if content:
                left += weight
            if signs[ends[word]] <= 57:
                numbers += 1
            if bits & PLACE:
                places += 1
            elif bits & GENERIC:
                generic += 1
    out[AT.name_told] = told / max(total, 0.01)
    out[AT.told] = told
    out[AT.name_left_most] = left_most
    out[AT.name_left] = left
    out[AT.name_left_all] = left_all
    out[AT.least_alike] = least
    out[AT.exactly] = exact / max(told, 0.01)
    out[AT.in_order] = ordered / neighbours if neighbours else 1.0
    out[AT.name_first] = first
    out[AT.name_numbers_left] = numbers
    out[AT.name_words] = plain_words
    out[AT.words_told] = words_told
    out[AT.rarest] = rarest
    out[AT.name_places_left] = places
    out[AT.name_generic_left] = generic
    out[AT.name_telling] = telling
    out[AT.told_telling] = told_telling
    out[AT.longest_told] = longest
    out[AT.letters_told] = letters_told
    out[AT.exact_telling] = exact_telling
    out[AT.misspelt] = misspelt
    out[AT.rarest_exact] = rarest_exact
    out[AT.name_left_odds] = odds
    return legal


@inlined
def _of_query(
    asked: Ints,
    start: int,
    count: int,
    words: Words,
    info: Floats,
    left_odds: Floats,
    taken: Floats,
    initials_at: int,
    out: Floats,
    left_over: npt.NDArray[np.uint32],
) -> int:
    """Features of the query's words, one of them perhaps the name's initials; its legal form, or -1."""
    classes, signs, ends = words.classes, words.signs, words.ends
    total, told, left, left_most, left_all = 0.0, 0.0, 0.0, 0.0, 0.0
    numbers, places, kinds, units, generic, plain_words = 0, 0, 0, 0, 0, 0
    first, first_at = -1.0, -1
    is_initials, legal, odds = 0.0, -1, 0.0
    for place in range(count):
        word = asked[start + place]
        bits = classes[word]
        weight = info[word]
        total += weight
        if bits & LEGAL:
            legal = word
        plain = not bits & (LEGAL | FUNCTION)
        if plain:
            plain_words += 1
            if first < 0:
                first = taken[place]
        if place == initials_at:
            is_initials = 1.0
            if taken[place] == 0:
                taken[place] = 0.5
        if taken[place] > 0:
            told += weight * taken[place]
            if plain and first_at < 0:
                first_at = place
            continue
        left_over[0] |= np.uint32(1) << np.uint32(place)
        odds += left_odds[word]
        left_all += weight
        figure = False
        for sign in range(ends[word], ends[word + 1]):
            if signs[sign] <= 57:
                figure = True
        if figure:
            numbers += 1
        if bits & KIND or (figure and ends[word + 1] - ends[word] >= 3):
            kinds += 1
        elif bits & PLACE:
            places += 1
        elif bits & UNIT:
            units += 1
        elif bits & GENERIC:
            generic += 1
        elif plain:
            left += weight
            left_most = max(left_most, weight)
    out[AT.query_told] = told / max(total, 0.01)
    out[AT.query_left_most] = left_most
    out[AT.query_left] = left
    out[AT.query_left_all] = left_all
    out[AT.query_first] = first
    out[AT.query_numbers_left] = numbers
    out[AT.query_words] = plain_words
    out[AT.initials] = is_initials
    out[AT.query_places_left] = places
    out[AT.query_kinds_left] = kinds
    out[AT.query_units_left] = units
    out[AT.query_generic_left] = generic
    out[AT.first_at] = first_at
    out[AT.query_total] = total
    out[AT.query_left_odds] = odds
    return legal
