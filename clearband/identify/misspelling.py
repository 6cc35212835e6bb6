"""Find the known name that a misspelt one means, with limits that depend on its length.

Candidates come from a table of deletions (every name with up to two letters left out), so that a look-up
costs microseconds whatever the number of names; they are then checked by Damerau-Levenshtein distance
(optimal string alignment). Names of fewer than five letters are never matched so: ZTE is one letter from
too much.
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


def _deletions(text: str, depth: int) -> Iterator[str]:
    yield text
    if depth:
        for at in range(len(text)):
            yield from _deletions(text[:at] + text[at + 1 :], depth - 1)


class Misspellings:
    """Known names, to be found by what people type.

    Args:
        names: Spaceless folded names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_deletion: dict[str, set[str]] = {}
        for name in names:
            for form in set(_deletions(name, _limit(len(name)))) if _limit(len(name)) else ():
                self._by_deletion.setdefault(form, set()).add(name)

    def nearest(self, typed: str) -> tuple[str, ...]:
        """The known names nearest to what was typed, within their limits; several when equally near."""
        if len(typed) < SHORTEST:
            return ()
        candidates: set[str] = set()
        for form in set(_deletions(typed, min(2, _limit(len(typed) + 1)))):
            candidates |= self._by_deletion.get(form, set())
        if not candidates:
            return ()
        from rapidfuzz.distance import OSA

        scored = sorted(
            (OSA.distance(typed, name), name)
            for name in candidates
            if _same_start(typed, name) and _plausible(typed, name)
        )
        within = [(distance, name) for distance, name in scored if 0 < distance <= _limit(len(name))]
        return tuple(name for distance, name in within if distance == within[0][0])


def _same_start(typed: str, name: str) -> bool:
    return typed[0] == name[0] or typed[:2] == name[1::-1]


def _plausible(typed: str, name: str) -> bool:
    """Whether a five-letter name was mistyped rather than another word meant.

    Replacing or dropping a letter of so short a name gives other names (Nokia, Nokta); one of its own letters
    typed twice and two letters exchanged are slips of the hand.
    """
    if len(name) > SHORTEST:
        return True
    return (len(typed) == len(name) + 1 and set(typed) == set(name)) or sorted(typed) == sorted(name)
