"""Find the known name that a misspelt one means, with limits that depend on its length.

Few names begin as what was typed does and have about its length; those are held against it by
Damerau-Levenshtein distance (optimal string alignment). Names of fewer than five letters are never matched
so: ZTE is one letter from too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SHORTEST = 5
LONGEST = 16
"""Longer names are legal names; their short forms are in the table too."""


def _limit(length: int) -> int:
    """Most edits for a known name of that many letters."""
    if not SHORTEST <= length <= LONGEST:
        return 0
    return 1 if length < 9 else 2


class Misspellings:
    """Known names, to be found by what people type.

    Args:
        names: Spaceless folded names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[tuple[str, int], list[str]] = {}
        """By first letter and length."""
        for name in sorted(set(names)):
            if _limit(len(name)):
                self._by_start.setdefault((name[0], len(name)), []).append(name)

    def nearest(self, typed: str) -> tuple[str, ...]:
        """The known names nearest to what was typed, within their limits; several when equally near."""
        if len(typed) < SHORTEST:
            return ()
        from rapidfuzz.distance import OSA

        within = []
        for name in self._candidates(typed):
            limit = _limit(len(name))
            distance = OSA.distance(typed, name, score_cutoff=limit)
            if 0 < distance <= limit and _plausible(typed, name):
                within.append((distance, name))
        within.sort()
        return tuple(name for distance, name in within if distance == within[0][0])

    def _candidates(self, typed: str) -> Iterator[str]:
        """Names with the first letter of what was typed, or with its first two letters exchanged."""
        most = _limit(LONGEST)
        for length in range(len(typed) - most, len(typed) + most + 1):
            yield from self._by_start.get((typed[0], length), ())
            if typed[1] != typed[0]:
                exchanged = self._by_start.get((typed[1], length), ())
                yield from (name for name in exchanged if name[1] == typed[0])


def _plausible(typed: str, name: str) -> bool:
    """Whether a five-letter name was mistyped rather than another word meant.

    Replacing or dropping a letter of so short a name gives other names (Nokia, Nokta); one of its own letters
    typed twice and two letters exchanged are slips of the hand.
    """
    if len(name) > SHORTEST:
        return True
    return (len(typed) == len(name) + 1 and set(typed) == set(name)) or sorted(typed) == sorted(name)
