"""Where signs stand in a text, as bits: one for each byte, sixty-four a word, the first byte the lowest bit.

There is always a bit for the place behind the text's last byte.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Offsets = NDArray[np.int64]

PIECE: Final = 1 << 18
"""Bytes compared at once: what is found of them stays in the processor's cache."""
_BITS: Final = 64
_TOP: Final = _BITS - 1
_ONE: Final = np.uint64(1)
_DOUBLED: Final = tuple(np.uint64(bits) for bits in (1, 2, 4, 8, 16, 32))


def words_of(data: NDArray[np.uint8], signs: str) -> dict[str, Words]:
    """The bits of some ASCII characters, by character, each of shape (n // 64 + 1,).

    Args:
        data: A text as bytes, shape (n,).
    """
    found = {sign: np.zeros(8 * (len(data) // _BITS + 1), dtype=np.uint8) for sign in signs}
    same = np.empty(min(PIECE, len(data)), dtype=np.bool_)
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        for sign, bits in found.items():
            packed = np.packbits(np.equal(piece, ord(sign), out=same[: len(piece)]), bitorder="little")
            bits[at // 8 : at // 8 + len(packed)] = packed
    return {sign: bits.view("<u8") for sign, bits in found.items()}


def behind(words: Words) -> Words:
    """The byte behind each one."""
    moved = words << _ONE
    moved[1:] |= words[:-1] >> np.uint64(_TOP)
    return moved


class Counts:
    """How often a sign is before a place."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._before = np.zeros(len(words), dtype=np.uint32 if _BITS * len(words) < 1 << 32 else np.int64)
        np.cumsum(np.bitwise_count(words[:-1]), out=self._before[1:])

    def before(self, places: Offsets) -> Offsets:
        """Of each of some places up to the text's end, shape (k,)."""
        word = places >> 6
        within = np.bitwise_count(self._words[word] & _below(places))
        found: Offsets = self._before[word].astype(np.int64) + within
        return found


def last_before(words: Words, places: Offsets) -> Offsets:
    """Where a sign is for the last time before each place, shape (k,); -1 where it is not."""
    word = places >> 6
    bits = words[word] & _below(places)
    far = np.flatnonzero(bits == 0)
    full = words.nonzero()[0] if len(far) else far
    earlier = np.searchsorted(full, word[far]) - 1
    far, none, earlier = far[earlier >= 0], far[earlier < 0], earlier[earlier >= 0]
    word[far] = full[earlier]
    bits[far] = words[full[earlier]]
    for by in _DOUBLED:
        bits |= bits >> by
    found: Offsets = (word << 6) + np.bitwise_count(bits) - 1
    found[none] = -1
    return found


def first_from(words: Words, places: Offsets) -> Offsets:
    """Where a sign is for the first time from each place on, shape (k,); behind the text where it is not."""
    word = places >> 6
    bits = words[word] & ~_below(places)
    far = np.flatnonzero(bits == 0)
    full = words.nonzero()[0] if len(far) else far
    later = np.searchsorted(full, word[far], side="right")
    far, none, later = far[later < len(full)], far[later == len(full)], later[later < len(full)]
    word[far] = full[later]
    bits[far] = words[full[later]]
    found: Offsets = (word << 6) + np.bitwise_count(~bits & (bits - _ONE))
    found[none] = _BITS * len(words) - 1
    return found


def _below(places: Offsets) -> Words:
    """The bits before each place in its word."""
    below: Words = (_ONE << (places & _TOP).astype(np.uint64)) - _ONE
    return below
