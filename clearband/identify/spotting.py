"""Find the register's names inside running text, at word boundaries, with the phrase around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from clearband.identify.carriers import carriers
from clearband.identify.folding import fold_words, has_cjk, join_letters
from clearband.identify.long_texts import head
from clearband.identify.name_index import KnownName, NameIndex, name_index
from clearband.identify.traps import TrapPhrases, is_chinese_place, trap_phrases
from clearband.register import Register

_JOINING = frozenset({"and", "or", "und", "oder", "et", "y", "e"})


@dataclass(frozen=True, slots=True)
class Spot:
    """One name found in a text.

    Attributes:
        start: Index of its first word.
        end: Index after its last word.
        trap: Why the name is no sign of the maker here; empty when it is.
    """

    name: KnownName
    start: int
    end: int
    trap: str


def spot_names(text: str, register: Register) -> list[Spot]:
    """The names of the register in a text, from left to right; the longest at each place."""
    return spot_words(fold_words(head(text)), register)


def spot_words(words: tuple[str, ...], register: Register) -> list[Spot]:
    """`spot_names` on folded words."""
    index = name_index(register)
    words = join_letters(words)
    places = [at for at, word in enumerate(words) if word in index.opening or not word.isascii()]
    if not places:
        return []
    phrases = trap_phrases(register)
    spots = []
    end = 0
    for at in places:
        if at < end:
            continue
        if has_cjk(words[at]):
            spots.extend(_chinese(words, at, index, phrases))
            continue
        found = _longest_at(words, at, index)
        if found is None:
            continue
        name, end = found
        if name.entry.org_id not in carriers(register):
            spots.append(Spot(name, at, end, phrases.around(words, at, end)))
    return _shared_traps(spots, words)


def _shared_traps(spots: list[Spot], words: tuple[str, ...]) -> list[Spot]:
    """A phrase holds for the names beside its own: "migrated from ZTE ZXA10", "works with Hikvision and
    Dahua"."""
    if not any(spot.trap for spot in spots):
        return spots
    shared = list(spots)
    for one, other in [*pairwise(range(len(spots))), *pairwise(reversed(range(len(spots))))]:
        first, last = sorted((one, other))
        between = words[spots[first].end : spots[last].start]
        if shared[one].trap and not shared[other].trap and set(between) <= _JOINING:
            shared[other] = replace(shared[other], trap=shared[one].trap)
    return shared


def _longest_at(words: tuple[str, ...], at: int, index: NameIndex) -> tuple[KnownName, int] | None:
    for length in index.lengths.get(words[at], ()):
        name = index.in_texts.get(words[at : at + length])
        if name is not None:
            return name, at + len(name.words)
    for end in (at + 2, at + 3):
        if end > len(words):
            break
        apart = index.written_apart.get("".join(words[at:end]))
        if apart is not None:
            return apart, end
    return None


def _chinese(words: tuple[str, ...], at: int, index: NameIndex, phrases: TrapPhrases) -> list[Spot]:
    """The names in a run of Chinese characters, the longest first where they overlap."""
    text = words[at]
    taken: list[tuple[int, int, KnownName]] = []
    for name in index.chinese:
        start = text.find(name.words[0])
        end = start + len(name.words[0])
        overlaps = any(start < other_end and other < end for other, other_end, _ in taken)
        if start >= 0 and not name.is_ordinary and not overlaps:
            taken.append((start, end, name))
    spots = []
    for _, end, name in sorted(taken, key=lambda item: item[0]):
        trap = "a place" if is_chinese_place(text, end) else phrases.around(words, at, at + 1)
        spots.append(Spot(name, at, at + 1, trap))
    return spots
