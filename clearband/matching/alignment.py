"""Two names side by side: which words they have in common, how, and which are left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from clearband.matching.written_words import Written

EXACT, SPELT, MISSPELT = "exact", "another spelling", "misspelt"
AS_ONE, SHORTENED, INITIALS = "written as one", "shortened", "initials"
_LONGEST_RUN: Final = 5
"""Most neighbouring words that are tried as one."""
_LEAST_BEGINNING: Final = 3
"""Letters of a word that may stand for a longer one which begins with it."""
_VOWELS: Final = str.maketrans("", "", "aeiouyh")


class Pair(NamedTuple):
    """Words in common: as the query has them, as the listed name has them, and how they meet."""

    query: str
    name: str
    how: str


class Alignment(NamedTuple):
    """Two names side by side, without legal forms and words such as "of".

    Attributes:
        common: In the query's order.
        query_left: Words of the query that the listed name does not have.
        name_left: The other way round.
        legal: "alike", "different", "only in the query", "only in the listed name" or "none".
        legal_query: The query's legal forms as written.
        legal_name: Those of the listed name.
    """

    common: tuple[Pair, ...]
    query_left: tuple[str, ...]
    name_left: tuple[str, ...]
    legal: str
    legal_query: tuple[str, ...]
    legal_name: tuple[str, ...]


def align(query: Sequence[Written], name: Sequence[Written]) -> Alignment:
    """Lay two names side by side."""
    sides = _Sides(_plain(query), _plain(name))
    sides.pair_words()
    sides.pair_runs()
    sides.pair_shortened()
    sides.pair_initials()
    return Alignment(
        tuple(pair for _, pair in sorted(sides.found)),
        tuple(sides.query[at].text for at in sides.free_query),
        tuple(sides.name[at].text for at in sides.free_name),
        *_legal(query, name),
    )


def _plain(words: Sequence[Written]) -> list[Written]:
    """Words that tell something; all that are no legal form where nothing else is there."""
    told = [word for word in words if not word.legal and not word.function]
    return list({word.text: word for word in told or words}.values())


class _Sides:
    """The words of both names, and those that have met no other yet."""

    def __init__(self, query: list[Written], name: list[Written]) -> None:
        self.query, self.name = query, name
        self.free_query, self.free_name = list(range(len(query))), list(range(len(name)))
        self.found: list[tuple[int, Pair]] = []

    def _meet(self, left: Sequence[int], right: Sequence[int], how: str) -> None:
        query = " ".join(self.query[at].text for at in left)
        name = " ".join(self.name[at].text for at in right)
        self.found.append((left[0], Pair(query, name, how)))
        self.free_query = [at for at in self.free_query if at not in left]
        self.free_name = [at for at in self.free_name if at not in right]

    def pair_words(self) -> None:
        """Equal words, then words that look or sound alike, the likest first."""
        ranked = []
        for left in self.free_query:
            for right in self.free_name:
                apart = _apart(self.query[left], self.name[right])
                if apart is not None:
                    ranked.append((*apart, left, right))
        for _, how, left, right in sorted(ranked):
            if left in self.free_query and right in self.free_name:
                self._meet([left], [right], how)

    def pair_runs(self) -> None:
        """Neighbours of one name that the other writes as one word."""
        for single, many, swapped in ((self.query, self.name, False), (self.name, self.query, True)):
            for at, word in enumerate(single):
                free_single, free = (
                    (self.free_name, self.free_query) if swapped else (self.free_query, self.free_name)
                )
                if at not in free_single:
                    continue
                run = _run(word, many, free)
                if run:
                    self._meet(*((run, [at]) if swapped else ([at], run)), AS_ONE)

    def pair_shortened(self) -> None:
        """A word and its beginning, or what is left of it without vowels."""
        for left in list(self.free_query):
            for right in list(self.free_name):
                if _short_for(self.query[left].text, self.name[right].text):
                    self._meet([left], [right], SHORTENED)
                    break

    def pair_initials(self) -> None:
        """A word that is made of the first letters of three or more others."""
        for single, many, swapped in ((self.query, self.name, False), (self.name, self.query, True)):
            free_single, free = (
                (self.free_name, self.free_query) if swapped else (self.free_query, self.free_name)
            )
            initials = "".join(many[at].text[0] for at in free)
            for at in list(free_single):
                if len(initials) >= 3 and single[at].text == initials:
                    self._meet(*((free, [at]) if swapped else ([at], free)), INITIALS)
                    break


def _apart(left: Written, right: Written) -> tuple[int, str] | None:
    if left.text == right.text:
        return 0, EXACT
    if left.kept == right.kept or left.sound == right.sound:
        return 1, SPELT
    if left.text.isdigit() or right.text.isdigit():
        return None
    length = min(len(left.text), len(right.text))
    most = 0 if length < 4 else 1 if length < 7 else 2
    if length < 5 and left.sound[0] != right.sound[0]:
        return None
    apart = min(
        OSA.distance(left.text, right.text, score_cutoff=most),
        OSA.distance(left.sound, right.sound, score_cutoff=most),
    )
    return (1 + apart, MISSPELT) if apart <= most else None


def _run(word: Written, many: Sequence[Written], free: Sequence[int]) -> list[int]:
    """Neighbours among the free words that make up a word; with a letter wrong in longer ones."""
    for start in free:
        run = [start]
        joined = many[start].text
        while run[-1] + 1 in free and len(run) < _LONGEST_RUN:
            run.append(run[-1] + 1)
            joined += many[run[-1]].text
            most = 1 if len(joined) >= 6 else 0
            if OSA.distance(joined.replace(" ", ""), word.text.replace(" ", ""), score_cutoff=most) <= most:
                return run
    return []


def _short_for(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) < _LEAST_BEGINNING or len(short) == len(long):
        return False
    return long.startswith(short) or (
        short[0] == long[0]
        and short.translate(_VOWELS) == long.translate(_VOWELS)
        and len(short.translate(_VOWELS)) > 2
    )


def _legal(query: Sequence[Written], name: Sequence[Written]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    left = {word.kept: word.text for word in query if word.legal}
    right = {word.kept: word.text for word in name if word.legal}
    if not left and not right:
        said = "none"
    elif not right:
        said = "only in the query"
    elif not left:
        said = "only in the listed name"
    else:
        said = "alike" if left.keys() == right.keys() else "different"
    return said, tuple(left.values()), tuple(right.values())
