"""How far two words are apart."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.jit import compiled
from clearband.matching.tables import Numbers
from clearband.matching.text import Bytes
from clearband.matching.tokens import hash_of

PREFIX: Final = 9
"""So many leading letters of a folded word are looked at for misspellings."""


@compiled
def edits(
    left: Bytes, a: int, b: int, right: Bytes, c: int, d: int, most: int, room: npt.NDArray[np.uint64]
) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between ``left[a:b]`` and ``right[c:d]``.

    Bit-parallel, after H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
    distances" (2003).

    Args:
        room: 256 zeros, which are zeros again afterwards.

    Returns:
        The distance, or ``most + 1`` when it is larger than ``most`` or the left word longer than 64 letters.
    """
    while a < b and c < d and left[a] == right[c]:
        a += 1
        c += 1
    while a < b and c < d and left[b - 1] == right[d - 1]:
        b -= 1
        d -= 1
    rows, columns = b - a, d - c
    if abs(rows - columns) > most or rows > 64:
        return most + 1
    if rows == 0 or columns == 0:
        return max(rows, columns)
    one = np.uint64(1)
    for at in range(rows):
        room[left[a + at]] |= one << np.uint64(at)
    last = one << np.uint64(rows - 1)
    up = ~np.uint64(0)
    down = np.uint64(0)
    zero = np.uint64(0)
    before = np.uint64(0)
    apart = rows
    for at in range(columns):
        same = room[right[c + at]]
        swapped = ((~zero & same) << one) & before
        zero = (((same & up) + up) ^ up) | same | down | swapped
        more = down | ~(zero | up)
        less = zero & up
        if more & last:
            apart += 1
        if less & last:
            apart -= 1
        more = (more << one) | one
        less = less << one
        up = less | ~(zero | more)
        down = more & zero
        before = same
    for at in range(rows):
        room[left[a + at]] = np.uint64(0)
    return min(apart, most + 1)


@compiled
def differing(left: np.uint32, right: np.uint32) -> int:
    """Letters that only one of two words has, by their sets of letters."""
    bits = int(left ^ right)
    bits = bits - ((bits >> 1) & 0x55555555)
    bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F
    return (bits * 0x01010101 >> 24) & 0xFF


@compiled
def common(left: Bytes, a: int, b: int, right: Bytes, c: int, d: int, room: npt.NDArray[np.int16]) -> float:
    """Likeness of two longer texts in [0, 1]: shared pairs of neighbouring letters (Dice), 1 when equal.

    Args:
        room: 1,024 zeros, which are zeros again afterwards.
    """
    m, n = b - a, d - c
    if m == n:
        equal = True
        for at in range(m):
            if left[a + at] != right[c + at]:
                equal = False
                break
        if equal:
            return 1.0
    if m < 2 or n < 2:
        return 0.0
    for at in range(a, b - 1):
        room[(np.int64(left[at]) * 37 + np.int64(left[at + 1]) * 11) & 1023] += 1
    shared = 0
    for at in range(c, d - 1):
        slot = (np.int64(right[at]) * 37 + np.int64(right[at + 1]) * 11) & 1023
        if room[slot] > 0:
            room[slot] -= 1
            shared += 1
    for at in range(a, b - 1):
        room[(np.int64(left[at]) * 37 + np.int64(left[at + 1]) * 11) & 1023] = 0
    return min(0.999, 2.0 * shared / (m + n - 2))


@compiled
def deletions_of(folds: Bytes, start: int, stop: int, most: int, out: Numbers) -> int:
    """Numbers of the word's beginning with up to ``most`` letters left out; how many there are."""
    stop = min(stop, start + PREFIX)
    length = stop - start
    part = np.empty(PREFIX + 1, dtype=np.uint8)
    count = 0
    out[0] = hash_of(folds, start, stop)
    count = 1
    if most >= 1 and length > 1:
        for left in range(length):
            size = 0
            for at in range(length):
                if at != left:
                    part[size] = folds[start + at]
                    size += 1
            out[count] = hash_of(part, 0, size)
            count += 1
    if most >= 2 and length > 2:
        for left in range(length):
            for right in range(left + 1, length):
                size = 0
                for at in range(length):
                    if at != left and at != right:
                        part[size] = folds[start + at]
                        size += 1
                out[count] = hash_of(part, 0, size)
                count += 1
    return count
