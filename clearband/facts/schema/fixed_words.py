"""The fixed words of a regular expression: what stands in every text that it matches.

Texts are searched for the fixed words of all rules at once, and a pattern is tried only where one of its own
was found. The reader below understands the common part of the syntax and leaves out what it does not know:
it may find fewer fixed words than there are, never wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_HEAD: Final = re.compile(r"\?(?:[a-zA-Z-]*:|P?<\w+>|[a-zA-Z-]+(?=\)))")
_COUNT: Final = re.compile(r"[*+?]\??|\{(\d*)(,?)(\d*)\}\??")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\}|x..|u.{4}|.)", re.DOTALL)
_RANGE: Final = re.compile(r"(.)(?:-(.))?", re.DOTALL)
_FEW: Final = 64
"""So many texts of a part are written out."""
_FEW_SIGNS: Final = 12
_CONTROLS: Final = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}
_NO_WIDTH: Final = frozenset({"\\b", "\\B", "\\A", "\\z"})

Words = tuple[str, ...]


def fixed_words(pattern: str) -> Words:
    """Words in small letters, one of which is in every text that the pattern matches; empty if none is sure.

    Args:
        pattern: A regular expression that is known to be well formed.
    """
    return _Reader(pattern).alternatives().words


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern holds for sure, in small letters.

    Attributes:
        exact: All texts that it matches, if they are few; else None.
        words: One of these is in whatever it matches; empty if that is not known.
    """

    exact: Words | None
    words: Words


_UNKNOWN: Final = _Part(None, ())
_NOTHING: Final = _Part(("",), ())


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def alternatives(self) -> _Part:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        exact = [text for branch in branches for text in branch.exact or ()]
        few = len(exact) <= _FEW and all(branch.exact for branch in branches)
        known = all(branch.words for branch in branches)
        return _Part(
            _distinct(exact) if few else None,
            _distinct(word for branch in branches for word in branch.words) if known else (),
        )

    def _sequence(self) -> _Part:
        run: Words = ("",)
        whole = True
        found: list[Words] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            part = self._atom()
            least, most = self._count()
            texts = part.exact if most == 1 else None
            if texts is not None and not least:
                texts = (*texts, "")
            if texts is not None and len(run) * len(texts) <= _FEW:
                run = _distinct(before + text for before in run for text in texts)
                continue
            whole = False
            found += [run, part.words if least else ()]
            run = texts if texts is not None and least else ("",)
        best = max((*found, run), key=_shortest)
        return _Part(run if whole else None, best if best and all(best) else ())

    def _atom(self) -> _Part:
        if self._take("("):
            if head := _HEAD.match(self._pattern, self._at):
                self._at = head.end()
            inner = self.alternatives()
            self._take(")")
            return inner
        for form, read in ((_CLASS, _of_class), (_ESCAPE, _of_escape)):
            if found := form.match(self._pattern, self._at):
                self._at = found.end()
                return read(found[0])
        sign = self._pattern[self._at]
        self._at += 1
        if sign in "^$":
            return _NOTHING
        return _UNKNOWN if sign == "." else _of_texts(sign)

    def _count(self) -> tuple[int, int | None]:
        """How often the part before stands, at least and at most (None: no end)."""
        count = _COUNT.match(self._pattern, self._at)
        if count is None:
            return 1, 1
        self._at = count.end()
        if count[0][0] in "*+?":
            return int(count[0][0] == "+"), 1 if count[0][0] == "?" else None
        least = int(count[1] or 0)
        return least, (int(count[3]) if count[3] else None) if count[2] else least

    def _take(self, sign: str) -> bool:
        if not self._pattern.startswith(sign, self._at):
            return False
        self._at += 1
        return True


def _of_texts(texts: Iterable[str]) -> _Part:
    found = _distinct(text.lower() for text in texts)
    return _Part(found, found)


def _of_class(text: str) -> _Part:
    """``[Vv]`` and ``[2-5]``: few signs, none of them written with a backslash."""
    inner = text[1:-1]
    if inner.startswith("^") or "\\" in inner or "[" in inner:
        return _UNKNOWN
    ranges = [(first, last or first) for first, last in _RANGE.findall(inner)]
    signs = [chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1)]
    return _of_texts(signs) if len(signs) <= _FEW_SIGNS else _UNKNOWN


def _of_escape(text: str) -> _Part:
    if text in _NO_WIDTH:
        return _NOTHING
    if len(text) > 2 or (text[1].isalnum() and text not in _CONTROLS):
        return _UNKNOWN
    return _of_texts(_CONTROLS.get(text, text[1]))


def _distinct(texts: Iterable[str]) -> Words:
    return tuple(dict.fromkeys(texts))


def _shortest(words: Words) -> int:
    return min((len(word.strip()) for word in words), default=0)
