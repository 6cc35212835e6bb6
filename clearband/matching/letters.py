"""What is seen of the letters of a query and a listed name."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.distance import common
from clearband.matching.features import AT
from clearband.matching.index import Floats
from clearband.matching.jit import inlined
from clearband.matching.lexicon import FUNCTION, GENERIC, LEGAL, PLACE
from clearband.matching.names import Names, Words
from clearband.matching.tables import Ints

ALIKE: Final = 0.95
"""Likeness of words that sound alike, at least."""
_K_OR_H: Final = np.uint32(1 << (107 & 31) | 1 << (104 & 31))
"""Letters of `Words.letters` that one Cyrillic or Arabic letter may be: "Khuavey" sounds as "Kuavei"."""
_TELLS_LITTLE: Final = LEGAL | FUNCTION | GENERIC | PLACE


@inlined
def letters_in_common(
    query: int, name: int, names: Names, listed: Names, room: npt.NDArray[np.int16], out: Floats
) -> None:
    """Features of the letters without spaces, with and without legal forms."""
    core_from, core_to = names.core_ends[query], names.core_ends[query + 1]
    whole_from, whole_to = names.whole_ends[query], names.whole_ends[query + 1]
    listed_core_from, listed_core_to = listed.core_ends[name], listed.core_ends[name + 1]
    listed_from, listed_to = listed.whole_ends[name], listed.whole_ends[name + 1]
    out[AT.letters_core] = common(
        names.core, core_from, core_to, listed.core, listed_core_from, listed_core_to, room
    )
    out[AT.letters_whole] = common(
        names.whole, whole_from, whole_to, listed.whole, listed_from, listed_to, room
    )
    out[AT.length] = core_to - core_from
    out[AT.name_length] = listed_core_to - listed_core_from
    whole, listed_whole = names.whole, listed.whole
    same = 0
    shortest = min(whole_to - whole_from, listed_to - listed_from)
    while same < shortest and whole[whole_from + same] == listed_whole[listed_from + same]:
        same += 1
    out[AT.begins] = same / max(whole_to - whole_from, 1)
    out[AT.begins_letters] = same


@inlined
def swapped_words(
    asked: Ints,
    start: int,
    words: Words,
    listed: Ints,
    begin: int,
    height: int,
    listed_words: Words,
    met: Ints,
    like: Floats,
) -> int:
    """Telling words in common that have the same letters in another order, or k where the other has h.

    Hands slip so, and alphabets; names seldom differ so.

    Returns:
        How many; 0 where another telling word is spelt otherwise.
    """
    letters, fold_ends = words.letters, words.fold_ends
    listed_letters, listed_fold_ends = listed_words.letters, listed_words.fold_ends
    count = 0
    for at in range(height):
        word, other = asked[start + max(met[at], 0)], listed[begin + at]
        if met[at] < 0 or like[at] >= ALIKE or listed_words.classes[other] & _TELLS_LITTLE:
            continue
        if (letters[word] ^ listed_letters[other]) & ~_K_OR_H == 0 and (
            fold_ends[word + 1] - fold_ends[word] == listed_fold_ends[other + 1] - listed_fold_ends[other]
        ):
            count += 1
        else:
            return 0
    return count
