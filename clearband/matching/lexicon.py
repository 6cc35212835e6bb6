"""Words of organisations' names that are one thing in many spellings, and words that tell little."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import OSA

from clearband.facts.yaml_text import parse
from clearband.matching.distance import deletions_of, edits
from clearband.matching.jit import compiled
from clearband.matching.tables import Lists, Numbers, Table, list_of, lists_of, row_of, table_of
from clearband.matching.text import Bytes, Offsets, buffers, latin
from clearband.matching.tokens import folded, hashed, split

LEGAL, FUNCTION, GENERIC, PLACE, UNIT, KIND = 1, 2, 4, 8, 16, 32
CLASSES: Final = {
    "legal": LEGAL,
    "function": FUNCTION,
    "generic": GENERIC,
    "place": PLACE,
    "unit": UNIT,
    "kind": KIND,
}


class Phrases(NamedTuple):
    """Written phrases and the word that each is kept as."""

    starts: Table
    phrases: Table
    kept: npt.NDArray[np.int32]
    signs: Bytes
    ends: Offsets
    longest: int


@dataclass(frozen=True)
class Lexicon:
    """The phrases, and the classes of folded words by their number."""

    phrases: Phrases
    class_table: Table
    class_bits: npt.NDArray[np.uint8]
    words: Table
    by_letters: Lists
    folds: Bytes
    fold_ends: Offsets
    numbers: Numbers

    def amended(
        self, folds: Bytes, ends: Offsets, numbers: Numbers, listed: Table, at_large: Table
    ) -> Numbers:
        """The numbers of words, a misspelt word of the lexicon by the number of the one meant. Shape (w,)."""
        return _amended(
            folds,
            ends,
            numbers,
            listed,
            at_large,
            self.words,
            self.by_letters,
            self.folds,
            self.fold_ends,
            self.numbers,
        )

    def slips(self, folds: Bytes, ends: Offsets, numbers: Numbers, counts: npt.NDArray[np.int64]) -> Numbers:
        """The numbers of long, seldom words with one inner letter lost, doubled or swapped ("Technolgies").

        A letter replaced or put at an end makes names ("Electronix", "iSolutions"); these hardly ever are.

        Args:
            counts: How many names have each word, shape (w,).

        Returns:
            Shape (slips,).
        """
        unknown = table_of(np.ones(1, dtype=np.uint64))
        some = np.flatnonzero((counts > 0) & (counts <= _SELDOM) & (np.diff(ends) >= _LONG))
        meant = self.amended(folds, ends, numbers, unknown, unknown)
        rows = dict(zip(self.numbers.tolist(), range(len(self.numbers)), strict=True))
        found = []
        for word in some[meant[some] != numbers[some]].tolist():
            at = rows[int(meant[word])]
            written = folds[ends[word] : ends[word + 1]].tobytes()
            right = self.folds[self.fold_ends[at] : self.fold_ends[at + 1]].tobytes()
            replaced = len(written) == len(right) and sorted(written) != sorted(right)
            inner = written[0] == right[0] and written[-1] == right[-1]
            if inner and not replaced and OSA.distance(written, right) == 1:
                found.append(word)
        return numbers[found]

    def classes(self, fold_numbers: Numbers) -> npt.NDArray[np.uint8]:
        """Class bits of folded words, shape (w,)."""
        return _classes(fold_numbers, self.class_table, self.class_bits)


@compiled
def _classes(numbers: Numbers, table: Table, bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    out = np.zeros(len(numbers), dtype=np.uint8)
    for word in range(len(numbers)):
        row = row_of(table, numbers[word])
        if row >= 0:
            out[word] = bits[row]
    return out


def _folded_words(texts: list[str]) -> list[Numbers]:
    signs, ends, first = split(*buffers(latin(pl.Series(texts, dtype=pl.String))))
    numbers = hashed(*folded(signs, ends))
    return [numbers[first[at] : first[at + 1]] for at in range(len(texts))]


LEAST_LETTERS: Final = 5
"""A shorter word is not taken for a misspelling of a word of the lexicon."""
_LONG: Final = 9
_SELDOM: Final = 5
"""Letters of a word, and most names at large, from and up to which it is one although companies write it."""


@compiled
def _amended(
    folds: Bytes,
    ends: Offsets,
    numbers: Numbers,
    listed: Table,
    at_large: Table,
    words: Table,
    by_letters: Lists,
    lexicon_folds: Bytes,
    lexicon_ends: Offsets,
    lexicon_numbers: Numbers,
) -> Numbers:
    out = numbers.copy()
    room = np.empty(64, dtype=np.uint64)
    bits = np.zeros(256, dtype=np.uint64)
    for word in range(len(numbers)):
        length = ends[word + 1] - ends[word]
        if length < LEAST_LETTERS or row_of(listed, numbers[word]) >= 0 or row_of(words, numbers[word]) >= 0:
            continue
        if row_of(at_large, numbers[word]) >= 0:
            continue
        most = 1 if length < 9 else 2
        made = deletions_of(folds, ends[word], ends[word + 1], most, room)
        best, best_apart = -1, most + 1
        for number in range(made):
            row = list_of(by_letters, room[number])
            if row < 0:
                continue
            for at in range(by_letters.starts[row], by_letters.starts[row + 1]):
                other = by_letters.rows[at]
                apart = edits(
                    folds,
                    ends[word],
                    ends[word + 1],
                    lexicon_folds,
                    lexicon_ends[other],
                    lexicon_ends[other + 1],
                    most,
                    bits,
                )
                if apart < best_apart:
                    best, best_apart = other, apart
        if best >= 0:
            out[word] = lexicon_numbers[best]
    return out


def _letters(folds: Bytes, ends: Offsets) -> Lists:
    room = np.empty(64, dtype=np.uint64)
    keys: list[int] = []
    rows: list[int] = []
    for word in range(len(ends) - 1):
        if ends[word + 1] - ends[word] >= LEAST_LETTERS:
            made = deletions_of(folds, ends[word], ends[word + 1], 2, room)
            keys.extend(room[:made].tolist())
            rows.extend([word] * made)
    return lists_of(np.array(keys, dtype=np.uint64), np.array(rows, dtype=np.int32))


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    file = files("clearband.matching").joinpath("lexicon.yaml")
    data = parse(file.read_text(encoding="utf-8"), where="lexicon.yaml")
    same: dict[str, list[str]] = data["same"]
    kept = list(same)
    pairs = [(at, phrase) for at, word in enumerate(kept) for phrase in dict.fromkeys([word, *same[word]])]
    words = _folded_words([phrase for _, phrase in pairs])
    keys = [_phrase_number(numbers) for numbers in words]
    signs, ends, _ = split(*buffers(pl.Series([word.strip("0123456789") for word in kept])))
    phrases = Phrases(
        table_of(np.array([numbers[0] for numbers in words], dtype=np.uint64)),
        table_of(np.array(keys, dtype=np.uint64)),
        np.array([at for at, _ in pairs], dtype=np.int32),
        signs,
        ends,
        max(map(len, words)),
    )
    bits: dict[int, int] = {}
    for name, members in data["classes"].items():
        plain = [member.strip("0123456789") if member in same else member for member in members]
        for numbers in _folded_words(plain):
            for number in numbers.tolist():
                bits[number] = bits.get(number, 0) | CLASSES[name]
    once = pl.Series([phrase for _, phrase in pairs]).str.split(" ").explode().unique(maintain_order=True)
    folds, fold_ends = folded(*split(*buffers(latin(once)))[:2])
    word_numbers = hashed(folds, fold_ends)
    return Lexicon(
        phrases,
        table_of(np.array(list(bits), dtype=np.uint64)),
        np.array(list(bits.values()), dtype=np.uint8),
        table_of(word_numbers),
        _letters(folds, fold_ends),
        folds,
        fold_ends,
        word_numbers,
    )


def _phrase_number(numbers: Numbers) -> np.uint64:
    return _phrase(numbers, 0, len(numbers))


@compiled
def _phrase(numbers: Numbers, start: int, stop: int) -> np.uint64:
    value = np.uint64(stop - start)
    for at in range(start, stop):
        value = (value ^ numbers[at]) * np.uint64(0x9E3779B97F4A7C15)
        value = value ^ (value >> np.uint64(31))
    return value


@compiled
def kept_words(
    signs: Bytes, ends: Offsets, first: Offsets, numbers: Numbers, phrases: Phrases
) -> tuple[Bytes, Offsets, Offsets, npt.NDArray[np.int32]]:
    """Names with each phrase of the lexicon as the one word that it is kept as; the longest phrase wins.

    Args:
        numbers: Of the folded words.

    Returns:
        As `split`, and for each word the number of written words that it stands for.
    """
    count = len(first) - 1
    out = np.empty(len(signs) + 16 * (len(ends) - 1) + 16, dtype=np.uint8)
    to = np.zeros(len(ends), dtype=np.int64)
    heads = np.zeros(count + 1, dtype=np.int64)
    spans = np.empty(len(ends), dtype=np.int32)
    size, words = 0, 0
    for name in range(count):
        at, stop = first[name], first[name + 1]
        while at < stop:
            met, taken = -1, 1
            if row_of(phrases.starts, numbers[at]) >= 0:
                for length in range(min(phrases.longest, stop - at), 0, -1):
                    row = row_of(phrases.phrases, _phrase(numbers, at, at + length))
                    if row >= 0:
                        met, taken = phrases.kept[row], length
                        break
            if met >= 0:
                for sign in range(phrases.ends[met], phrases.ends[met + 1]):
                    out[size] = phrases.signs[sign]
                    size += 1
            else:
                for sign in range(ends[at], ends[at + 1]):
                    out[size] = signs[sign]
                    size += 1
            spans[words] = taken
            words += 1
            to[words] = size
            at += taken
        heads[name + 1] = words
    return out[:size].copy(), to[: words + 1].copy(), heads, spans[:words].copy()
