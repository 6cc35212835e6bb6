"""Split names into words: one pass of compiled code over the bytes of all names."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from clearband.matching.jit import compiled
from clearband.matching.text import Bytes, Offsets

MOST_WORDS: Final = 28
"""Words of a name that are looked at."""

FNV_START: Final = np.uint64(14695981039346656037)

_A, _Z, _LA, _LZ, _N0, _N9 = 65, 90, 97, 122, 48, 57
_DOT, _AND, _QUOTE, _TICK = 46, 38, 39, 96
_SMALL_L, _CAPITAL_I = 108, 73


@compiled
def _kind(sign: int) -> int:
    """0 gap, 1 capital, 2 small letter, 3 digit."""
    if _LA <= sign <= _LZ:
        return 2
    if _A <= sign <= _Z:
        return 1
    if _N0 <= sign <= _N9:
        return 3
    return 0


@compiled
def split(signs: Bytes, starts: Offsets) -> tuple[Bytes, Offsets, Offsets]:
    """Words of names.

    Apostrophes vanish, ``S.A.`` and ``S A`` become one word, ``&`` is ``and``, and ``AudioDesign`` two words.

    Args:
        signs: ASCII bytes of all names, one after another.
        starts: Where each begins, shape (n + 1,).

    Returns:
        The words' bytes in lower case, where each word begins, shape (w + 1,), and the number of the first
        word of each name, shape (n + 1,).
    """
    count = len(starts) - 1
    out = np.empty(len(signs) * 2 + 16, dtype=np.uint8)
    ends = np.empty(len(signs) + count + 16, dtype=np.int64)
    first = np.zeros(count + 1, dtype=np.int64)
    size, words = 0, 0
    ends[0] = 0
    for name in range(count):
        here, stop = starts[name], starts[name + 1]
        begin_words = words
        capitals, small = 0, 0  # of the word as written, from `counted` on
        counted = here - 1
        open_at = size
        letters = False  # the open word is a run of single letters: "S.A.", "S A"
        previous = 0
        while here <= stop:
            sign = 0 if here == stop else signs[here]
            kind = _kind(sign)
            if sign in (_QUOTE, _TICK):
                here += 1
                continue
            if kind == 0:
                if size > open_at:
                    single = size - open_at == 1 and _kind(out[open_at]) == 2
                    after = here + 1
                    while after < stop and (signs[after] == 32 or signs[after] == _DOT):
                        after += 1
                    lone = (
                        after < stop
                        and (_kind(signs[after]) == 1 or _kind(signs[after]) == 2)
                        and (
                            after + 1 >= stop or (_kind(signs[after + 1]) == 0 and signs[after + 1] != _QUOTE)
                        )
                    )
                    joins = here < stop and (sign == _DOT or sign == 32) and (single or letters) and lone
                    if joins:
                        letters = True
                        here = after
                        previous = 0
                        continue
                    letters = False
                    words += 1
                    ends[words] = size
                    open_at = size
                if sign == _AND and words - begin_words < MOST_WORDS:
                    out[size], out[size + 1], out[size + 2] = 97, 110, 100
                    size += 3
                    words += 1
                    ends[words] = size
                    open_at = size
                previous = 0
                here += 1
                if words - begin_words >= MOST_WORDS:
                    break
                continue
            if counted < here:  # the first letter of a written word
                capitals, small, counted = 0, 0, here
                while counted < stop and _kind(signs[counted]) != 0:
                    capitals += _kind(signs[counted]) == 1
                    small += _kind(signs[counted]) == 2
                    counted += 1
            if sign == _SMALL_L and previous == 1 and capitals > small:
                after_l = here + 1
                if after_l >= stop or _kind(signs[after_l]) != 2:  # "SALlM": a capital i, read wrongly
                    sign, kind = _CAPITAL_I, 1
            if size > open_at and not letters and capitals <= small:
                more = here + 1 < stop and _kind(signs[here + 1]) != 0
                hump = kind == 1 and previous == 2 and size - open_at > 2 and more  # but not LaCie, GmbH
                if kind == 1 and previous == 1 and here + 1 < stop and _kind(signs[here + 1]) == 2:
                    hump = size - open_at > 1
                if hump:
                    words += 1
                    ends[words] = size
                    open_at = size
            out[size] = sign + 32 if kind == 1 else sign
            size += 1
            previous = kind
            here += 1
        size = ends[words]
        first[name + 1] = words
    return out[:size], ends[: words + 1], first


@compiled
def hashed(signs: Bytes, ends: Offsets) -> npt.NDArray[np.uint64]:
    """A 64-bit number for each word (FNV-1a, mixed), shape (w,)."""
    count = len(ends) - 1
    out = np.empty(count, dtype=np.uint64)
    for word in range(count):
        out[word] = hash_of(signs, ends[word], ends[word + 1])
    return out


@compiled
def fnv_step(value: np.uint64, sign: int) -> np.uint64:
    """One letter more."""
    return np.uint64((value ^ np.uint64(sign)) * np.uint64(1099511628211))


@compiled
def mixed(value: np.uint64) -> np.uint64:
    """The bits stirred, so that low ones can choose a slot."""
    value ^= value >> np.uint64(29)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    return np.uint64(value ^ (value >> np.uint64(32)))


@compiled
def hash_of(signs: Bytes, start: int, stop: int) -> np.uint64:
    """The number of one word."""
    value = FNV_START
    for at in range(start, stop):
        value = fnv_step(value, signs[at])
    return mixed(value)


@compiled
def folded(signs: Bytes, ends: Offsets) -> tuple[Bytes, Offsets]:
    """Words as they sound and look: spellings that people and scanners confuse become one.

    ``ph`` f, ``c``/``q``/``kh`` k, ``w`` v, ``y`` i, doubled letters single, ``0`` o, ``1`` i, ``rn`` m …
    The signs for sh, ch and zh are x, c and j, whose own sounds are written otherwise.
    """
    count = len(ends) - 1
    out = np.empty(len(signs) * 2 + 1, dtype=np.uint8)
    to = np.zeros(count + 1, dtype=np.int64)
    size = 0
    for word in range(count):
        start, stop = ends[word], ends[word + 1]
        size = _fold(signs, start, stop, out, size)
        to[word + 1] = size
    return out[:size], to


@compiled
def _fold(signs: Bytes, start: int, stop: int, out: Bytes, size: int) -> int:
    begin = size
    digits = 0
    if stop - start <= 4:  # too short to be read otherwise
        for at in range(start, stop):
            out[size] = signs[at]
            size += 1
        return size
    for at in range(start, stop):
        if signs[at] <= 57:
            digits += 1
    number = digits * 2 >= stop - start and digits > 0  # a number or a model: digits stay
    at = start
    while at < stop:
        sign = signs[at]
        after = signs[at + 1] if at + 1 < stop else np.uint8(0)
        step = 1
        told = sign
        second = np.uint8(0)
        if number:
            pass
        elif sign == 112 and after == 104:  # ph
            told, step = np.uint8(102), 2
        elif sign == 115 and after == 104:  # sh
            told, step = np.uint8(120), 2
        elif sign == 122 and after == 104:  # zh
            told, step = np.uint8(106), 2
        elif sign == 99 and after == 104:  # ch
            told, step = np.uint8(99), 2
        elif sign == 115 and after == 99 and at + 2 < stop and signs[at + 2] == 104:  # sch
            told, step = np.uint8(120), 3
        elif (sign == 107 or sign == 103 or sign == 116 or sign == 100 or sign == 98) and after == 104:
            told, step = sign, 2  # kh gh th dh bh
        elif sign == 114 and after == 110:  # rn
            told, step = np.uint8(109), 2
        elif sign == 118 and after == 118:  # vv
            told, step = np.uint8(118), 2
        elif sign == 99 or sign == 113:  # c q
            told = np.uint8(107)
        elif sign == 120:  # x
            told, second = np.uint8(107), np.uint8(115)
        elif sign == 119:  # w
            told = np.uint8(118)
        elif sign == 121:  # y
            told = np.uint8(105)
        elif sign == 106 and not (
            after == 97 or after == 101 or after == 105 or after == 111 or after == 117
        ):
            told = np.uint8(105)  # j that is no consonant
        elif sign == 116 and after == 122:  # tz
            told, second, step = np.uint8(116), np.uint8(115), 2
        elif (sign == 111 and after == 117) or (sign == 111 and after == 111):  # ou
            told, step = np.uint8(117), 2
        elif sign == 101 and after == 101:  # ee
            told, step = np.uint8(105), 2
        elif sign == 48:
            told = np.uint8(111)
        elif sign == 49:
            told = np.uint8(105)
        elif sign == 53:
            told = np.uint8(115)
        elif sign == 56:
            told = np.uint8(98)
        elif sign == 50:
            told = np.uint8(122)
        elif sign == 104 and at + 1 == stop and stop - start > 5:  # a silent h at the end
            at += 1
            continue
        if size == begin or out[size - 1] != told or number:
            vowel = told == 97 or told == 101 or told == 111 or told == 117
            if vowel and not number and size - begin > 1 and out[size - 1] == 105:
                before = out[size - 2]
                if before == 97 or before == 101 or before == 111 or before == 117:
                    size -= 1  # oie aia: the i is only heard
            out[size] = told
            size += 1
        if second:
            out[size] = second
            size += 1
        at += step
    return size


@compiled
def skeleton_of(signs: Bytes, start: int, stop: int) -> np.uint64:
    """The number of a folded word's consonants; 0 for fewer than three of them."""
    value = np.uint64(14695981039346656037)
    consonants = 0
    for at in range(start, stop):
        sign = signs[at]
        if sign == 97 or sign == 101 or sign == 105 or sign == 111 or sign == 117 or sign == 104:
            continue
        consonants += 1
        value = (value ^ np.uint64(sign)) * np.uint64(1099511628211)
    if consonants < 3:
        return np.uint64(0)
    value ^= value >> np.uint64(31)
    return value * np.uint64(0x94D049BB133111EB) | np.uint64(1)
