"""What all names of a candidate's organisation together tell of the query."""

from __future__ import annotations

from typing import Final

from clearband.matching.features import AT
from clearband.matching.index import Floats, Index
from clearband.matching.jit import inlined
from clearband.matching.names import Names
from clearband.matching.scratch import JOINED, Scratch

_MOST_ALIASES: Final = 12


@inlined
def describe_kin(
    name: int,
    names: Names,
    info: Floats,
    index: Index,
    scratch: Scratch,
    start: int,
    count: int,
    out: Floats,
) -> None:
    """Write the features of the organisation's names; changes ``taken``.

    Args:
        start, count: The words of the query.
        out: The features of the pair.
    """
    taken, by_word, likeness = scratch.taken, scratch.by_word, scratch.likeness
    listed, listed_first, listed_joins = index.names.words, index.names.first, index.names.joins
    entity_names, name_words = index.entity_names, names.words
    for place in range(count + 1):
        taken[place] = 0.0
    entity = index.entities[name]
    first = index.entity_starts[entity]
    last = min(index.entity_starts[entity + 1], first + _MOST_ALIASES)
    for at in range(first, last):
        other = entity_names[at]
        for word_at in range(listed_first[other], listed_first[other + 1]):
            word = listed[word_at]
            place = by_word[word]
            if place >= JOINED:
                place -= JOINED
                taken[place] = max(taken[place], likeness[word])
                taken[place + 1] = max(taken[place + 1], likeness[word])
            elif place >= 0:
                taken[place] = max(taken[place], likeness[word])
            word = listed_joins[word_at]
            if word >= 0 and 0 <= by_word[word] < JOINED:
                place = by_word[word]
                taken[place] = max(taken[place], likeness[word])
    total, told, most = 0.0, 0.0, 0.0
    for place in range(count):
        weight = info[name_words[start + place]]
        total += weight
        told += weight * taken[place]
        if taken[place] < 0.6:
            most = max(most, weight)
    out[AT.kin_told] = told / max(total, 0.01)
    out[AT.kin_left_most] = most
    out[AT.aliases] = last - first
