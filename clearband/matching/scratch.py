"""Room in which one thread looks names up, made once a list and clean between queries."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from clearband.matching.index import Floats, Index
from clearband.matching.tables import Ints

WIDE: Final = 32
"""Most words of a name that are looked at."""

JOINED: Final = 64
"""Added to a place of the query, it stands for that word and the next one written as one."""


class Scratch(NamedTuple):
    """Arrays by listed name, by word of the list, and for the words of one pair of names.

    Attributes:
        reached: Nats that the query tells of each listed name; ``touched`` names those that are not 0.
        by_word: Place in the query that each word of the list stands for, or -1, and how like the two are
            (``likeness``); ``marked`` names those that are not -1.
        last_place, last_worth: What each listed name was last told, and by which place of the query.
        bits, pairs: Room for the distance of two words, and for pairs of letters.
        met: Place in the query of each word of the listed name, or -1, and how like the two are (``like``).
        taken: How well each place of the query is met, 0 where it is left over.
    """

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
        np.empty(WIDE, dtype=np.int32),
        np.empty(WIDE, dtype=np.float32),
        np.empty(WIDE + 1, dtype=np.float32),
    )
