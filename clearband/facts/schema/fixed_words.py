"""The fixed words of a regular expression: what stands in every text that it matches.

Texts are searched for the fixed words of all rules at once, and a pattern is tried only where one of its own
was found. The reader below understands the common part of the syntax and leaves out what it does not know:
it may find fewer fixed words than there are, never wrong ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HEAD: Final = re.compile(r"\?(?:[a-zA-Z-]*:|P?<\w+>|[a-zA-Z-]+(?=\)))")
_COUNT: Final = re.compile(r"[*+?]\??|\{(\d*)(,?)(\d*)\}\??")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\}|x..|u.{4}|.)", re.DOTALL)
_CONTROLS: Final = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}
_NO_WIDTH: Final = frozenset({"\\b", "\\B", "\\A", "\\z"})

Words = tuple[str, ...]


def fixed_words(pattern: str) -> Words:
    """Words in small letters, one of which is in every text that the pattern matches; empty if none is sure.

    Args:
        pattern: A regular expression that is known to be well formed.
    """
    words = _Reader(pattern).alternatives().words
    return tuple(dict.fromkeys(word.lower() for word in words))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern holds for sure.

    Attributes:
        exact: The one text that it matches, if it is only one.
        words: One of these is in whatever it matches; empty if that is not known.
    """

    exact: str | None
    words: Words


_UNKNOWN: Final = _Part(None, ())


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def alternatives(self) -> _Part:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        if not all(branch.words for branch in branches):
            return _UNKNOWN
        return _Part(None, tuple(word for branch in branches for word in branch.words))

    def _sequence(self) -> _Part:
        run, exact = "", True
        found: list[Words] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            part = self._atom()
            least, most = self._count()
            if part.exact is not None and least == most == 1:
                run += part.exact
                continue
            exact = False
            found.append((run,))
            run = ""
            if least:
                found.append(part.words)
        whole = run if exact else None
        best = max((*found, (run,)), key=_shortest)
        return _Part(whole, best if all(best) else ())

    def _atom(self) -> _Part:
        if self._take("("):
            if head := _HEAD.match(self._pattern, self._at):
                self._at = head.end()
            inner = self.alternatives()
            self._take(")")
            return inner
        for form in (_CLASS, _ESCAPE):
            if found := form.match(self._pattern, self._at):
                self._at = found.end()
                return self._escape(found[0]) if form is _ESCAPE else _UNKNOWN
        sign = self._pattern[self._at]
        self._at += 1
        if sign in "^$":
            return _Part("", ())
        return _UNKNOWN if sign == "." else _Part(sign, (sign,))

    @staticmethod
    def _escape(text: str) -> _Part:
        if text in _NO_WIDTH:
            return _Part("", ())
        if len(text) > 2 or (text[1].isalnum() and text not in _CONTROLS):
            return _UNKNOWN
        sign = _CONTROLS.get(text, text[1])
        return _Part(sign, (sign,))

    def _count(self) -> tuple[int, int | None]:
        """How often the part before stands, at least and at most (None: no end)."""
        count = _COUNT.match(self._pattern, self._at)
        if count is None:
            return 1, 1
        self._at = count.end()
        if count[0][0] in "*+?":
            return (1, None) if count[0][0] == "+" else (0, None)
        least = int(count[1] or 0)
        return least, (int(count[3]) if count[3] else None) if count[2] else least

    def _take(self, sign: str) -> bool:
        if not self._pattern.startswith(sign, self._at):
            return False
        self._at += 1
        return True


def _shortest(words: Words) -> int:
    return min((len(word.strip()) for word in words), default=0)
