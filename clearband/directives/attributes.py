"""What is stated of an item beside maker and category: its purpose, whose money it is, an approval held.

Plain words are mapped to the entries of ``vocabulary.yaml``; what an entry implies or rules out is then known
too. Words that fit nothing are shown as not understood and count as unknown, and so does a phrase that is
denied ("not for public safety"): a denial is not the opposite of every listed purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from clearband.directives.truth import FALSE, TRUE, UNKNOWN

_NEGATIONS: Final = frozenset(
    {"not", "no", "non", "never", "without", "nor", "isn't", "except", "unlike", "lacks", "lacking"}
)
_WORD: Final = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stated text was read as.

    Attributes:
        stated: Ids that the words mean.
        holds: Those and what they imply.
        ruled_out: Ids that are then known to be false.
        understood: Whether any words were understood (also false for an empty text).
    """

    stated: tuple[str, ...]
    holds: frozenset[str]
    ruled_out: frozenset[str]
    understood: bool

    def any_holds(self, ids: Iterable[str]) -> int:
        """Whether any of the ids holds; unknown when that was neither stated nor ruled out."""
        wanted = set(ids)
        if wanted & self.holds:
            return TRUE
        return FALSE if wanted <= self.ruled_out else UNKNOWN


NOTHING_STATED: Final = Reading((), frozenset(), frozenset(), understood=False)


class Attributes:
    """One list of the vocabulary (purposes or approvals), read from plain words.

    Args:
        entries: The list's entries as compiled: id, title, phrases, implies, rules_out.
    """

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self._entries = {entry["id"]: entry for entry in entries}
        self._phrases: dict[tuple[str, ...], str] = {}
        for entry in self._entries.values():
            for phrase in (entry["id"], entry["title"], *entry.get("phrases", ())):
                self._phrases.setdefault(_words(phrase), entry["id"])
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of the list."""
        return tuple(self._entries)

    def title(self, entry_id: str) -> str:
        """The title of an entry; the id itself when there is no such entry."""
        return str(self._entries[entry_id]["title"]) if entry_id in self._entries else entry_id

    def read(self, *texts: str | None) -> Reading:
        """Read texts, each for itself: longest phrases first, none inside another, none that is denied."""
        stated = list(dict.fromkeys(found for text in texts if text for found in self._stated(_words(text))))
        if not stated:
            return NOTHING_STATED
        holds = set(stated)
        for entry_id in stated:
            holds.update(self._entries[entry_id].get("implies", ()))
        out = {x for entry_id in holds for x in self._entries[entry_id].get("rules_out", ())}
        # What is stated outright is stronger than what another statement rules out.
        return Reading(tuple(stated), frozenset(holds), frozenset(out - holds), understood=True)

    def _stated(self, words: tuple[str, ...]) -> Iterator[str]:
        position = 0
        while position < len(words):
            found = self._at(words, position)
            if found is None:
                position += 1
                continue
            entry_id, length = found
            if not _NEGATIONS & set(words[max(0, position - 4) : position]):
                yield entry_id
            position += length

    def _at(self, words: tuple[str, ...], position: int) -> tuple[str, int] | None:
        for length in range(min(self._longest, len(words) - position), 0, -1):
            entry_id = self._phrases.get(words[position : position + length])
            if entry_id is not None:
                return entry_id, length
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'").replace("-", " ").replace("_", " ")))
