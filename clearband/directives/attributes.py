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
_IN_PART: Final = frozenset(
    {"partly", "partially", "part", "half", "mostly", "mainly", "some", "largely", "primarily"}
)
"""Before a phrase: it is true, and does not rule out the rest."""
_WORD: Final = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stated text was read as.

    Attributes:
        stated: Ids that the words mean.
        holds: Those and what they imply.
        ruled_out: Ids that are then known to be false.
        understood: Whether any words were understood (also false for an empty text).
        contradicted: Ids that hold although another statement rules them out (own money, and a subsidy), or
            that hold of a part only.
    """

    stated: tuple[str, ...]
    holds: frozenset[str]
    ruled_out: frozenset[str]
    understood: bool
    contradicted: frozenset[str] = frozenset()

    def any_holds(self, ids: Iterable[str]) -> int:
        """Whether any of the ids holds; unknown when that was neither stated nor ruled out."""
        wanted = set(ids)
        if wanted & self.holds:
            return TRUE
        return FALSE if wanted <= self.ruled_out else UNKNOWN

    def excuses(self, ids: Iterable[str]) -> int:
        """As `any_holds`, for an exception: what another statement rules out is not known to hold.

        What is paid with own money and with a subsidy, too, is caught by a rule on the subsidy.
        """
        wanted = set(ids)
        return self.any_holds(wanted - self.contradicted) if wanted - self.contradicted else UNKNOWN


NOTHING_STATED: Final = Reading((), frozenset(), frozenset(), understood=False)


class Attributes:
    """One list of the vocabulary (purposes or approvals), read from plain words.

    Args:
        entries: The list's entries as compiled: id, title, phrases, implies, rules_out.
        own: Entries that files of one's own declare. They are looked for apart: none hides an entry of the
            list, whose words its own may contain.
    """

    def __init__(self, entries: Iterable[dict[str, Any]], own: Iterable[dict[str, Any]] = ()) -> None:
        both = list(entries), list(own)
        self._entries = {entry["id"]: entry for found in both for entry in found}
        self._phrases = tuple(_Phrases.of(found) for found in both)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of the list."""
        return tuple(self._entries)

    def title(self, entry_id: str) -> str:
        """The title of an entry; the id itself when there is no such entry."""
        return str(self._entries[entry_id]["title"]) if entry_id in self._entries else entry_id

    def read(self, *texts: str | None) -> Reading:
        """Read texts, each for itself: longest phrases first, none inside another, none that is denied."""
        told = [found for text in texts if text for found in self._stated(words_of_text(text))]
        stated = list(dict.fromkeys(entry_id for entry_id, _ in told))
        if not stated:
            return NOTHING_STATED
        in_part = {entry_id for entry_id, part in told if part} - {one for one, part in told if not part}
        holds = set(stated)
        for entry_id in stated:
            holds.update(self._entries[entry_id].get("implies", ()))
        whole = holds - in_part
        out = {x for entry_id in whole for x in self._entries[entry_id].get("rules_out", ())}
        # What is stated outright is stronger than what another statement rules out.
        return Reading(
            tuple(stated),
            frozenset(holds),
            frozenset(out - holds),
            understood=True,
            contradicted=frozenset((out & holds) | in_part),
        )

    def _stated(self, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        for phrases in self._phrases:
            yield from phrases.stated(words)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The plain words of some entries.

    Attributes:
        ids: Words of a phrase to the id it means.
        longest: Number of words of the longest.
    """

    ids: dict[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, entries: Iterable[dict[str, Any]]) -> _Phrases:
        ids: dict[tuple[str, ...], str] = {}
        for entry in entries:
            for phrase in (entry["id"], entry["title"], *entry.get("phrases", ())):
                ids.setdefault(words_of_text(phrase), entry["id"])
        return cls(ids, max(map(len, ids), default=0))

    def stated(self, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        """The ids that are meant, each with whether it is said of a part only."""
        position = 0
        while position < len(words):
            found = self._at(words, position)
            if found is None:
                position += 1
                continue
            entry_id, length = found
            before = set(words[max(0, position - 4) : position])
            if not _NEGATIONS & before:
                yield entry_id, bool(_IN_PART & before)
            position += length

    def _at(self, words: tuple[str, ...], position: int) -> tuple[str, int] | None:
        for length in range(min(self.longest, len(words) - position), 0, -1):
            entry_id = self.ids.get(words[position : position + length])
            if entry_id is not None:
                return entry_id, length
        return None


def words_of_text(text: str) -> tuple[str, ...]:
    """The words of a text as phrases are compared: in small letters, without hyphens."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'").replace("-", " ").replace("_", " ")))
